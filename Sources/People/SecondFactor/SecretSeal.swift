import Crypto

/// The keys that second factors are stored under: a copy of the database alone opens none of them.
///
/// The newest key seals, all open; what was stored before there were keys is read as it is.
public struct SecretSeal: Sendable {
    private let current: UInt8
    private let keys: [UInt8: SymmetricKey]
    private let codeKeys: [UInt8: SymmetricKey]

    /// Creates a seal.
    ///
    /// - Parameters:
    ///   - keys: At least one key for secrets, by its number; the highest seals.
    ///   - codeKeys: Keys for recovery codes, by the same numbers.
    /// - Returns: nil without a key, or with other numbers.
    public init?(_ keys: [UInt8: SymmetricKey], codeKeys: [UInt8: SymmetricKey]) {
        guard let current = keys.keys.max(), keys.keys == codeKeys.keys else { return nil }
        (self.current, self.keys, self.codeKeys) = (current, keys, codeKeys)
    }

    /// A secret as it is stored: a format, the key's number, and AES-256-GCM with a nonce of chance.
    ///
    /// - Parameter person: Whose it is; for nobody else it opens.
    public func seal(_ secret: [UInt8], of person: Int32) throws -> [UInt8] {
        guard let key = keys[current] else { return [] }
        let box = try AES.GCM.seal(secret, using: key, authenticating: Self.owner(person))
        return [Self.format, current] + Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    /// The secret of what is stored; nil if its key is gone, or it was changed or is somebody else's.
    public func open(_ stored: [UInt8], of person: Int32) -> [UInt8]? {
        // Those from before there were keys: an authenticator's secret has 20 bytes, and a sealed one 50.
        if stored.count == 20 { return stored }
        guard stored.count > 30, stored[0] == Self.format, let key = keys[stored[1]],
            let box = try? AES.GCM.SealedBox(combined: stored.dropFirst(2)),
            let secret = try? AES.GCM.open(box, using: key, authenticating: Self.owner(person))
        else { return nil }
        return Array(secret)
    }

    /// Whether the newest key sealed it.
    public func isCurrent(_ stored: [UInt8]) -> Bool {
        stored.count > 30 && stored[0] == Self.format && stored[1] == current
    }

    /// A recovery code as it is stored: HMAC-SHA256 under the newest key.
    public func digest(of code: RecoveryCode) -> [UInt8] { codeKeys[current].map { code.digest(under: $0) } ?? [] }

    /// Everything a recovery code may be stored as, under any key.
    public func digests(of code: RecoveryCode) -> [[UInt8]] {
        codeKeys.values.map { code.digest(under: $0) } + [code.plainDigest].compactMap(\.self)
    }

    private static let format: UInt8 = 1

    private static func owner(_ person: Int32) -> [UInt8] { Array("second factor of person \(person)".utf8) }
}
