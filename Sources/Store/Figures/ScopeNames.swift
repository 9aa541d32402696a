import Postgres

/// A team, portfolio or agent that is not known.
public struct UnknownScope: Error, CustomStringConvertible, Sendable {
    let dimension: MeasureDimension
    let ref: String
    let known: [String]

    /// What is wrong and what is known instead.
    public var description: String {
        let list = known.isEmpty ? "none is known yet" : "known are \(known.joined(separator: ", "))"
        return "\(dimension.rawValue) \"\(ref)\" is not known; \(list)"
    }
}

extension Store {
    /// Finds a scope by its reference; everything when none is given.
    ///
    /// - Throws: ``UnknownScope`` for a reference that is not known.
    public func scope(team: String?, portfolio: String?, agent: String?) async throws -> FigureScope {
        if let team { return .team(try await id(of: team, .team, findTeam, listTeams)) }
        if let portfolio { return .portfolio(try await id(of: portfolio, .portfolio, findPortfolio, listPortfolios)) }
        if let agent { return .agent(try await id(of: agent, .agent, findAgent, listAgents)) }
        return .everything
    }

    private func id(
        of ref: String, _ dimension: MeasureDimension, _ find: StaticString, _ list: StaticString
    ) async throws -> Int32 {
        if let id = try await pool.query(find, ref).decodeFirst(Int32.self) { return id }
        throw UnknownScope(dimension: dimension, ref: ref, known: try await pool.query(list).decode(String.self))
    }
}

private let findTeam: StaticString = "select team_id from team where ref = $1"
private let listTeams: StaticString = "select ref from team order by ref limit 20"
private let findPortfolio: StaticString = "select portfolio_id from portfolio where ref = $1"
private let listPortfolios: StaticString = "select ref from portfolio order by ref limit 20"
private let findAgent: StaticString = "select agent_id from agent where ref = $1"
private let listAgents: StaticString = "select ref from agent order by ref limit 20"
