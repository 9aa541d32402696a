/// What a new password must be: long, and not among the first to be guessed. There are no rules about kinds of characters.
///
/// Source: NIST SP 800-63B-4, section 3.1.1.2.
public struct PasswordRules: Sendable {
    /// The shortest password in Unicode code points.
    ///
    /// NIST SP 800-63B-4, section 3.1.1.2 requires 15 wherever a password may be the only factor, as it is for everybody
    /// without an authenticator app; 8 would do only if all had one.
    public static let minimumLength = 15

    private let emailName: String
    private let productName: String

    /// Creates the rules for one account.
    public init(email: String, product: String = "Hearback") {
        // What follows a plus is a mark that many mail servers ignore.
        emailName = lettersAndDigits(email.prefix { $0 != "@" && $0 != "+" })
        productName = lettersAndDigits(product[...])
    }

    /// The password of a text, if it may be chosen.
    ///
    /// - Throws: The first rule it breaks.
    public func check(_ text: String) throws(PasswordProblem) -> Password {
        guard let password = Password(text) else { throw text.isEmpty ? .tooShort : .tooLong }
        let scalars = Array(password.text.lowercased().unicodeScalars)
        if password.text.unicodeScalars.count < Self.minimumLength { throw .tooShort }
        let plain = lettersAndDigits(password.text[...])
        if holds(plain, emailName) { throw .holdsEmailName }
        if holds(plain, productName) { throw .holdsProductName }
        if isPredictable(scalars) { throw .predictable }
        if isCommon(plain) { throw .common }
        return password
    }

    /// Names of fewer than four letters are in too many good passwords, and give hardly anything away.
    private func holds(_ plain: String, _ name: String) -> Bool {
        name.unicodeScalars.count >= 4 && plain.contains(name)
    }

    private func isPredictable(_ scalars: [Unicode.Scalar]) -> Bool {
        let unit = smallestUnit(of: scalars)
        guard unit.count >= Self.minimumLength else { return true }
        let surprises = 1 + zip(unit, unit.dropFirst()).count { !Keyboard.follows($1, after: $0) }
        // Of 40,000 phrases of three unrelated words none had fewer than six; rows, runs and patterns of keys have up to five.
        return surprises < 6
    }

    /// Digits and signs around or between a common password's letters are the first that guessing programs add.
    private func isCommon(_ plain: String) -> Bool {
        let letters = Array(plain.unicodeScalars.filter(\.properties.isAlphabetic))
        let word = String(String.UnicodeScalarView(smallestUnit(of: letters)))
        return commonPasswords.contains(word) || commonPasswords.contains(plain)
    }
}

/// A text's letters and digits in lower case.
private func lettersAndDigits(_ text: Substring) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
}

/// What a text repeats at least twice from its beginning to its end, or the whole text.
private func smallestUnit(of scalars: [Unicode.Scalar]) -> ArraySlice<Unicode.Scalar> {
    guard scalars.count >= 2 else { return scalars[...] }
    let period = (1...scalars.count / 2).first { period in
        zip(scalars, scalars.dropFirst(period)).allSatisfy { $0 == $1 }
    }
    return scalars.prefix(period ?? scalars.count)
}
