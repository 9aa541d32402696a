let newline = UInt8(ascii: "\n")

extension UInt8 {
    var isDigit: Bool { self &- 0x30 < 10 }
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    var isBlank: Bool { self == 0x20 || self &- 0x09 < 5 }
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
    var uppercased: UInt8 { self &- 0x61 < 26 ? self & ~0x20 : self }
}

extension [UInt8] {
    mutating func append(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }

    mutating func append(decimal value: Int) {
        if value < 10 {
            append(0x30 &+ UInt8(truncatingIfNeeded: value))
        } else {
            append(decimal: value / 10)
            append(0x30 &+ UInt8(truncatingIfNeeded: value % 10))
        }
    }
}

func text(_ bytes: Span<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
}

/// Returns the range without white space (ASCII, and the no-break space that spreadsheets leave) at both ends.
func trimmed(_ range: Range<Int>, of bytes: Span<UInt8>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end {
        if bytes[start].isBlank {
            start += 1
        } else if bytes[start] == 0xC2, end - start > 1, bytes[start + 1] == 0xA0 {
            start += 2
        } else {
            break
        }
    }
    while start < end {
        if bytes[end - 1].isBlank {
            end -= 1
        } else if bytes[end - 1] == 0xA0, end - start > 1, bytes[end - 2] == 0xC2 {
            end -= 2
        } else {
            break
        }
    }
    return start..<end
}

func equal(_ first: Span<UInt8>, _ second: [UInt8]) -> Bool {
    guard first.count == second.count else { return false }
    for index in second.indices where first[index] != second[index] { return false }
    return true
}

/// Compares with a word that is in lower case, whatever the case of the bytes.
func equalIgnoringCase(_ bytes: Span<UInt8>, _ lowercase: [UInt8]) -> Bool {
    guard bytes.count == lowercase.count else { return false }
    for index in lowercase.indices where bytes[index].lowercased != lowercase[index] { return false }
    return true
}
