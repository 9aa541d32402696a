import People

/// What the values of claims stand for.
public struct ClaimValues: Sendable {
    /// The role that a value of the roles claim gives. Other values give none.
    public let roles: [String: Role]
    /// The values of the roles claim that let a quality manager see everything.
    public let everything: Set<String>
    /// The team that a value of the teams claim stands for; without any, each value is a team's reference.
    public let teams: [String: String]
    /// The portfolio that a value of the portfolios claim stands for; without any, each value is a portfolio's reference.
    public let portfolios: [String: String]

    /// Says what values stand for.
    public init(
        roles: [String: Role], everything: Set<String> = [], teams: [String: String] = [:],
        portfolios: [String: String] = [:]
    ) {
        self.roles = roles
        self.everything = everything
        self.teams = teams
        self.portfolios = portfolios
    }
}
