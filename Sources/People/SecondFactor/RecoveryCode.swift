import Crypto

/// A code on paper that stands in once for a lost authenticator app: ten characters, 50 random bits.
public struct RecoveryCode: Sendable, Hidden {
    /// Ten characters of Crockford's base 32, in lower case.
    private let characters: [UInt8]

    /// Ten new codes, which replace all earlier ones of the account.
    public static func ten(using generator: inout some RandomNumberGenerator) -> [RecoveryCode] {
        (0..<10).map { _ in RecoveryCode(using: &generator) }
    }

    private init(using generator: inout some RandomNumberGenerator) {
        // Seven bytes are twelve characters, of which the first ten are random throughout.
        characters = Array(TextAlphabet.crockford.encode(generator.bytes(7)).utf8.prefix(10))
    }

    /// Reads a code as people type it.
    ///
    /// Case, spaces and hyphens do not count; o is read as 0, i and l as 1. Nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count <= 32 else { return nil }
        var characters: [UInt8] = []
        for byte in text.utf8 where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "-") {
            let lower = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 0x20 : byte
            switch lower {
            case UInt8(ascii: "o"): characters.append(UInt8(ascii: "0"))
            case UInt8(ascii: "i"), UInt8(ascii: "l"): characters.append(UInt8(ascii: "1"))
            default:
                guard TextAlphabet.crockford.contains(lower) else { return nil }
                characters.append(lower)
            }
        }
        guard characters.count == 10 else { return nil }
        self.characters = characters
    }

    /// The code as it is shown: `xxxxx-xxxxx`.
    public var text: String {
        String(decoding: characters[..<5], as: UTF8.self) + "-" + String(decoding: characters[5...], as: UTF8.self)
    }

    /// SHA-256 of the ten characters: 32 bytes, all that is stored.
    public var digest: [UInt8] { Array(SHA256.hash(data: characters)) }
}
