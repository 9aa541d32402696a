/// Why an e-mail cannot be written. It names the place and not the value, since links open surveys.
public enum EmailProblem: Error, Equatable, CustomStringConvertible {
    /// A value has a control character (a line break could begin a header), or a mark that turns the direction.
    case controlCharacter(in: String)
    /// A word would tell a bystander about a debt.
    case disclosingWord(String, in: String)
    /// A value is too long for one line.
    case tooLong(in: String)
    /// The address for unsubscribing is not on the web by TLS.
    case notSecureWebAddress
    /// The address for unsubscribing by mail is not one.
    case notMailtoAddress
    /// The identifier is not `left@right`.
    case notMessageID

    /// What is wrong and what would be right.
    public var description: String {
        switch self {
        case .controlCharacter(let place): "\(place) has a control character or a mark that turns the direction"
        case .disclosingWord(let word, let place): "\"\(word)\" in \(place) would tell a bystander about a debt"
        case .tooLong(let place): "\(place) has a word that is too long for one line"
        case .notSecureWebAddress: "the address for unsubscribing does not begin with https:// or needs escaping"
        case .notMailtoAddress: "the address for unsubscribing by mail is not mailto: and one e-mail address"
        case .notMessageID: "the message identifier is not ASCII words with dots, an @ and such words again"
        }
    }
}
