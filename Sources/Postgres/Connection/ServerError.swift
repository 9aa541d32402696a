import CLibpq

extension PostgresError {
    /// Reads the error that a result carries.
    init(result: OpaquePointer, statement: String?) {
        func field(_ code: Int32) -> String? {
            PQresultErrorField(result, code).map { String(cString: $0) }
        }
        let message = field(diag_message_primary()) ?? String(cString: PQresultErrorMessage(result))
        self.init(.server, message.trimmingSuffixWhitespace())
        sqlState = field(diag_sqlstate())
        constraint = field(diag_constraint_name())
        table = field(diag_table_name())
        column = field(diag_column_name())
        detail = field(diag_message_detail())
        hint = field(diag_message_hint())
        context = field(diag_context())
        sourceFunction = field(diag_source_function())
        self.statement = statement
    }

    /// Reads what libpq last said about a connection.
    init(_ code: Code, connection: OpaquePointer?) {
        self.init(code, String(cString: PQerrorMessage(connection)).trimmingSuffixWhitespace())
    }
}

extension String {
    /// The text without the line ends that libpq puts behind its messages.
    fileprivate func trimmingSuffixWhitespace() -> String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
