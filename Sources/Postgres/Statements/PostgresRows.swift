import CLibpq

/// What a statement gave back: its rows, still in the server's binary form, and its row count.
public struct PostgresRows: Sendable {
    fileprivate let result: LibpqResult
    fileprivate let statement: StaticString

    init(result: LibpqResult, statement: StaticString) {
        self.result = result
        self.statement = statement
    }

    /// The number of rows that can be decoded.
    public var count: Int { Int(PQntuples(result.pointer)) }

    /// The number of rows inserted, updated, deleted or selected, by the server's account.
    public var affected: Int { result.affectedRows }

    /// True when there is no row.
    public var isEmpty: Bool { count == 0 }

    /// The names of the columns, in order.
    public var columnNames: [String] {
        (0..<PQnfields(result.pointer)).map { String(cString: PQfname(result.pointer, $0)) }
    }

    /// Decodes every row; one Swift type for each column, in order.
    public func decode<each Column: PostgresDecodable>(
        _ types: repeat (each Column).Type
    ) throws(PostgresError) -> [(repeat each Column)] {
        try checkColumns(repeat (each Column).self)
        var rows: [(repeat each Column)] = []
        rows.reserveCapacity(count)
        for row in 0..<Int32(truncatingIfNeeded: count) {
            var column: Int32 = -1
            rows.append((repeat try next((each Column).self, in: row, after: &column)))
        }
        return rows
    }

    /// Decodes the first row; nil when there is none.
    public func decodeFirst<each Column: PostgresDecodable>(
        _ types: repeat (each Column).Type
    ) throws(PostgresError) -> (repeat each Column)? {
        try checkColumns(repeat (each Column).self)
        guard count > 0 else { return nil }
        var column: Int32 = -1
        return (repeat try next((each Column).self, in: 0, after: &column))
    }

    /// Decodes the only row; throws `unexpectedRowCount` when there is none, or more than one.
    public func decodeOnly<each Column: PostgresDecodable>(
        _ types: repeat (each Column).Type
    ) throws(PostgresError) -> (repeat each Column) {
        try checkColumns(repeat (each Column).self)
        try checkSingleRow()
        var column: Int32 = -1
        return (repeat try next((each Column).self, in: 0, after: &column))
    }

    /// Builds a value from each row, whose columns are read by name.
    public func map<Value>(_ transform: (PostgresRow) throws -> Value) rethrows -> [Value] {
        let columns = Dictionary(zip(columnNames, Int32(0)...), uniquingKeysWith: { first, _ in first })
        return try (0..<Int32(truncatingIfNeeded: count)).map { row in
            try transform(PostgresRow(rows: self, row: row, columns: columns))
        }
    }

    fileprivate func checkColumns<each Column: PostgresDecodable>(
        _ types: repeat (each Column).Type
    ) throws(PostgresError) {
        var wanted: Int32 = 0
        for _ in repeat (each Column).self { wanted += 1 }
        let present = PQnfields(result.pointer)
        guard wanted == present else {
            let message = "\(wanted) columns were asked for, the statement returns \(present)"
            throw PostgresError(.decoding, message, statement: statement)
        }
        var column: Int32 = 0
        for type in repeat (each Column).self {
            try check(type, column: column)
            column += 1
        }
    }

    fileprivate func checkSingleRow() throws(PostgresError) {
        guard count == 1 else {
            throw PostgresError(.unexpectedRowCount, "expected one row, got \(count)", statement: statement)
        }
    }

    fileprivate func check<Value: PostgresDecodable>(_ type: Value.Type, column: Int32) throws(PostgresError) {
        let present = PostgresType(oid: PQftype(result.pointer, column))
        guard type.accepts(present) else {
            throw failure("\(present) cannot be read as \(Value.self); cast it in the statement", column: column)
        }
    }

    private func next<Value: PostgresDecodable>(
        _ type: Value.Type, in row: Int32, after column: inout Int32
    ) throws(PostgresError) -> Value {
        column += 1
        return try cell(type, row: row, column: column)
    }

    fileprivate func cell<Value: PostgresDecodable>(
        _ type: Value.Type, row: Int32, column: Int32
    ) throws(PostgresError) -> Value {
        let content: UnsafeRawBufferPointer? =
            PQgetisnull(result.pointer, row, column) == 1
            ? nil
            : UnsafeRawBufferPointer(
                start: PQgetvalue(result.pointer, row, column),
                count: Int(PQgetlength(result.pointer, row, column)))
        do {
            return try type.decode(
                PostgresCell(type: PostgresType(oid: PQftype(result.pointer, column)), content: content))
        } catch {
            throw failure("\(error.message), read as \(Value.self)", column: column)
        }
    }

    private func failure(_ message: String, column: Int32) -> PostgresError {
        var error = PostgresError(.decoding, message, statement: statement)
        error.column = PQfname(result.pointer, column).map { String(cString: $0) }
        return error
    }
}

/// The same for a single column: a tuple of one is not quite its element to the compiler.
extension PostgresRows {
    /// Decodes every row of the only column.
    public func decode<Column: PostgresDecodable>(_ type: Column.Type) throws(PostgresError) -> [Column] {
        try checkColumns(type)
        var rows: [Column] = []
        rows.reserveCapacity(count)
        for row in 0..<Int32(truncatingIfNeeded: count) { rows.append(try cell(type, row: row, column: 0)) }
        return rows
    }

    /// Decodes the first row of the only column; nil when there is none.
    public func decodeFirst<Column: PostgresDecodable>(_ type: Column.Type) throws(PostgresError) -> Column? {
        try checkColumns(type)
        return isEmpty ? nil : try cell(type, row: 0, column: 0)
    }

    /// Decodes the only row of the only column; throws `unexpectedRowCount` when there is none, or more than one.
    public func decodeOnly<Column: PostgresDecodable>(_ type: Column.Type) throws(PostgresError) -> Column {
        try checkColumns(type)
        try checkSingleRow()
        return try cell(type, row: 0, column: 0)
    }
}

/// One row, whose columns are read by name.
public struct PostgresRow {
    fileprivate let rows: PostgresRows
    fileprivate let row: Int32
    fileprivate let columns: [String: Int32]

    /// Decodes a column; throws `decoding` when it is missing or of another type.
    public func decode<Value: PostgresDecodable>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard let index = columns[column] else {
            throw PostgresError(.decoding, "there is no column \(column)", statement: rows.statement)
        }
        try rows.check(type, column: index)
        return try rows.cell(type, row: row, column: index)
    }
}
