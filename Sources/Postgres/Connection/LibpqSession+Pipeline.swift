import CLibpq

extension LibpqSession {
    /// One command of a pipeline; the server answers them in order.
    private enum Command {
        case prepare(PostgresStatement, name: String)
        case execute(PostgresStatement, name: String)

        var statement: PostgresStatement {
            switch self {
            case .prepare(let statement, _), .execute(let statement, _): statement
            }
        }
    }

    /// Runs statements in one round trip and, outside of a transaction block, as one implicit transaction.
    ///
    /// Statements that are new to the session are prepared in the same round trip. When the server has dropped or
    /// outdated a prepared statement, and this call began the transaction, all is prepared anew and run once more.
    func perform(_ statements: [PostgresStatement]) throws(PostgresError) -> [PostgresRows] {
        for statement in statements {
            guard var failure = statement.parameters.failure else { continue }
            failure.statement = statement.sql.description
            throw failure
        }
        if Task.isCancelled { throw PostgresError(.cancelled, "the task was cancelled") }
        let begin = pendingBegin
        pendingBegin = nil
        let isFirst = transactionStatus == PQTRANS_IDLE
        let batch = (begin.map { [$0] } ?? []) + statements
        do {
            return Array(try performOnce(batch).suffix(statements.count))
        } catch  where error.isStalePreparedStatement && !isBroken {
            prepared.forgetAll()
            guard isFirst else { throw error }
            rollBack()
            return Array(try performOnce(batch).suffix(statements.count))
        }
    }

    /// Ends a transaction block that is still open; cancellation does not reach it.
    func rollBack() {
        pendingBegin = nil
        guard !isBroken, transactionStatus != PQTRANS_IDLE else { return }
        do {
            _ = try performOnce([PostgresStatement("rollback")], cancellable: false)
        } catch {
            _ = breakConnection(error)
        }
    }

    func performOnce(
        _ statements: [PostgresStatement], cancellable: Bool = true
    ) throws(PostgresError) -> [PostgresRows] {
        if PQpipelineStatus(handle) == PQ_PIPELINE_OFF, PQenterPipelineMode(handle) == 0 { throw lostConnection() }
        let commands = commands(for: statements)
        for command in commands {
            guard send(command) else { throw breakConnection(lostConnection()) }
        }
        guard PQpipelineSync(handle) == 1 else { throw breakConnection(lostConnection()) }
        return try receiveResults(of: commands, cancellable: cancellable)
    }

    private func commands(for statements: [PostgresStatement]) -> [Command] {
        var names: [PostgresStatement.Key: String] = [:]
        var commands: [Command] = []
        commands.reserveCapacity(statements.count)
        for statement in statements {
            let key = statement.key
            if let name = prepared.name(of: key) ?? names[key] {
                commands.append(.execute(statement, name: name))
            } else {
                let name = prepared.newName()
                names[key] = name
                commands += [.prepare(statement, name: name), .execute(statement, name: name)]
            }
        }
        return commands
    }

    private func send(_ command: Command) -> Bool {
        switch command {
        case .prepare(let statement, let name):
            statement.withSQL { sql in
                statement.withParameterArrays { count, types, _, _, _ in
                    PQsendPrepare(handle, name, sql, count, types) == 1
                }
            }
        case .execute(let statement, let name):
            statement.withParameterArrays { count, _, values, lengths, formats in
                PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1) == 1
            }
        }
    }

    /// Reads every command's results up to the synchronisation point, and only then throws the first error.
    private func receiveResults(of commands: [Command], cancellable: Bool) throws(PostgresError) -> [PostgresRows] {
        var rows: [PostgresRows] = []
        var firstError: PostgresError?
        for command in commands {
            guard let result = nextResult(cancellable: cancellable) else { throw firstError ?? lostConnection() }
            switch (result.status, command) {
            case (PGRES_COMMAND_OK, .prepare(let statement, let name)):
                prepared.remember(statement.key, as: name)
            case (PGRES_TUPLES_OK, .execute(let statement, _)), (PGRES_COMMAND_OK, .execute(let statement, _)),
                (PGRES_EMPTY_QUERY, .execute(let statement, _)):
                rows.append(PostgresRows(result: result, statement: statement.sql))
            case (PGRES_PIPELINE_ABORTED, _):
                break
            case (PGRES_FATAL_ERROR, _):
                let error = PostgresError(result: result.pointer, statement: command.statement.sql.description)
                firstError = firstError ?? error
            default:
                // COPY in a pipeline: libpq cannot get out of it.
                throw breakConnection(
                    PostgresError(.misuse, "COPY needs copyIn or copyOut", statement: command.statement.sql))
            }
            if isBroken { throw asLost(firstError) }
            guard nextResult(cancellable: cancellable) == nil else { throw breakConnection(lostConnection()) }
        }
        try receiveSynchronization(cancellable: cancellable, error: &firstError)
        if let firstError { throw firstError }
        return rows
    }

    /// Reads up to the end of the pipeline; a constraint checked at commit raises its error only here.
    private func receiveSynchronization(
        cancellable: Bool, error firstError: inout PostgresError?
    ) throws(PostgresError) {
        while !isBroken {
            guard let result = nextResult(cancellable: cancellable) else { continue }
            if result.status == PGRES_PIPELINE_SYNC { return }
            firstError = firstError ?? PostgresError(result: result.pointer, statement: nil)
        }
        throw asLost(firstError)
    }

    /// Marks an error as the reason for a lost connection, such as the server's own shutdown.
    func asLost(_ error: PostgresError?) -> PostgresError {
        var error = error ?? lostConnection()
        error.code = .connectionLost
        return error
    }
}
