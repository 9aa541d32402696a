/// Shortcuts that lease a connection for one piece of work.
extension PostgresPool {
    /// Runs a statement as a transaction of its own.
    @discardableResult
    public func query(_ sql: StaticString, _ parameters: any PostgresEncodable...) async throws -> PostgresRows {
        try await query(PostgresStatement(sql, parameters: parameters))
    }

    /// Runs a statement as a transaction of its own.
    @discardableResult
    public func query(_ statement: PostgresStatement) async throws -> PostgresRows {
        try await withConnection { connection in try await connection.query(statement) }
    }

    /// Runs statements in one round trip and one transaction: all take effect, or none.
    @discardableResult
    public func pipeline(_ statements: [PostgresStatement]) async throws -> [PostgresRows] {
        try await withConnection { connection in try await connection.pipeline(statements) }
    }

    /// Runs `body` in a transaction, on the connection's thread; commits when it returns, rolls back when it throws.
    @discardableResult
    public func transaction<Result: Sendable>(
        _ mode: PostgresTransactionMode = .readWrite,
        _ body: @Sendable (isolated PostgresConnection) async throws -> Result
    ) async throws -> Result {
        try await withConnection { connection in try await connection.transaction(mode, body) }
    }

    /// Copies chunks of bytes into a table; see `PostgresConnection.copyIn(_:from:)`.
    @discardableResult
    public func copyIn<Chunks: AsyncSequence & Sendable>(
        _ sql: StaticString, from chunks: Chunks
    ) async throws -> Int where Chunks.Element: Sequence<UInt8> & Sendable {
        try await withConnection { connection in try await connection.copyIn(sql, from: chunks) }
    }

    /// Copies what `body` writes into a table; see `PostgresConnection.copyIn(_:_:)`.
    @discardableResult
    public func copyIn(
        _ sql: StaticString, _ body: @Sendable (PostgresCopyIn) async throws -> Void
    ) async throws -> Int {
        try await withConnection { connection in try await connection.copyIn(sql, body) }
    }

    /// Copies out of the database; see `PostgresConnection.copyOut(_:_:)`.
    @discardableResult
    public func copyOut<Result: Sendable>(
        _ sql: StaticString, _ body: @Sendable (PostgresCopyOut) async throws -> Result
    ) async throws -> Result {
        try await withConnection { connection in try await connection.copyOut(sql, body) }
    }

    /// Listens to channels on a connection of its own, which does not count as one of the pool's.
    public func listen(to channels: [String]) -> PostgresNotifications {
        PostgresNotifications(
            conninfo: conninfo, applicationName: options.applicationName, channels: channels, logger: logger)
    }
}
