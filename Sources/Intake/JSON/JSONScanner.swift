/// Walks over JSON text (RFC 8259), which must be UTF-8, one token at a time; nesting is limited, so hostile text cannot
/// exhaust the stack.
struct JSONScanner {
    static let maximumDepth = 32

    private let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int

    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next byte that is not white space; nil at the end.
    mutating func peek() -> UInt8? {
        while position < end {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return bytes[position]
            }
        }
        return nil
    }

    /// Steps over the byte if it comes next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let byte = peek(), byte == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ character: Unicode.Scalar, _ purpose: String) throws(JSONSyntaxError) {
        guard take(character) else { throw error("\(character) is expected \(purpose)") }
    }

    /// Reads a value, appending the text of a string, number, true or false; arrays and objects are stepped over.
    mutating func readValue(into text: inout [UInt8]) throws(JSONSyntaxError) -> Cell.Kind {
        switch peek() {
        case UInt8(ascii: "\""):
            try readString(into: &text)
            return .text
        case .some(0x2D), .some(0x30...0x39):
            let start = position
            try skipNumber()
            text.append(contentsOf: bytes[start..<position])
            return .number
        case UInt8(ascii: "t"):
            try skipWord("true")
            text.append(contentsOf: "true".utf8)
            return .boolean
        case UInt8(ascii: "f"):
            try skipWord("false")
            text.append(contentsOf: "false".utf8)
            return .boolean
        case UInt8(ascii: "n"):
            try skipWord("null")
            return .absent
        case UInt8(ascii: "["):
            try skipValue(depth: 1)
            return .array
        case UInt8(ascii: "{"):
            try skipValue(depth: 1)
            return .object
        default:
            throw error("a value is expected")
        }
    }

    private mutating func skipValue(depth: Int) throws(JSONSyntaxError) {
        guard depth <= Self.maximumDepth else { throw error("the nesting is deeper than \(Self.maximumDepth) levels") }
        var ignored: [UInt8] = []
        if take("[") {
            if take("]") { return }
            repeat {
                try skipValue(depth: depth + 1)
            } while take(",")
            try expect("]", "at the end of an array")
        } else if take("{") {
            if take("}") { return }
            repeat {
                try readKey(into: &ignored)
                try skipValue(depth: depth + 1)
            } while take(",")
            try expect("}", "at the end of an object")
        } else {
            _ = try readValue(into: &ignored)
        }
    }

    /// Reads a key and steps over its colon.
    mutating func readKey(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard peek() == UInt8(ascii: "\"") else { throw error("a key in quotes is expected") }
        try readString(into: &text)
        try expect(":", "after a key")
    }

    private mutating func readString(into text: inout [UInt8]) throws(JSONSyntaxError) {
        position += 1
        while position < end {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"):
                position += 1
                try readEscape(into: &text)
            case 0..<0x20:
                throw error("a control character stands in a string; write it as an escape")
            default:
                let start = position
                while position < end, isPlain(bytes[position]) { position += 1 }
                text.append(contentsOf: bytes[start..<position])
            }
        }
        throw error("a string has no end")
    }

    private func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard position < end else { throw error("a string has no end") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try readScalar()).utf8)
        default: throw error("an unknown escape stands in a string")
        }
    }

    /// Reads what follows `\u`, with the second half of a surrogate pair.
    private mutating func readScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        var value = try readHexadecimal()
        if 0xD800...0xDBFF ~= value, position + 1 < end, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            let low = try readHexadecimal()
            guard 0xDC00...0xDFFF ~= low else { throw error("half of a surrogate pair stands alone") }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw error("half of a surrogate pair stands alone") }
        return scalar
    }

    private mutating func readHexadecimal() throws(JSONSyntaxError) -> UInt32 {
        guard position + 4 <= end else { throw error("\\u needs four hexadecimal digits") }
        var value: UInt32 = 0
        for byte in bytes[position..<(position + 4)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("\\u needs four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }

    private mutating func skipNumber() throws(JSONSyntaxError) {
        skip(UInt8(ascii: "-"))
        if !skip(UInt8(ascii: "0")) { try skipDigits() }
        if skip(UInt8(ascii: ".")) { try skipDigits() }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            if !skip(UInt8(ascii: "+")) { skip(UInt8(ascii: "-")) }
            try skipDigits()
        }
    }

    @discardableResult
    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipDigits() throws(JSONSyntaxError) {
        let start = position
        while position < end, bytes[position].isDigit { position += 1 }
        guard position > start else { throw error("a number is not written as JSON wants it") }
    }

    private mutating func skipWord(_ word: String) throws(JSONSyntaxError) {
        for byte in word.utf8 where !skip(byte) { throw error("a value is expected") }
    }

    func error(_ message: String) -> JSONSyntaxError {
        JSONSyntaxError(position: position, message: message)
    }
}

/// Where JSON text stops being JSON, and why.
struct JSONSyntaxError: Error, Equatable {
    /// A position in the bytes given to the scanner.
    let position: Int
    let message: String
}
