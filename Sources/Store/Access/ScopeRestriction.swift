import Postgres

extension FigureScope {
    /// Lets a transaction see only what belongs to the scope's teams or portfolios, until it ends; nil for the other scopes, which row-level
    /// security does not know.
    var restriction: PostgresStatement? {
        guard dimension == .team || dimension == .portfolio else { return nil }
        func list(_ ids: [Int32]?) -> String { (ids ?? []).map(String.init).joined(separator: ",") }
        return PostgresStatement(
            """
            select set_config('role', 'hearback_scoped', true), set_config('hearback.teams', $1, true),
                set_config('hearback.portfolios', $2, true)
            """, list(values(of: .team)), list(values(of: .portfolio)))
    }
}
