import Postgres

extension FigureScope {
    /// Lets a transaction see only what belongs to the scope's teams or portfolios; nil for the other scopes, which row-level security
    /// does not know.
    var restriction: PostgresStatement? {
        guard dimension == .team || dimension == .portfolio else { return nil }
        return restricting(teams: values(of: .team) ?? [], portfolios: values(of: .portfolio) ?? [])
    }
}

extension Viewer {
    /// Lets a transaction see only what somebody sees; nil for whoever sees everything.
    var restriction: PostgresStatement? {
        seesEverything ? nil : restricting(teams: teams.sorted(), portfolios: portfolios.sorted())
    }
}

/// Lets a transaction see only what belongs to these teams or portfolios, until it ends.
func restricting(teams: [Int32], portfolios: [Int32]) -> PostgresStatement {
    func list(_ ids: [Int32]) -> String { ids.map(String.init).joined(separator: ",") }
    return PostgresStatement(
        """
        select set_config('role', 'hearback_scoped', true), set_config('hearback.teams', $1, true),
            set_config('hearback.portfolios', $2, true)
        """, list(teams), list(portfolios))
}

extension PostgresPool {
    /// Reads with only what a restriction leaves in sight; everything without one.
    func read(_ statements: [PostgresStatement], within restriction: PostgresStatement?) async throws -> [PostgresRows]
    {
        guard let restriction else { return try await pipeline(statements) }
        return try await transaction(.snapshot) { connection in
            Array(try await connection.pipeline([restriction] + statements).dropFirst())
        }
    }
}

extension PostgresConnection {
    /// Reads as ``PostgresPool/read(_:within:)`` does, in a transaction that then goes on without the restriction: it ends with the
    /// savepoint that it was set in.
    func read(_ statement: PostgresStatement, within restriction: PostgresStatement?) async throws -> PostgresRows {
        guard let restriction else { return try await query(statement) }
        return try await pipeline([
            PostgresStatement("savepoint unrestricted"), restriction, statement,
            PostgresStatement("rollback to savepoint unrestricted"),
        ])[2]
    }
}
