import CLibpq

/// What a transaction may do and what it sees of others.
public enum PostgresTransactionMode: Sendable {
    /// Reads and writes; each statement sees what was committed before it began.
    case readWrite
    /// Reads only; all statements see the same moment.
    case snapshot
    /// Reads and writes as if alone; may fail with an error whose `isRetryable` is true.
    case serializable

    fileprivate var begin: PostgresStatement {
        switch self {
        case .readWrite: PostgresStatement("begin")
        case .snapshot: PostgresStatement("begin isolation level repeatable read, read only")
        case .serializable: PostgresStatement("begin isolation level serializable")
        }
    }
}

extension PostgresConnection {
    /// Runs `body` in a transaction, which is committed when it returns and rolled back when it throws.
    ///
    /// The body runs on the connection's thread. Statements of tasks that it begins join the transaction, so they must end before it
    /// does.
    /// `begin` travels with the first statement. Transactions do not nest.
    /// When the connection is lost during the commit, whether it took effect is unknown: the error is `connectionLost`.
    @discardableResult
    public func transaction<Result: Sendable>(
        _ mode: PostgresTransactionMode = .readWrite,
        _ body: @Sendable (isolated PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let session = try idleSession()
        guard session.transactionStatus == PQTRANS_IDLE, session.pendingBegin == nil else {
            throw PostgresError(.misuse, "a transaction is under way on this connection")
        }
        session.pendingBegin = mode.begin
        do {
            let result = try await body(self)
            try await commit(session)
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    private func commit(_ session: LibpqSession) async throws {
        switch session.transactionStatus {
        case PQTRANS_IDLE where session.pendingBegin != nil:
            session.pendingBegin = nil
        case PQTRANS_INTRANS:
            try await query("commit")
        case PQTRANS_INERROR:
            throw PostgresError(.transactionAborted, "a statement had failed; the transaction was rolled back")
        default:
            throw PostgresError(.connectionLost, "the transaction ended before it could be committed")
        }
    }

    /// Ends a transaction block that is still open, also in a task that has been cancelled.
    func rollBack() {
        defer { publishCondition() }
        guard let session = try? idleSession() else { return }
        session.rollBack()
    }
}
