/// Why a new password is refused; the description tells the person what to do.
public enum PasswordProblem: Error, Equatable, Sendable, CaseIterable, CustomStringConvertible {
    /// It has fewer than ``PasswordRules/minimumLength`` characters.
    case tooShort
    /// It has more than ``Password/maximumLength`` characters.
    case tooLong
    /// The part of the account's e-mail address before the @ is in it.
    case holdsEmailName
    /// The product's name is in it.
    case holdsProductName
    /// It mostly repeats itself or follows the alphabet, the digits or the keyboard.
    case predictable
    /// It is one of the passwords that are tried first.
    case common

    /// What to do, in one or two sentences.
    public var description: String {
        switch self {
        case .tooShort:
            "Use at least \(PasswordRules.minimumLength) characters. Four unrelated words are long and easy to remember."
        case .tooLong: "Use at most \(Password.maximumLength) characters."
        case .holdsEmailName: "Leave the name in your e-mail address out of your password."
        case .holdsProductName: "Leave the name of this service out of your password."
        case .predictable:
            "Your password repeats itself or follows the keyboard or the alphabet. Use several unrelated words instead."
        case .common: "Your password is one of those that are guessed first. Use several unrelated words instead."
        }
    }
}
