/// Holds a file's first bytes until they tell whether a byte order mark stands there.
struct FileStart: Sendable {
    /// The bytes so far, without the mark once all of it is there.
    private(set) var bytes: [UInt8] = []

    /// Returns whether the bytes can be read; throws for UTF-16.
    mutating func append(_ chunk: Span<UInt8>, isLast: Bool) throws(IntakeError) -> Bool {
        bytes.append(chunk)
        guard bytes.count >= 3 || isLast else { return false }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw IntakeError(.file, "The file is UTF-16; save it as UTF-8.")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        return true
    }
}
