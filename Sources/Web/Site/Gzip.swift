import CZlib
import NIOCore

/// Compresses bytes with gzip; the same bytes give the same result.
///
/// - Returns: nil where the result is not smaller.
func gzipped(_ bytes: ByteBuffer) -> ByteBuffer? {
    var stream = z_stream()
    guard start_gzip(&stream, 6) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    var result = ByteBuffer()
    let count = bytes.withUnsafeReadableBytes { input in
        result.writeWithUnsafeMutableBytes(minimumWritableBytes: bytes.readableBytes) { output in
            // zlib does not write through this pointer; its type is older than `const`.
            stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: Bytef.self).baseAddress)
            stream.avail_in = uInt(input.count)
            stream.next_out = output.bindMemory(to: Bytef.self).baseAddress
            stream.avail_out = uInt(bytes.readableBytes)
            return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
        }
    }
    return count > 0 && count < bytes.readableBytes ? result : nil
}
