import CCurl

/// The body of a reply as it arrives, up to a limit.
///
/// libcurl's functions get it as their context, on the thread that blocks in the transfer.
final class ReplyBuffer {
    private(set) var body: [UInt8] = []
    /// True when more arrived than may be kept.
    private(set) var isTooLarge = false
    private let limit: Int
    private var headSize = 0

    /// The most bytes of headers, which libcurl keeps in its own memory.
    private static let headLimit = 65_536

    init(limit: Int) {
        self.limit = limit
    }

    static let write: curl_write_callback = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        return Unmanaged<ReplyBuffer>.fromOpaque(context).takeUnretainedValue()
            .append(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }

    static let writeHeader: curl_write_callback = { _, size, count, context in
        guard let context else { return 0 }
        return Unmanaged<ReplyBuffer>.fromOpaque(context).takeUnretainedValue().countHeader(size * count)
    }

    /// Takes the bytes; to take fewer than were offered ends the transfer.
    private func append(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count <= limit - body.count else {
            isTooLarge = true
            return 0
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    private func countHeader(_ size: Int) -> Int {
        headSize += size
        guard headSize <= ReplyBuffer.headLimit else {
            isTooLarge = true
            return 0
        }
        return size
    }
}
