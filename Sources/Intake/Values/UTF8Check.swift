/// What a record's bytes are, found in one pass before any field is looked at.
enum ByteQuality {
    case sound, holdsNUL, notUTF8
}

func quality(of bytes: Span<UInt8>) -> ByteQuality {
    let summary = Summary(bytes)
    if summary.holdsNUL { return .holdsNUL }
    return summary.isASCII || isUTF8(bytes) ? .sound : .notUTF8
}

/// Nearly all records are ASCII throughout: a loop without branches tells so, many bytes at a time.
private struct Summary {
    let isASCII: Bool
    let holdsNUL: Bool

    init(_ bytes: Span<UInt8>) {
        let (union, least) = bytes.withUnsafeBufferPointer { buffer in
            var union: UInt8 = 0
            var least = UInt8.max
            for byte in buffer {
                union |= byte
                least = min(least, byte)
            }
            return (union, least)
        }
        isASCII = union < 0x80
        holdsNUL = least == 0
    }
}

/// Tells whether the bytes are well-formed by table 3-7 of the Unicode standard: no overlong form, no surrogate.
func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    if Summary(bytes).isASCII { return true }
    var index = 0
    while index < bytes.count {
        let lead = bytes[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0x00...0x7F: length = 1
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { second = 0xA0...0xBF }
            if lead == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { second = 0x90...0xBF }
            if lead == 0xF4 { second = 0x80...0x8F }
        default: return false
        }
        guard index + length <= bytes.count else { return false }
        if length > 1 {
            guard second.contains(bytes[index + 1]) else { return false }
            for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return false }
        }
        index += length
    }
    return true
}
