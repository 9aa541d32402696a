/// The names of a session's prepared statements, by text and parameter types.
struct PreparedStatements {
    private var names: [PostgresStatement.Key: String] = [:]
    private var lastNumber = 0

    func name(of key: PostgresStatement.Key) -> String? { names[key] }

    /// A name that has never been used in this session.
    mutating func newName() -> String {
        lastNumber += 1
        return "s\(lastNumber)"
    }

    mutating func remember(_ key: PostgresStatement.Key, as name: String) {
        names[key] = name
    }

    /// Forgets every statement; since no name is used twice, those that the server still holds do no harm.
    mutating func forgetAll() {
        names.removeAll()
    }
}
