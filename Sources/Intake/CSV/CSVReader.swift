/// Cuts the bytes of a CSV file into records, whatever the sizes of the chunks they come in.
///
/// RFC 4180, and what real files hold besides: LF, CRLF or both as line ends, blank lines, blanks around quoted fields, quotes
/// inside fields that do not begin with one. A malformed record costs its first line only: reading goes on with the next
/// line, so that a stray quote cannot swallow the rows after it.
struct CSVReader {
    enum Event: Equatable {
        /// A record stands in `cells`.
        case record
        case malformed(reason: String)
        /// All bytes given so far are used up; after the last chunk, the file's end.
        case needsMore
        /// So many broken quotes that reading on would take time out of proportion.
        case hopeless
    }

    /// The current record with whatever follows it.
    private(set) var bytes: [UInt8] = []
    /// The current record's cells, with ranges relative to `recordRange`.
    private(set) var cells: [Cell] = []
    /// The physical line, from 1, on which the current record starts.
    private(set) var recordLine = 1

    private let delimiter: UInt8
    private var recordStart = 0
    private var position = 0
    private var line = 1
    private var state = State.fieldStart
    /// The current field's bounds, relative to the record's start.
    private var fieldStart = 0
    private var fieldEnd = 0
    private var hasDoubledQuotes = false
    private var isRecordDone = false
    private var isSkippingLine = false
    private var bytesTaken = 0
    private var bytesReread = 0

    private enum State {
        case fieldStart, unquoted, quoted, quoteInQuoted, afterQuoted
    }

    private enum Stop {
        case recordEnd, outOfBytes, textAfterQuote, tooLong
    }

    init(delimiter: UInt8 = UInt8(ascii: ",")) {
        self.delimiter = delimiter
    }

    /// Where the current record stands in `bytes`.
    var recordRange: Range<Int> { recordStart..<position }

    mutating func append(_ chunk: Span<UInt8>) {
        if isRecordDone { beginRecord() }
        bytes.removeSubrange(0..<recordStart)
        position -= recordStart
        recordStart = 0
        bytes.append(chunk)
        bytesTaken += chunk.count
    }

    /// Goes to the next record, which stays valid until the next call.
    mutating func next(isLast: Bool) -> Event {
        while true {
            if isRecordDone { beginRecord() }
            if isSkippingLine, !finishSkipping() { return .needsMore }
            switch scan() {
            case .recordEnd:
                isRecordDone = true
                if !isBlankLine { return finishRecord() }
            case .textAfterQuote:
                return recover("text follows a closing quote; double the quotes that belong to the text")
            case .tooLong where state == .quoted:
                return recover("a quote is opened and not closed within 1 MiB")
            case .tooLong:
                return recover("the record is longer than 1 MiB")
            case .outOfBytes where !isLast || recordStart == position:
                return .needsMore
            case .outOfBytes where state == .quoted:
                return recover("a quote is opened and not closed before the end of the file")
            case .outOfBytes:
                if state == .fieldStart || state == .unquoted { fieldEnd = position - recordStart }
                endField()
                isRecordDone = true
                if !isBlankLine { return finishRecord() }
            }
        }
    }

    private mutating func beginRecord() {
        isRecordDone = false
        recordStart = position
        recordLine = line
        state = .fieldStart
        fieldStart = 0
        cells.removeAll(keepingCapacity: true)
    }

    private var isBlankLine: Bool {
        cells.count == 1 && trimmed(recordStart..<position, of: bytes.span).isEmpty
    }

