/// A constant, converted once when the mapping is read.
struct PreparedValue: Equatable, Sendable {
    var bytes: [UInt8] = []
    var converted = ConvertedValue.absent

    static let absent = PreparedValue()
}

/// Gives a field's value for each value of a column: an exact entry first, then the longest that matches by its stars.
struct ValueTable: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        let pattern: TextPattern
        let value: PreparedValue
    }

    private let exact: [Entry]
    private let wildcards: [Entry]
    /// Stands for values in no entry; nil refuses them.
    private let otherwise: PreparedValue?

    init(_ entries: [Entry], otherwise: PreparedValue?) {
        exact = entries.filter { !$0.pattern.hasWildcard }
        wildcards = entries.filter(\.pattern.hasWildcard)
            .sorted { $0.pattern.bytes.count > $1.pattern.bytes.count }
        self.otherwise = otherwise
    }

    /// Tells whether the table says what an empty cell means.
    var coversEmpty: Bool { exact.contains { $0.pattern.bytes.isEmpty } }

    func value(for text: Span<UInt8>) throws(Flaw) -> PreparedValue {
        for entry in exact where entry.pattern.matches(text) { return entry.value }
        for entry in wildcards where entry.pattern.matches(text) { return entry.value }
        guard let otherwise else {
            throw Flaw(text, "is not among the mapping's values; add it there, or add otherwise")
        }
        return otherwise
    }
}
