import Yams

/// Reads what a mapping says of one field: a column's name alone, or `from` or `constant` with what is to be done.
struct FieldReader {
    private static let keys = [
        "from", "constant", "format", "time", "unit", "values", "otherwise", "whole", "empty", "only_when",
    ]

    let field: IntakeField
    let fileEmpties: [[UInt8]]

    private var instants = InstantReading()
    private var unit = DurationUnit.seconds

    init(field: IntakeField, fileEmpties: [[UInt8]]) {
        self.field = field
        self.fileEmpties = fileEmpties
    }

    mutating func read(_ node: Node, _ mapping: inout MappingReader) -> FieldPlan? {
        if node.scalar != nil {
            guard let (source, label) = readSource(node, &mapping) else { return nil }
            let adjustment = fileEmpties.isEmpty ? nil : FieldAdjustment(empties: fileEmpties)
            return plan(source, label, adjustment)
        }
        guard let entries = mapping.entries(of: node, knowing: Self.keys, in: field.name) else { return nil }
        readInstants(entries, &mapping)
        readUnit(entries, &mapping)
        let empties = entries["empty"].map { mapping.strings($0, "empty").map { Array($0.utf8) } } ?? []
        let adjustment = FieldAdjustment(
            empties: fileEmpties + empties, isWhole: readWhole(entries["whole"], &mapping),
            table: readTable(entries, &mapping),
            onlyWhen: entries["only_when"].flatMap { mapping.readCondition($0) })
        return readPlan(node, entries, adjustment, &mapping)
    }

    private func plan(_ source: FieldPlan.Source, _ label: String, _ adjustment: FieldAdjustment?) -> FieldPlan {
        FieldPlan(
            field, label: label, source: source,
            converter: FieldConverter(field.type, instants: instants, unit: unit), adjustment: adjustment)
    }

    private func readPlan(
        _ node: Node, _ entries: [String: Node], _ adjustment: FieldAdjustment, _ mapping: inout MappingReader
    ) -> FieldPlan? {
        switch (entries["from"], entries["constant"]) {
        case (let from?, nil):
            guard let (source, label) = readSource(from, &mapping) else { return nil }
            return plan(source, label, adjustment)
        case (nil, let constant?):
            for key in ["values", "otherwise", "whole", "empty"] {
                if let extra = entries[key] { mapping.note(extra, "\(key) has no meaning beside constant") }
            }
            guard let value = prepare(constant, &mapping) else { return nil }
            return plan(.constant(value), field.name, adjustment.onlyWhen == nil ? nil : adjustment)
        default:
            mapping.note(node, "\(field.name) needs either from (a column) or constant (a value)")
            return nil
        }
    }

    // MARK: Sources

    /// Reads a column's name, or a template in which columns stand in braces.
    private func readSource(_ node: Node, _ mapping: inout MappingReader) -> (FieldPlan.Source, String)? {
        guard let text = mapping.string(node, "from") else { return nil }
        guard !text.isEmpty, !node.isNull else {
            mapping.note(node, "\(field.name) needs the name of a column; leave the key out if the file has none")
            return nil
        }
        guard text.contains("{") else { return (.column(mapping.place(of: text, node)), text) }
        var pieces: [FieldPlan.TemplatePiece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { pieces.append(.literal(Array(rest[..<open].utf8))) }
            guard let close = rest[open...].firstIndex(of: "}") else {
                mapping.note(node, "a brace is opened and not closed in \(quoted(text))")
                return nil
            }
            let name = String(rest[rest.index(after: open)..<close])
            pieces.append(.column(mapping.place(of: name, node)))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.literal(Array(rest.utf8))) }
        return (.template(pieces), text)
    }

    /// Converts a value of the mapping itself as if it stood in a file; null is no value.
    private func prepare(_ node: Node, _ mapping: inout MappingReader) -> PreparedValue? {
        if node.isNull { return .absent }
        guard let text = mapping.string(node, field.name) else { return nil }
        var value = PreparedValue()
        do {
            value.converted = try FieldConverter(field.type).write(Array(text.utf8).span, to: &value.bytes)
            return value
        } catch {
            mapping.note(node, "\(field.name) \(error.predicate)")
            return nil
        }
    }

    // MARK: Conversions

    private mutating func readInstants(_ entries: [String: Node], _ mapping: inout MappingReader) {
        guard entries["format"] != nil || entries["time"] != nil else { return }
        guard field.type == .instant else {
            for key in ["format", "time"] {
                if let node = entries[key] { mapping.note(node, "\(field.name) is no date and takes no \(key)") }
            }
            return
        }
        if let node = entries["format"] { instants.formats = readFormats(node, &mapping) }
        guard let node = entries["time"], let text = mapping.string(node, "time") else { return }
        guard let time = TimeOfDay(text) else {
            mapping.note(node, "time \(quoted(text)) is not a time of day such as \"23:59:59\"")
            return
        }
        let takesTime = instants.formats.contains {
            if case .pattern(let format) = $0 { !format.hasTime } else { true }
        }
        if !takesTime { mapping.note(node, "time completes dates without one, and every format here has one") }
        instants.timeOfDay = time
    }

    private func readFormats(_ node: Node, _ mapping: inout MappingReader) -> [InstantReading.Format] {
        var formats: [InstantReading.Format] = []
        for pattern in mapping.strings(node, "format") {
            if pattern == "iso" {
                formats.append(.iso)
                continue
            }
            do {
                let format = try DateFormat(pattern)
                try format.checkHoldsDate()
                formats.append(.pattern(format))
            } catch {
                mapping.note(node, "format \(quoted(pattern)) \(error.predicate)")
            }
        }
        return formats
    }

    private mutating func readUnit(_ entries: [String: Node], _ mapping: inout MappingReader) {
        guard let node = entries["unit"], let name = mapping.string(node, "unit") else { return }
        guard field.type == .seconds else {
            mapping.note(node, "\(field.name) is no duration and takes no unit")
            return
        }
        guard let unit = DurationUnit(rawValue: name) else {
            let units = DurationUnit.allCases.map(\.rawValue)
            mapping.note(node, "unit \(quoted(name)) is not known\(hint(for: name, among: units))")
            return
        }
        self.unit = unit
    }

    private func readWhole(_ node: Node?, _ mapping: inout MappingReader) -> Bool {
        guard let node, let word = mapping.string(node, "whole") else { return false }
        if word != "true", word != "false" { mapping.note(node, "whole is true or false") }
        return word == "true"
    }

    private func readTable(_ entries: [String: Node], _ mapping: inout MappingReader) -> ValueTable? {
        guard let node = entries["values"] else {
            if let extra = entries["otherwise"] { mapping.note(extra, "otherwise needs values beside it") }
            return nil
        }
        guard let pairs = node.mapping else {
            mapping.note(node, "values is written as keys and values: what stands in the file, then what it means")
            return nil
        }
        var table: [ValueTable.Entry] = []
        for (key, value) in pairs {
            guard let text = mapping.string(key, "what stands in the file"), let value = prepare(value, &mapping) else {
                continue
            }
            table.append(ValueTable.Entry(pattern: TextPattern(text), value: value))
        }
        return ValueTable(table, otherwise: entries["otherwise"].flatMap { prepare($0, &mapping) })
    }
}

extension Node {
    /// Whether this is YAML's null, written without quotes.
    fileprivate var isNull: Bool {
        guard let scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }
}
