import Crypto
import CryptoExtras

/// A password's hash as it is stored: `$scrypt$ln=17,r=8,p=1$<salt>$<hash>`, both in base64 without padding.
///
/// scrypt (RFC 7914) with a salt of 16 bytes and a hash of 32, r = 8 and p = 1. The cost is the binary logarithm of scrypt's N;
/// hashing takes 2^(cost + 10) bytes.
public struct PasswordHash: Sendable {
    /// N = 2^17 and so 128 MiB for each hash (OWASP, "Password Storage Cheat Sheet").
    public static let defaultCost = 17

    /// The costs that are read. A bad row asking for more than 2^20 could take gigabytes.
    static let costs = 1...20

    private let cost: Int
    private let salt: [UInt8]
    private let key: SymmetricKey

    /// Hashes a password with a new salt, which takes a good part of a second and blocks: see ``PasswordHasher``.
    ///
    /// - Parameter cost: From 1 to 20.
    /// - Throws: The library's error if it gets no memory.
    public init(
        of password: Password, cost: Int = defaultCost, using generator: inout some RandomNumberGenerator
    ) throws {
        try self.init(of: password, cost: cost, salt: generator.bytes(16))
    }

    init(of password: Password, cost: Int, salt: [UInt8]) throws {
        precondition(Self.costs.contains(cost), "a cost is from 1 to 20")
        self.cost = cost
        self.salt = salt
        key = try Self.key(of: password, cost: cost, salt: salt)
    }

    private init(cost: Int, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = SymmetricKey(data: key)
    }

    /// Reads a stored hash; nil for anything but what ``text`` writes with a cost from 1 to 20.
    public init?(_ text: String) {
        guard text.utf8.count <= 96 else { return nil }
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, let cost = Int(parts[2].dropFirst(3).prefix { $0 != "," }), Self.costs.contains(cost),
            let salt = TextAlphabet.base64.decode(parts[3]), salt.count == 16,
            let key = TextAlphabet.base64.decode(parts[4]), key.count == 32
        else { return nil }
        self.init(cost: cost, salt: salt, key: key)
        // Only one spelling is stored, so whatever else differs is no hash of this kind.
        guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
    }

    /// A hash that no password has: checked in place of a missing one, so that unknown accounts take as long as known ones.
    public static func dummy(cost: Int = defaultCost) -> PasswordHash {
        PasswordHash(cost: cost, salt: [UInt8](repeating: 0, count: 16), key: [UInt8](repeating: 0, count: 32))
    }

    /// The hash as it is stored.
    public var text: String {
        let hash = key.withUnsafeBytes { TextAlphabet.base64.encode($0) }
        return "$scrypt$ln=\(cost),r=8,p=1$\(TextAlphabet.base64.encode(salt))$\(hash)"
    }

    /// Whether the hash is cheaper than new ones, so that the next successful sign-in should replace it.
    public var needsRehash: Bool { cost < Self.defaultCost }

    /// Whether a password has this hash, compared in constant time; takes as long as hashing.
    ///
    /// - Throws: The library's error if it gets no memory.
    public func matches(_ password: Password) throws -> Bool {
        // Keys are compared in constant time.
        try Self.key(of: password, cost: cost, salt: salt) == key
    }

    private static func key(of password: Password, cost: Int, salt: [UInt8]) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Array(password.text.utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost, blockSize: 8,
            parallelism: 1)
    }
}
