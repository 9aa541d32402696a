import Crypto
import Foundation

/// The secret that an authenticator app shares with an account, and the codes it gives: six digits, new every 30 s.
///
/// Source: RFC 6238 and RFC 4226, with HMAC-SHA-1, which is all that every app reads.
public struct TOTP: Sendable, Hidden {
    /// Seconds for which an app shows a code.
    static let period = 30.0

    /// The 20 bytes of the secret (RFC 4226, section 4, requirement 6, recommends 160 bits).
    public let secret: [UInt8]

    /// Creates a new secret.
    public init(using generator: inout some RandomNumberGenerator) {
        secret = generator.bytes(20)
    }

    /// Takes a stored secret; nil if it is not 20 bytes long.
    public init?(secret: [UInt8]) {
        guard secret.count == 20 else { return nil }
        self.secret = secret
    }

    /// Reads a secret in base32 (RFC 4648, section 6) without padding, in either case and with spaces; nil for anything else.
    public init?(base32 text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let characters = text.utf8.filter { $0 != UInt8(ascii: " ") }
            .map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 0x20 : $0 }
        guard let secret = TextAlphabet.base32.decode(String(decoding: characters, as: UTF8.self)) else { return nil }
        self.init(secret: secret)
    }

    /// The secret in base32, for people who cannot scan a code: 32 characters.
    public var base32: String { TextAlphabet.base32.encode(secret) }

    /// The time step whose code was given, to be stored as the last one used.
    ///
    /// Takes the codes of now and of one step before and after (RFC 6238, section 5.2), compared in constant time, and refuses
    /// every step up to the last one used, so that no code serves twice.
    ///
    /// - Parameters:
    ///   - code: Six digits; apps show a space in the middle, so spaces do not count.
    ///   - now: The time of the request.
    ///   - lastUsedStep: What this function returned when a code was last accepted.
    /// - Returns: nil if the code is wrong, too old, too new or used.
    public func step(matching code: String, at now: Date, after lastUsedStep: Int64?) -> Int64? {
        guard let given = Self.number(code),
            let current = Int64(exactly: (now.timeIntervalSince1970 / Self.period).rounded(.down)),
            current >= 0, current < .max
        else { return nil }
        var matching: Int64?
        // All three are computed and compared, whichever fits. If two do, the later one counts, so that neither is left.
        for step in current - 1...current + 1 {
            let fits = self.code(step) ^ given == 0
            if fits, step > lastUsedStep ?? .min { matching = step }
        }
        return matching
    }

    /// The six digits of a step, as a number.
    func code(_ step: Int64) -> UInt32 { truncatedCode(step) % 1_000_000 }

    /// The 31 bits from which a code of any length is taken (RFC 4226, section 5.3).
    func truncatedCode(_ step: Int64) -> UInt32 {
        let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
        let proof = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(proof[19] & 0xF)
        return proof[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    }

    private static func number(_ code: String) -> UInt32? {
        guard code.utf8.count <= 12 else { return nil }
        let digits = code.utf8.filter { $0 != UInt8(ascii: " ") }
        guard digits.count == 6, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(UInt32(0)) { $0 * 10 + UInt32($1 - 0x30) }
    }
}
