import Crypto
import Feedback

/// The secret by which those who were erased are known again; it lies beside the data and never in the database.
public struct SuppressionKey: Sendable {
    /// What a value is: the reference of a complaint is not taken for a customer's.
    enum Kind: String {
        case customer, email, phone, complaint, interaction
        /// The key itself: its hash stands in the list as well, and tells whether the list was made with this key.
        case key
    }

    private let keyed: HMAC<SHA256>

    /// Creates a key.
    ///
    /// - Parameter secret: 32 random bytes.
    /// - Returns: nil if there are more or fewer.
    public init?(_ secret: [UInt8]) {
        guard secret.count == 32 else { return nil }
        keyed = HMAC(key: SymmetricKey(data: secret))
    }

    /// HMAC-SHA256 (RFC 2104) of a value behind the name of its kind.
    func hash(_ kind: Kind, _ value: String = "") -> [UInt8] {
        var hash = keyed
        hash.update(data: Array("\(kind.rawValue) \(kind == .email ? value.lowercased() : value)".utf8))
        return Array(hash.finalize())
    }

    /// The hash of a telephone number as it is dialled from abroad (E.164), or as it is written if nobody knows from where it is.
    func hash(phone: String, country: String?) -> [UInt8] {
        hash(.phone, PhoneZones.international(phone, country: country) ?? phone)
    }
}

/// Why nobody can be erased, or nothing imported, at the moment.
public enum SuppressionError: Error, Equatable, CustomStringConvertible {
    /// Somebody was erased, and this program was given no key.
    case noKey
    /// Somebody was erased with another key than this program's.
    case otherKey
    /// An import, or a round of deciding, takes longer than an erasure waits for.
    case isBusy

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .noKey:
            "customers were erased, and the key that they are known again by is missing; see \"suppression-key\" in the manual"
        case .otherKey:
            "customers were erased with another suppression key; give this program the same one"
        case .isBusy:
            "an import or a round of deciding is under way; try again when it is over"
        }
    }
}
