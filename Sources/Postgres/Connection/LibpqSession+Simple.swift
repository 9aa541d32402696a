import CLibpq

extension LibpqSession {
    /// Runs a script of several statements by the simple protocol, as one implicit transaction.
    func execute(script: String) throws(PostgresError) {
        try start(script)
        var firstError: PostgresError?
        while !isBroken, let result = nextResult() {
            switch result.status {
            case PGRES_FATAL_ERROR:
                firstError = firstError ?? PostgresError(result: result.pointer, statement: nil)
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                throw breakConnection(PostgresError(.misuse, "COPY needs copyIn or copyOut"))
            default:
                break
            }
        }
        if isBroken { throw asLost(firstError) }
        if let firstError { throw firstError }
    }

    /// Sends a text by the simple protocol, the only one that COPY and scripts can use.
    func start(_ sql: String) throws(PostgresError) {
        guard !sql.utf8.contains(0) else { throw PostgresError(.encoding, "the script contains a NUL character") }
        if Task.isCancelled { throw PostgresError(.cancelled, "the task was cancelled") }
        if let begin = pendingBegin {
            pendingBegin = nil
            _ = try performOnce([begin])
        }
        if PQpipelineStatus(handle) != PQ_PIPELINE_OFF, PQexitPipelineMode(handle) == 0 {
            throw breakConnection(lostConnection())
        }
        guard PQsendQuery(handle, sql) == 1 else { throw breakConnection(lostConnection()) }
    }
}

extension LibpqSession {
    /// Blocks until a notification has come; nil once the task is cancelled.
    func nextNotification() throws(PostgresError) -> PostgresNotification? {
        while !Task.isCancelled {
            if let notification = PQnotifies(handle) {
                defer { PQfreemem(notification) }
                return .notification(
                    channel: String(cString: notification.pointee.relname),
                    payload: String(cString: notification.pointee.extra))
            }
            if waitForSocket() == .ready, PQconsumeInput(handle) == 0 { throw breakConnection(lostConnection()) }
        }
        return nil
    }
}
