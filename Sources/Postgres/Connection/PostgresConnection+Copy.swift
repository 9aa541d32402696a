import CLibpq

extension PostgresConnection {
    /// Copies chunks of bytes into a table (`copy t from stdin`); returns the number of rows stored.
    ///
    /// Chunks need not end where rows end. When the sequence throws, or the task is cancelled, nothing is stored and
    /// the connection remains usable. A COPY takes no parameters.
    @discardableResult
    public func copyIn<Chunks: AsyncSequence & Sendable>(
        _ sql: StaticString, from chunks: Chunks
    ) async throws -> Int where Chunks.Element: Sequence<UInt8> & Sendable {
        try await copyIn(sql) { writer in
            for try await chunk in chunks { try await writer.write(chunk) }
        }
    }

    /// Copies what `body` writes into a table (`copy t from stdin`); returns the number of rows stored.
    ///
    /// When the body throws, or the task is cancelled, nothing is stored and the connection remains usable.
    @discardableResult
    public func copyIn(
        _ sql: StaticString, _ body: @Sendable (PostgresCopyIn) async throws -> Void
    ) async throws -> Int {
        try await use { session throws(PostgresError) in try session.startCopy(sql, PGRES_COPY_IN) }
        do {
            try await body(PostgresCopyIn(connection: self))
            // A cancelled producer may look like one that has come to its end.
            if Task.isCancelled { throw PostgresError(.cancelled, "the task was cancelled", statement: sql) }
        } catch {
            _ = try? await use(duringCopy: true) { session throws(PostgresError) in
                try session.endCopyIn(sql, abort: "the client gave up")
            }
            throw error
        }
        return try await use(duringCopy: true) { session throws(PostgresError) in try session.endCopyIn(sql) }
    }

    /// Copies out of the database (`copy (select …) to stdout`); `body` reads the chunks, and may stop when it likes.
    ///
    /// Memory use does not depend on how much is copied. A COPY takes no parameters: in a transaction, hand them over
    /// by `select set_config('export.day', $1, true)` and read them by `current_setting('export.day')`.
    @discardableResult
    public func copyOut<Result: Sendable>(
        _ sql: StaticString, _ body: @Sendable (PostgresCopyOut) async throws -> Result
    ) async throws -> Result {
        try await use { session throws(PostgresError) in try session.startCopy(sql, PGRES_COPY_OUT) }
        do {
            let result = try await body(PostgresCopyOut(connection: self, sql: sql))
            abandonCopyOut(sql)
            return result
        } catch {
            abandonCopyOut(sql)
            throw error
        }
    }

    fileprivate func put(_ bytes: [UInt8]) async throws {
        try await use(duringCopy: true) { session throws(PostgresError) in try session.putCopyData(bytes) }
    }

    fileprivate func nextChunk(_ sql: StaticString) async throws -> [UInt8]? {
        guard isCopying else { return nil }
        return try await use(duringCopy: true) { session throws(PostgresError) in
            try session.nextCopyChunk(sql)
        }
    }
}

/// Takes what is to be copied into a table; usable only inside the closure it was given to.
public struct PostgresCopyIn: Sendable {
    fileprivate let connection: PostgresConnection

    /// Sends bytes; returns once the server has kept up, so that memory use does not grow.
    public func write(_ bytes: some Sequence<UInt8> & Sendable) async throws {
        try await connection.put([UInt8](bytes))
    }
}

/// What is copied out of a table, in chunks of about 64 KB that end where rows end; usable only inside its closure.
public struct PostgresCopyOut: AsyncSequence, Sendable {
    fileprivate let connection: PostgresConnection
    fileprivate let sql: StaticString

    /// Starts reading; there is one reading position, whichever iterator moves it.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(connection: connection, sql: sql)
    }

    /// Reads chunk after chunk.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let connection: PostgresConnection
        fileprivate let sql: StaticString

        /// Returns the next chunk, or nil after the last row.
        public func next() async throws -> [UInt8]? {
            try await connection.nextChunk(sql)
        }
    }
}
