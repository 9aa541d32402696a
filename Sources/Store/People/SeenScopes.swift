import People
import Postgres

extension Viewer {
    /// What they see in sites of their own; empty for everybody but quality managers who do not see everything.
    public var scopes: [FigureScope] {
        Self.scopes(role, seesEverything: seesEverything, teams: teams, portfolios: portfolios)
    }

    /// What a quality manager sees who does not see everything: their teams together, and their portfolios together. Figures of both are
    /// not added up, since most of what one counts the other counts too.
    static func scopes(
        _ role: Role, seesEverything: Bool, teams: some Collection<Int32>, portfolios: some Collection<Int32>
    ) -> [FigureScope] {
        guard role == .qualityManager, !seesEverything else { return [] }
        return (teams.isEmpty ? [] : [.teams(teams.sorted())])
            + (portfolios.isEmpty ? [] : [.portfolios(portfolios.sorted())])
    }
}

extension Store {
    /// The scopes that somebody sees who does not see everything; each has a site of its own.
    public func seenScopes() async throws -> [FigureScope] {
        let rows = try await pool.query(listSeen).decode([Int32].self, [Int32].self)
        let scopes = rows.flatMap { teams, portfolios in
            Viewer.scopes(.qualityManager, seesEverything: false, teams: teams, portfolios: portfolios)
        }
        return Set(scopes).sorted { $0.siteKey < $1.siteKey }
    }
}

private let listSeen: StaticString = """
    select distinct
        array(select team_id from person_team where person_team.person_id = person.person_id order by 1),
        array(select portfolio_id from person_portfolio where person_portfolio.person_id = person.person_id order by 1)
    from person
    where role = 'quality-manager' and not sees_everything and disabled_at is null
    """
