import Foundation

/// A password as it is hashed: bounded, and in one spelling of Unicode.
///
/// Normalised to form C, so that the same password typed on another keyboard gives the same bytes (NIST SP 800-63B-4,
/// section 3.1.1.2). Nothing is trimmed or cut.
public struct Password: Sendable, Hidden {
    /// The longest password in Unicode code points.
    ///
    /// Long enough for any passphrase or password manager, where NIST SP 800-63B-4, section 3.1.1.2 asks for 64 at least.
    public static let maximumLength = 256

    /// The normalised text.
    let text: String

    /// Takes a password as it was typed.
    ///
    /// - Returns: nil for an empty text, one of more than 1,024 bytes, or one longer than ``maximumLength``. No account has
    ///   such a password, so refusing it before hashing tells nothing about accounts.
    public init?(_ text: String) {
        // Bytes first: normalising is not for texts of any length.
        guard !text.isEmpty, text.utf8.count <= 4 * Self.maximumLength else { return nil }
        let normalized = text.precomposedStringWithCanonicalMapping
        guard normalized.unicodeScalars.count <= Self.maximumLength else { return nil }
        self.text = normalized
    }
}
