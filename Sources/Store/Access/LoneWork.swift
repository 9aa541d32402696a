import Postgres

extension PostgresPool {
    /// Does work that one process at a time does, without a transaction around it; a process that dies lets go of it.
    ///
    /// - Parameter lock: The work's own number among PostgreSQL's advisory locks.
    /// - Returns: nil if another process is at it.
    func alone<Result: Sendable>(
        _ lock: Int64, _ work: @Sendable (isolated PostgresConnection) async throws -> Result
    ) async throws -> Result? {
        try await withConnection { connection in
            guard try await connection.query("select pg_try_advisory_lock($1)", lock).decodeOnly(Bool.self) else {
                return nil
            }
            do {
                let result = try await work(connection)
                try await connection.query("select pg_advisory_unlock($1)", lock)
                return result
            } catch {
                _ = try? await connection.query("select pg_advisory_unlock($1)", lock)
                throw error
            }
        }
    }
}
