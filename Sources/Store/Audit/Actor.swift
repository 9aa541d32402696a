/// Who does something that is recorded, and from where.
public struct Actor: Sendable, Equatable {
    /// Such as `person 3`, `key 2`, `command root` or `hearback`.
    public let name: String
    /// The network that the request came from; nil for a command.
    public let network: String?

    /// Creates an actor.
    public init(name: String, network: String? = nil) {
        self.name = name
        self.network = network
    }

    /// A person who is signed in.
    public static func person(_ id: Int32, network: String?) -> Actor { Actor(name: "person \(id)", network: network) }

    /// Somebody at the command line, by the name of their user.
    public static func command(user: String) -> Actor { Actor(name: "command \(user)") }

    /// The program by itself.
    public static let program = Actor(name: "hearback")
}
