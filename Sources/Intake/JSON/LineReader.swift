/// Cuts bytes into lines, whatever the sizes of the chunks they come in; blank lines are left out.
struct LineReader {
    enum Event: Equatable {
        /// A line, without its end, stands in `range` of `bytes`.
        case line
        case tooLong
        /// All bytes given so far are used up; after the last chunk, the file's end.
        case needsMore
    }

    private(set) var bytes: [UInt8] = []
    private(set) var range = 0..<0
    /// The current line's number, from 1.
    private(set) var number = 0

    private var position = 0
    /// How far the current line has been searched for its end.
    private var searched = 0
    private var isSkipping = false

    mutating func append(_ chunk: Span<UInt8>) {
        bytes.removeSubrange(0..<position)
        searched -= position
        position = 0
        bytes.append(chunk)
    }

    mutating func next(isLast: Bool) -> Event {
        while true {
            let end = bytes[searched...].firstIndex(of: newline)
            searched = end ?? bytes.count
            let isTooLong = searched - position > maximumRecordBytes
            guard end != nil || isTooLong || (isLast && position < searched) else { return .needsMore }

            range = position..<searched
            // A line that is too long is dropped as far as it has come; its rest is skipped without being held.
            position = end.map { $0 + 1 } ?? searched
            searched = position
            let wasSkipping = isSkipping
            isSkipping = end == nil && (isTooLong || wasSkipping)
            if wasSkipping { continue }
            number += 1
            if isTooLong { return .tooLong }
            range = trimmed(range, of: bytes.span)
            if !range.isEmpty { return .line }
        }
    }
}
