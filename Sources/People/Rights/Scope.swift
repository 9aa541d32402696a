/// Which answers a person may see: all, or those of some teams, of some portfolios, or of both at once.
public struct Scope: Sendable, Equatable {
    /// Everything.
    public static let everything = Scope(teams: nil, portfolios: nil)

    /// The teams whose answers are seen, or nil for those of all and of none.
    public let teams: Set<String>?
    /// The portfolios whose answers are seen, or nil for those of all and of none.
    public let portfolios: Set<String>?

    /// Creates a scope; an empty set shows nothing, so that a bound that has lost its last name does not become everything.
    public init(teams: Set<String>?, portfolios: Set<String>?) {
        self.teams = teams
        self.portfolios = portfolios
    }

    /// Whether the scope holds an answer; where a bound is given, an answer without a team or portfolio is outside.
    public func includes(team: String?, portfolio: String?) -> Bool {
        Self.holds(team, within: teams) && Self.holds(portfolio, within: portfolios)
    }

    private static func holds(_ name: String?, within bound: Set<String>?) -> Bool {
        guard let bound else { return true }
        return name.map(bound.contains) ?? false
    }
}