    /// Goes on from where the last call stopped to the record's end.
    private mutating func scan() -> Stop {
        let held = bytes
        let buffer = held.span
        let limit = min(buffer.count, recordStart + maximumRecordBytes)
        let quote = UInt8(ascii: "\"")
        var index = position
        defer { position = index }
        while index < limit {
            let byte = buffer[index]
            switch state {
            case .fieldStart:
                fieldStart = index - recordStart
                hasDoubledQuotes = false
                if byte == quote {
                    state = .quoted
                    fieldStart += 1
                    index += 1
                } else if isBlank(byte) {
                    index += 1
                } else {
                    state = .unquoted
                }
            case .unquoted:
                while index < limit, buffer[index] != delimiter, buffer[index] != newline { index += 1 }
                fieldEnd = index - recordStart
                if index == limit { break }
                if endField(at: buffer[index], &index) { return .recordEnd }
            case .quoted:
                while index < limit, buffer[index] != quote {
                    if buffer[index] == newline { line += 1 }
                    index += 1
                }
                if index == limit { break }
                fieldEnd = index - recordStart
                state = .quoteInQuoted
                index += 1
            case .quoteInQuoted where byte == quote:
                hasDoubledQuotes = true
                state = .quoted
                index += 1
            case .quoteInQuoted, .afterQuoted:
                if byte == delimiter || byte == newline {
                    if endField(at: byte, &index) { return .recordEnd }
                } else if isBlank(byte) || byte == UInt8(ascii: "\r") {
                    state = .afterQuoted
                    index += 1
                } else {
                    return .textAfterQuote
                }
            }
        }
        return limit - recordStart == maximumRecordBytes ? .tooLong : .outOfBytes
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (byte == UInt8(ascii: "\t") && byte != delimiter)
    }

    /// Ends the field at a delimiter or line end and steps over it; true at a line end.
    private mutating func endField(at byte: UInt8, _ index: inout Int) -> Bool {
        endField()
        index += 1
        fieldStart = index - recordStart
        guard byte == newline else { return false }
        line += 1
        return true
    }

    private mutating func endField() {
        cells.append(Cell(range: fieldStart..<max(fieldStart, fieldEnd), hasDoubledQuotes: hasDoubledQuotes))
        hasDoubledQuotes = false
        state = .fieldStart
    }

    /// Makes doubled quotes single, in place, and checks the encoding.
    private mutating func finishRecord() -> Event {
        switch quality(of: bytes.span.extracting(recordRange)) {
        case .sound: break
        case .holdsNUL: return .malformed(reason: "the record holds a NUL character")
        case .notUTF8: return .malformed(reason: "the record is not UTF-8; save the file as UTF-8")
        }
        for index in cells.indices where cells[index].hasDoubledQuotes {
            let range = cells[index].range
            var end = recordStart + range.lowerBound
            var isSecond = false
            for source in (recordStart + range.lowerBound)..<(recordStart + range.upperBound) {
                isSecond = bytes[source] == UInt8(ascii: "\"") && !isSecond
                if isSecond { continue }
                bytes[end] = bytes[source]
                end += 1
            }
            cells[index].range = range.lowerBound..<(end - recordStart)
        }
        return .record
    }

    /// Gives the record up and goes on with the line after the one on which it starts.
    private mutating func recover(_ reason: String) -> Event {
        if let lineEnd = bytes[recordStart..<position].firstIndex(of: newline) {
            bytesReread += position - lineEnd
            position = lineEnd + 1
            line = recordLine + 1
        } else {
            isSkippingLine = true
        }
        isRecordDone = true
        // A damaged file rereads about as much as it holds; only one made to waste time rereads many times that.
        return bytesReread > 4 * bytesTaken + 16 * maximumRecordBytes ? .hopeless : .malformed(reason: reason)
    }

    /// Skips to the next line; false where the bytes end before it.
    private mutating func finishSkipping() -> Bool {
        defer { recordStart = position }
        guard let lineEnd = bytes[position...].firstIndex(of: newline) else {
            position = bytes.count
            return false
        }
        position = lineEnd + 1
        line += 1
        recordLine = line
        isSkippingLine = false
        return true
    }
}

/// The length at which a record of a file is refused rather than held.
let maximumRecordBytes = 1 << 20
