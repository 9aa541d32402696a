import CLibpq

extension LibpqSession {
    /// The size up to which rows are gathered into a chunk, and of the pieces that are handed to libpq.
    static var copyChunkSize: Int { 64 * 1024 }

    /// Starts a COPY and returns once the server is ready to receive, or to send.
    func startCopy(_ sql: StaticString, _ direction: ExecStatusType) throws(PostgresError) {
        try start(sql.description)
        guard let result = nextResult() else { throw breakConnection(lostConnection()) }
        if result.status == direction {
            isCopying = true
            return
        }
        let error =
            result.status == PGRES_FATAL_ERROR
            ? PostgresError(result: result.pointer, statement: sql.description)
            : PostgresError(.misuse, "not a COPY in this direction", statement: sql)
        switch result.status {
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: throw breakConnection(error)
        default: break
        }
        while !isBroken, nextResult() != nil {}
        throw isBroken ? asLost(error) : error
    }

    /// Hands over a piece of what is to be copied in; blocks while the server is slower than the caller.
    func putCopyData(_ bytes: [UInt8]) throws(PostgresError) {
        var offset = 0
        while offset < bytes.count {
            let count = min(LibpqSession.copyChunkSize, bytes.count - offset)
            let isAccepted = bytes.withUnsafeBytes { bytes in
                let piece = bytes.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
                return PQputCopyData(handle, piece, Int32(count)) == 1
            }
            guard isAccepted else { throw breakConnection(lostConnection()) }
            offset += count
            try flush()
        }
    }

    /// Ends a COPY into the server; a reason for giving up makes the server forget everything it was sent.
    func endCopyIn(_ sql: StaticString, abort reason: String? = nil) throws(PostgresError) -> Int {
        guard PQputCopyEnd(handle, reason) == 1 else { throw breakConnection(lostConnection()) }
        return try finishCopy(sql, cancellable: reason == nil)
    }

    /// Gathers the next rows that are copied out; nil after the last.
    func nextCopyChunk(_ sql: StaticString) throws(PostgresError) -> [UInt8]? {
        var chunk: [UInt8] = []
        while isCopying, chunk.count < LibpqSession.copyChunkSize {
            var row: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(handle, &row, 1)
            defer { PQfreemem(row) }
            switch length {
            case 1...: chunk.append(contentsOf: UnsafeRawBufferPointer(start: row, count: Int(length)))
            case 0 where !chunk.isEmpty: return chunk
            case 0: try waitForCopyData()
            default: _ = try finishCopy(sql, cancellable: true)
            }
        }
        return chunk.isEmpty ? nil : chunk
    }

    /// Stops a COPY that nobody reads any more, so that the session can be used again.
    func abandonCopyOut(_ sql: StaticString) {
        guard isCopying, !isBroken else { return }
        requestCancellation()
        do {
            while try nextCopyChunk(sql) != nil {}
        } catch {
            // The cancellation itself, or the loss of the connection, which `isBroken` tells.
        }
    }

    private func finishCopy(_ sql: StaticString, cancellable: Bool) throws(PostgresError) -> Int {
        isCopying = false
        var affected = 0
        var firstError: PostgresError?
        while !isBroken, let result = nextResult(cancellable: cancellable) {
            if result.status == PGRES_COMMAND_OK {
                affected = result.affectedRows
            } else {
                firstError = firstError ?? PostgresError(result: result.pointer, statement: sql.description)
            }
        }
        if isBroken { throw asLost(firstError) }
        if let firstError { throw firstError }
        return affected
    }

    /// Sends what is buffered; reads as well, since a server with much to say might otherwise stop listening.
    private func flush() throws(PostgresError) {
        while PQflush(handle) != 0 {
            if Task.isCancelled { throw PostgresError(.cancelled, "the task was cancelled") }
            let outcome = waitForSocket(writable: true)
            if isBroken || (outcome == .ready && PQconsumeInput(handle) == 0) {
                throw breakConnection(lostConnection())
            }
        }
    }

    private func waitForCopyData() throws(PostgresError) {
        let isCancelled = Task.isCancelled
        if isCancelled { requestCancellation() }
        let outcome = waitForSocket(timeout: isCancelled ? LibpqSession.cancellationInterval : -1)
        if outcome == .ready, PQconsumeInput(handle) == 0 { throw breakConnection(lostConnection()) }
    }
}
