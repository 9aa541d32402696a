/// The secret that this application proves itself with at the token endpoint; printing, dumping or logging it shows nothing.
public struct ClientSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let value: String

    /// Takes the secret as the provider gave it out.
    public init(_ value: String) {
        self.value = value
    }

    /// Says that there is a secret, and nothing about it.
    public var description: String { "[client secret]" }

    /// Says that there is a secret, and nothing about it.
    public var debugDescription: String { description }

    /// Shows no parts.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
