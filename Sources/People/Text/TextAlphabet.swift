/// An alphabet of 16, 32 or 64 characters that writes bytes as text, without padding; only the canonical spelling is read.
struct TextAlphabet: Sendable {
    /// RFC 4648, section 4.
    static let base64 = TextAlphabet(
        bits: 6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    /// RFC 4648, section 5.
    static let base64URL = TextAlphabet(
        bits: 6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    /// RFC 4648, section 6.
    static let base32 = TextAlphabet(bits: 5, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    /// Crockford 2002, "Base 32", in lower case: without i, l and o, which look like 1 and 0, and without u.
    static let crockford = TextAlphabet(bits: 5, "0123456789abcdefghjkmnpqrstvwxyz")

    /// RFC 4648, section 8, in lower case.
    static let hexadecimal = TextAlphabet(bits: 4, "0123456789abcdef")

    private let bits: UInt32
    private let characters: [UInt8]
    private let values: [UInt8?]

    private init(bits: UInt32, _ characters: String) {
        let characters = Array(characters.utf8)
        self.bits = bits
        self.characters = characters
        values = (0..<256).map { byte in
            characters.firstIndex(of: UInt8(byte)).map { UInt8($0) }
        }
    }

    func contains(_ character: UInt8) -> Bool { values[Int(character)] != nil }

    func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var buffer: UInt32 = 0
        var held: UInt32 = 0
        let last = UInt32(characters.count - 1)
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            held += 8
            while held >= bits {
                held -= bits
                text.append(characters[Int(buffer >> held & last)])
            }
        }
        if held > 0 { text.append(characters[Int(buffer << (bits - held) & last)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text, or nil for a foreign character, a character too many, or bits set beyond the last byte.
    func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer: UInt32 = 0
        var held: UInt32 = 0
        for character in text.utf8 {
            guard let value = values[Int(character)] else { return nil }
            buffer = buffer << bits | UInt32(value)
            held += bits
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> held))
            }
        }
        guard held < bits, buffer & ((1 << held) - 1) == 0 else { return nil }
        return bytes
    }
}
