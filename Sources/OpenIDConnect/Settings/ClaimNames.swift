/// Under which names the provider tells roles, teams, portfolios and agents in its ID tokens.
///
/// A name may be a path with dots through nested objects, such as `realm_access.roles`. A claim whose own name has dots, such as
/// `https://example.com/roles`, is found too: at each level the whole name is tried first, then its shortest beginning.
public struct ClaimNames: Sendable {
    /// The claim whose values are looked up in the map of roles.
    public let roles: String
    /// The claim whose values are names of teams, if the provider has one.
    public let teams: String?
    /// The claim whose values are names of portfolios, if the provider has one.
    public let portfolios: String?
    /// The claim whose value is an agent's reference in the telephone system, if the provider has one.
    public let agent: String?

    /// Names the claims.
    public init(
        roles: String = "roles", teams: String? = nil, portfolios: String? = nil, agent: String? = nil
    ) {
        self.roles = roles
        self.teams = teams
        self.portfolios = portfolios
        self.agent = agent
    }

    /// Those that are named.
    var all: [String] { [roles, teams, portfolios, agent].compactMap { $0 } }
}
