/// How one field of a kind is made from a record.
///
/// A class, like its adjustment, because copying its many parts for every field of every row took a fifth of the time.
final class FieldPlan: Sendable {
    enum Source: Equatable, Sendable {
        case none
        /// A place among the plan's columns.
        case column(Int)
        case template([TemplatePiece])
        case constant(PreparedValue)
    }

    enum TemplatePiece: Equatable, Sendable {
        case literal([UInt8])
        case column(Int)
    }

    let field: IntakeField
    /// Names the source in messages: the column's name or the template.
    let label: String
    let source: Source
    let converter: FieldConverter
    /// What a mapping does to the value before its conversion; nil where there is nothing to do.
    let adjustment: FieldAdjustment?
    /// Whether JSON values must have the field's own JSON type, rather than being read as text.
    let isTyped: Bool
    /// The column where nothing but conversion is to be done, which is the way of most values; otherwise -1.
    private let plainColumn: Int

    init(
        _ field: IntakeField, label: String, source: Source, converter: FieldConverter,
        adjustment: FieldAdjustment? = nil, isTyped: Bool = false
    ) {
        self.field = field
        self.label = label
        self.source = source
        self.converter = converter
        self.adjustment = adjustment
        self.isTyped = isTyped
        if case .column(let column) = source, adjustment == nil, !isTyped {
            plainColumn = column
        } else {
            plainColumn = -1
        }
    }

    /// Appends the field's column to the row.
    func write(_ record: Record, _ bytes: Span<UInt8>, to rows: inout [UInt8]) throws(Flaw) -> ConvertedValue {
        if plainColumn >= 0 {
            let cell = record.cell(plainColumn)
            let range = trimmed(cell.range, of: bytes)
            if !range.isEmpty { return try converter.write(bytes.extracting(range), to: &rows) }
        }
        let start = rows.count
        let converted = try writeValue(record, bytes, to: &rows)
        if converted == .absent {
            if field.isRequired { throw Flaw(missing(record, bytes)) }
            rows.removeLast(rows.count - start)
            rows.append(UInt8(ascii: "\\"))
            rows.append(UInt8(ascii: "N"))
        }
        return converted
    }

    private func writeValue(
        _ record: Record, _ bytes: Span<UInt8>, to rows: inout [UInt8]
    ) throws(Flaw) -> ConvertedValue {
        if let condition = adjustment?.onlyWhen, !condition.holds(record, bytes) { return .absent }
        switch source {
        case .none:
            return .absent
        case .constant(let value):
            rows.append(contentsOf: value.bytes)
            return value.converted
        case .column(let column):
            let cell = record.cell(column)
            if isTyped { try checkType(of: cell, bytes) }
            if cell.kind.isNested { throw Flaw("is \(cell.kind.noun), not a single value") }
            return try write(bytes.extracting(trimmed(cell.range, of: bytes)), to: &rows)
        case .template(let pieces):
            let joined = try join(pieces, record, bytes)
            return joined.isEmpty ? .absent : try write(joined.span, to: &rows)
        }
    }

    private func write(_ value: Span<UInt8>, to rows: inout [UInt8]) throws(Flaw) -> ConvertedValue {
        guard let adjustment else {
            return value.isEmpty ? .absent : try converter.write(value, to: &rows)
        }
        let isEmpty = adjustment.isEmpty(value)
        if let table = adjustment.table, !isEmpty || table.coversEmpty {
            let prepared = try table.value(for: isEmpty ? Span() : value)
            rows.append(contentsOf: prepared.bytes)
            return prepared.converted
        }
        if isEmpty { return .absent }
        let length = adjustment.isWhole ? try wholePart(of: value) : value.count
        return try converter.write(value.extracting(0..<length), to: &rows)
    }

    /// Joins the pieces; a template of which every column is empty is empty itself.
    private func join(_ pieces: [TemplatePiece], _ record: Record, _ bytes: Span<UInt8>) throws(Flaw) -> [UInt8] {
        var joined: [UInt8] = []
        var hasValue = false
        for piece in pieces {
            switch piece {
            case .literal(let literal): joined.append(contentsOf: literal)
            case .column(let column):
                let cell = record.cell(column)
                if cell.kind.isNested { throw Flaw("is made of \(cell.kind.noun), not of single values") }
                let value = bytes.extracting(trimmed(cell.range, of: bytes))
                if adjustment?.isEmpty(value) ?? value.isEmpty { continue }
                hasValue = true
                joined.append(value)
            }
        }
        guard hasValue else { return [] }
        let range = trimmed(joined.indices, of: joined.span)
        return Array(joined[range])
    }

    private func checkType(of cell: Cell, _ bytes: Span<UInt8>) throws(Flaw) {
        let wanted: Cell.Kind =
            switch field.type {
            case .seconds: .number
            case .boolean: .boolean
            default: .text
            }
        guard cell.kind == wanted || cell.kind == .absent else {
            let noun = wanted == .number ? "a whole number of seconds" : wanted.noun
            throw Flaw("must be \(noun), not \(cell.kind.noun)")
        }
        guard cell.kind == .number else { return }
        let number = bytes.extracting(cell.range)
        for index in 0..<number.count where !number[index].isDigit && !(index == 0 && number[0] == 0x2D) {
            throw Flaw(number, "is not a whole number of seconds")
        }
    }

    private func missing(_ record: Record, _ bytes: Span<UInt8>) -> String {
        guard case .column(let column) = source else { return "is missing" }
        let value = bytes.extracting(trimmed(record.cell(column).range, of: bytes))
        if value.isEmpty || adjustment == nil { return "is missing" }
        return "\(quoted(value)) stands for no value, and a row needs its \(field.name)"
    }
}
