/// What a mapping does to a column's text before it is converted.
final class FieldAdjustment: Sendable {
    /// Values that mean "no value".
    let empties: [[UInt8]]
    let isWhole: Bool
    let table: ValueTable?
    let onlyWhen: Condition?

    init(empties: [[UInt8]], isWhole: Bool = false, table: ValueTable? = nil, onlyWhen: Condition? = nil) {
        self.empties = empties
        self.isWhole = isWhole
        self.table = table
        self.onlyWhen = onlyWhen
    }

    func isEmpty(_ value: Span<UInt8>) -> Bool {
        if value.isEmpty { return true }
        for empty in empties where equal(value, empty) { return true }
        return false
    }
}

/// Returns the length of the whole number in `4587` or `4587.0`; throws for `4587.5` and for what is no number.
func wholePart(of value: Span<UInt8>) throws(Flaw) -> Int {
    var reader = DigitReader()
    _ = reader.byte(value, 0x2D)
    let start = reader.position
    while reader.position < value.count, value[reader.position].isDigit { reader.position += 1 }
    let length = reader.position
    guard length > start else { throw Flaw(value, "is not a whole number") }
    if reader.byte(value, 0x2E) {
        while reader.byte(value, 0x30) {}
    }
    guard reader.position == value.count else { throw Flaw(value, "is not a whole number") }
    return length
}

/// Holds for rows in which a column's value is one of the listed texts.
struct Condition: Equatable, Sendable {
    /// The column's place among the plan's columns.
    let column: Int
    let patterns: [TextPattern]

    func holds(_ record: Record, _ bytes: Span<UInt8>) -> Bool {
        let value = bytes.extracting(trimmed(record.cell(column).range, of: bytes))
        for pattern in patterns where pattern.matches(value) { return true }
        return false
    }
}
