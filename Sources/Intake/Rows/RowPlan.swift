/// How rows of one kind are made: the columns wanted from a record, and what is made of them.
struct RowPlan: Sendable {
    /// A column by its name; the line is that of the mapping that asks for it.
    struct Column: Equatable, Sendable {
        let name: String
        let line: Int?
    }

    let kind: IntakeKind
    let columns: [Column]
    let fields: [FieldPlan]
    let skipWhen: [Condition]

    init(_ kind: IntakeKind, columns: [Column], fields: [FieldPlan], skipWhen: [Condition]) {
        self.kind = kind
        self.columns = columns
        self.fields = fields
        self.skipWhen = skipWhen
    }

    /// Plans for columns named as the kind's fields.
    init(_ kind: IntakeKind, isTyped: Bool = false, needsOffset: Bool = false) {
        self.kind = kind
        skipWhen = []
        columns = kind.fields.map { Column(name: $0.name, line: nil) }
        fields = kind.fields.enumerated().map { index, field in
            FieldPlan(
                field, label: field.name, source: .column(index),
                converter: FieldConverter(field.type, instants: InstantReading(needsOffset: needsOffset)),
                isTyped: isTyped)
        }
    }

    /// Appends the record as a line of COPY's text format; false where the mapping leaves it out.
    ///
    /// Where it throws, nothing has been appended.
    func write(_ record: Record, _ bytes: Span<UInt8>, to rows: inout [UInt8]) throws(RowFlaw) -> Bool {
        for condition in skipWhen where condition.holds(record, bytes) { return false }
        let start = rows.count
        do throws(RowFlaw) {
            rows.append(decimal: record.line)
            var rules = RowRules()
            for plan in fields {
                rows.append(UInt8(ascii: "\t"))
                let converted: ConvertedValue
                do throws(Flaw) {
                    converted = try plan.write(record, bytes, to: &rows)
                } catch {
                    throw RowFlaw(field: plan.field.name, reason: "\(plan.label) \(error.predicate)")
                }
                if let role = plan.field.role { rules.note(converted, as: role) }
            }
            try rules.check(kind)
            rows.append(newline)
            return true
        } catch {
            rows.removeLast(rows.count - start)
            throw error
        }
    }

    /// Reads the row's reference for a message, where it can be read.
    func reference(of record: Record, _ bytes: Span<UInt8>) -> String? {
        guard let plan = fields.first else { return nil }
        var column: [UInt8] = []
        guard (try? plan.write(record, bytes, to: &column)) != nil else { return nil }
        return String(decoding: column, as: UTF8.self).replacing("\\\\", with: "\\")
    }
}

/// Why one row is refused.
struct RowFlaw: Error, Equatable {
    let field: String?
    let reason: String
}
