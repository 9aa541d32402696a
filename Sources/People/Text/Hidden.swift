/// A secret that logs, traps and debuggers show by its type's name only.
///
/// `print`, interpolation, `dump` and `Mirror` all give `SecretToken(hidden)` and the like.
public protocol Hidden: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Hidden {
    /// The type's name and "(hidden)".
    public var description: String { "\(Self.self)(hidden)" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
