import Foundation
import NIOCore

/// A file that is open for reading until nobody holds it any more.
final class OpenFile: Sendable {
    private let descriptor: Int32

    /// Opens a file, whatever it is, but for a link; nil when there is nothing of that name for the program.
    init?(_ path: String) throws {
        // A named pipe would keep the program waiting for its writer.
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor < 0 else { return }
        guard [ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG, ENXIO].contains(errno) else {
            throw IOError(errnoCode: errno, reason: "open")
        }
        return nil
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// What was opened.
    func look() -> (kind: FileIdentity.Kind, identity: FileIdentity)? {
        FileIdentity.look(descriptor)
    }

    /// Reads so many bytes at a place.
    ///
    /// - Throws: `IOError` when the file has fewer.
    func read(_ count: Int, at offset: Int) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(count)
        while buffer.readableBytes < count {
            let done = buffer.readableBytes
            let read = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count - done) { bytes in
                max(0, pread(descriptor, bytes.baseAddress, count - done, off_t(offset + done)))
            }
            guard read > 0 else { throw IOError(errnoCode: errno, reason: "the file has become shorter") }
        }
        return buffer
    }
}
