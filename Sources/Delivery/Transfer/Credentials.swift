/// A user name and a password, neither of which is ever printed.
public struct Credentials: Sendable, Equatable {
    let user: String
    let password: String

    /// Creates credentials; control characters are refused when they are used.
    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    /// True when both can be sent: a NUL would end the text early, a line end would begin another command.
    var areSendable: Bool {
        !user.isEmpty && (user + password).utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// The text with the user name and the password taken out.
    func redacting(_ text: String) -> String {
        [password, user].filter { !$0.isEmpty }.reduce(text) { $0.replacing($1, with: "[…]") }
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A mark that tells nothing.
    public var description: String { "[credentials]" }

    /// A mark that tells nothing.
    public var debugDescription: String { description }

    /// A mirror without children, for `dump`.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
