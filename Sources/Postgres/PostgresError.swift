/// What went wrong between the program and its database.
public struct PostgresError: Error, Sendable {
    /// The kind of failure.
    public enum Code: String, Sendable {
        /// The server refused a statement; see `sqlState` and `constraint`.
        case server
        /// The connection broke; whether the statement in flight was carried out is unknown.
        case connectionLost
        /// No server could be reached, or it let nobody in.
        case connectFailed
        /// The connection string is not one libpq understands.
        case invalidConninfo
        /// No connection became free in time.
        case leaseTimedOut
        /// The pool has been closed.
        case poolClosed
        /// The task was cancelled; the statement was stopped, or never sent.
        case cancelled
        /// A parameter cannot be expressed in its PostgreSQL type; nothing was sent.
        case encoding
        /// A column cannot be read as the Swift type asked for.
        case decoding
        /// More or fewer rows came back than the caller can use.
        case unexpectedRowCount
        /// The transaction had already failed when it was to be committed; it was rolled back.
        case transactionAborted
        /// The client was used in a way it does not allow.
        case misuse
    }

    /// The kind of failure.
    public internal(set) var code: Code
    /// What happened, in the server's or the client's words; may quote a value when `sqlState` is of class 22.
    public internal(set) var message: String
    /// The server's five-character code, such as `23505` for a violated unique constraint.
    public internal(set) var sqlState: String?
    /// The violated constraint's name.
    public internal(set) var constraint: String?
    /// The table concerned.
    public internal(set) var table: String?
    /// The column concerned: the table's for `server`, the result's for `decoding`.
    public internal(set) var column: String?
    /// The text of the statement.
    public internal(set) var statement: String?
    /// The server's DETAIL line, which may hold row data: never log it.
    public internal(set) var detail: String?
    /// The server's HINT line.
    public internal(set) var hint: String?
    /// The server's CONTEXT lines; inside COPY they may hold row data: never log them.
    public internal(set) var context: String?
    /// The server function that raised the error, which does not change with the server's language.
    var sourceFunction: String?

    init(_ code: Code, _ message: String, statement: StaticString? = nil) {
        self.code = code
        self.message = message
        self.statement = statement?.description
    }

    /// True when the whole transaction may succeed if simply run again: serialization failure or deadlock.
    public var isRetryable: Bool {
        sqlState == "40001" || sqlState == "40P01"
    }

    /// True when a prepared statement has become useless through a change of schema or `deallocate`.
    var isStalePreparedStatement: Bool {
        sqlState == "26000" || (sqlState == "0A000" && sourceFunction == "RevalidateCachedQuery")
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// One line without any value sent or stored; safe to show and to log.
    public var description: String {
        var line = "\(code.rawValue): \(PostgresError.onOneLine(safeMessage))"
        if let sqlState { line += " [\(sqlState)]" }
        if let constraint { line += " constraint=\(constraint)" }
        if let table { line += " table=\(table)" }
        if let column { line += " column=\(column)" }
        if let statement { line += " in \"\(PostgresError.abridged(PostgresError.onOneLine(statement)))\"" }
        return line
    }

    /// Everything known, row data included; for a developer's eyes only.
    public var debugDescription: String {
        var lines = ["\(code.rawValue): \(message)"]
        for (name, value) in [
            ("sqlState", sqlState), ("constraint", constraint), ("table", table), ("column", column),
            ("detail", detail), ("hint", hint), ("context", context), ("statement", statement),
        ] {
            if let value { lines.append("  \(name): \(value)") }
        }
        return lines.joined(separator: "\n")
    }

    /// The message, unless it belongs to the one class whose messages quote the offending value.
    private var safeMessage: String {
        sqlState?.hasPrefix("22") == true ? "the server refused a value" : message
    }

    private static func onOneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Cuts a statement where a log line would become hard to read.
    private static func abridged(_ line: String) -> String {
        line.count > 100 ? line.prefix(99) + "…" : line
    }
}
