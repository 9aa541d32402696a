import Crypto

/// The secrets that links are signed with: one signs new links, the others go on proving old ones.
public struct LinkKeys: Sendable {
    /// Keyed once and copied for every link: keying costs as much as the proof itself.
    private let proofs: [UInt8: HMAC<SHA256>]
    private let current: UInt8

    /// Creates the keys, of which the highest number signs.
    ///
    /// - Parameter secrets: At least one secret of 32 bytes, by its number.
    /// - Returns: nil without a secret, or if one is not 32 bytes long.
    public init?(_ secrets: [UInt8: [UInt8]]) {
        guard let current = secrets.keys.max(), secrets.values.allSatisfy({ $0.count == 32 }) else { return nil }
        self.current = current
        proofs = secrets.mapValues { HMAC<SHA256>(key: SymmetricKey(data: $0)) }
    }

    /// The token of an invitation's link: 34 characters that need no escaping in an address.
    ///
    /// base64url(invitation identifier (8 bytes), key number (1), HMAC-SHA256 of both, truncated to 16). A forged link is
    /// refused without asking the database, and a copy of the database holds no usable link.
    public func token(for invitation: Int64) -> String {
        token(for: invitation, purpose: [])
    }

    private func token(for invitation: Int64, purpose: [UInt8]) -> String {
        var bytes = Self.head(invitation, key: current)
        if let keyed = proofs[current] { bytes += Self.proof(of: bytes[...], purpose, by: keyed) }
        return Base64URL.encode(bytes)
    }

    /// The token of the customer's own page, by the invitation whose message leads there: it opens no survey.
    public func ownPageToken(for invitation: Int64) -> String {
        token(for: invitation, purpose: ownPagePurpose)
    }

    /// The invitation a survey link's token proves, or nil for anything else.
    public func invitation(of token: String) -> Int64? {
        invitation(of: token, purpose: [])
    }

    /// The invitation that an own page's token proves, or nil for anything else.
    public func invitation(ofOwnPage token: String) -> Int64? {
        invitation(of: token, purpose: ownPagePurpose)
    }

    private func invitation(of token: String, purpose: [UInt8]) -> Int64? {
        guard token.utf8.count == 34, let bytes = Base64URL.decode(token.utf8), bytes.count == 25,
            let keyed = proofs[bytes[8]]
        else { return nil }
        // Constant time: every byte is compared, whatever the first difference.
        var difference: UInt8 = 0
        for (given, expected) in zip(bytes[9...], Self.proof(of: bytes[..<9], purpose, by: keyed)) {
            difference |= given ^ expected
        }
        guard difference == 0 else { return nil }
        let invitation = bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(bitPattern: invitation)
    }

    /// Keys for another use, which only who has these keys can make: the first one signs, the others go on proving.
    public func derivedKeys(for purpose: String) -> [SymmetricKey] {
        numberedKeys(for: purpose).sorted { $0.key > $1.key }.map(\.value)
    }

    /// The same by their numbers, for what is stored with the number of its key.
    public func numberedKeys(for purpose: String) -> [UInt8: SymmetricKey] {
        proofs.mapValues { keyed in
            var code = keyed
            code.update(data: Array("derived key\0".utf8))
            code.update(data: Array(purpose.utf8))
            return SymmetricKey(data: Array(code.finalize()))
        }
    }

    private static func head(_ invitation: Int64, key: UInt8) -> [UInt8] {
        let bits = UInt64(bitPattern: invitation)
        return (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) } + [key]
    }

    private static func proof(
        of head: ArraySlice<UInt8>, _ purpose: [UInt8], by keyed: HMAC<SHA256>
    ) -> ArraySlice<UInt8> {
        var proof = keyed
        head.withUnsafeBytes { proof.update(data: $0) }
        if !purpose.isEmpty { proof.update(data: purpose) }
        return Array(proof.finalize())[..<16]
    }
}

/// Goes into the proof, so that a token of one kind proves nothing as the other.
private let ownPagePurpose = Array("own page".utf8)

/// base64url without padding (RFC 4648, section 5); only the canonical spelling is read.
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let values: [UInt8] = (0..<256).map { byte in
        UInt8(alphabet.firstIndex { $0 == UInt8(byte) } ?? 0xFF)
    }

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(alphabet[Int(bits >> UInt32(count) & 63)])
            }
        }
        if count > 0 { text.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    static func decode(_ text: String.UTF8View) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(25)
        var bits: UInt32 = 0
        var count = 0
        for character in text {
            let value = values[Int(character)]
            guard value != 0xFF else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        guard count < 6, bits & ((1 << UInt32(count)) - 1) == 0 else { return nil }
        return bytes
    }
}
