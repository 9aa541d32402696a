import Crypto

/// A code on paper that stands in once for a lost authenticator app: sixteen characters, 80 random bits.
public struct RecoveryCode: Sendable, Hidden {
    /// Characters of Crockford's base 32, in lower case: sixteen, or ten of a code from before.
    private let characters: [UInt8]

    /// Ten new codes, which replace all earlier ones of the account.
    public static func ten(using generator: inout some RandomNumberGenerator) -> [RecoveryCode] {
        (0..<10).map { _ in RecoveryCode(using: &generator) }
    }

    private init(using generator: inout some RandomNumberGenerator) {
        characters = Array(TextAlphabet.crockford.encode(generator.bytes(10)).utf8)
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
        guard characters.count == 16 || characters.count == 10 else { return nil }
        self.characters = characters
    }

    /// The code as it is shown: `xxxx-xxxx-xxxx-xxxx`.
    public var text: String {
        stride(from: 0, to: characters.count, by: 4).map { start in
            String(decoding: characters[start..<min(start + 4, characters.count)], as: UTF8.self)
        }.joined(separator: "-")
    }

    /// HMAC-SHA256 of the characters: 32 bytes, all that is stored.
    func digest(under key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: characters, using: key))
    }

    /// SHA-256 of ten characters, which is how codes from before were stored.
    var plainDigest: [UInt8]? { characters.count == 10 ? Array(SHA256.hash(data: characters)) : nil }
}
