import Yams

/// Reads the nodes of a mapping file, noting every problem rather than stopping at the first.
struct MappingReader {
    private(set) var problems: [IntakeError.Problem] = []
    let kind: IntakeKind

    private var columns: [RowPlan.Column] = []
    private var fileEmpties: [[UInt8]] = []

    init(kind: IntakeKind) {
        self.kind = kind
    }

    mutating func read(_ root: Node) -> FileMapping? {
        guard
            let entries = entries(
                of: root, knowing: ["kind", "delimiter", "zone", "empty", "skip_when", "fields"], in: "a mapping")
        else { return nil }
        if let node = entries["kind"], let name = string(node, "kind"), name != kind.rawValue {
            note(node, "this mapping is for \(quoted(name)), and \(kind.rawValue) are to be imported")
        }
        let delimiter = entries["delimiter"].flatMap { readDelimiter($0) } ?? UInt8(ascii: ",")
        let zone = entries["zone"].flatMap { readZone($0) }
        fileEmpties = entries["empty"].map { strings($0, "empty").map { Array($0.utf8) } } ?? []
        let skipWhen = entries["skip_when"].map { readConditions($0) } ?? []
        guard let fields = entries["fields"] else {
            note(root, "fields is missing: it says which column gives which field")
            return nil
        }
        let plans = readFields(fields)
        return FileMapping(
            zone: zone, delimiter: delimiter,
            plan: RowPlan(kind, columns: columns, fields: plans, skipWhen: skipWhen))
    }

    // MARK: The whole file

    private mutating func readDelimiter(_ node: Node) -> UInt8? {
        guard let name = string(node, "delimiter") else { return nil }
        if name == "tab" { return UInt8(ascii: "\t") }
        let bytes = Array(name.utf8)
        if bytes.count == 1, ";|,\t:".utf8.contains(bytes[0]) { return bytes[0] }
        note(node, "delimiter \(quoted(name)) is none of \",\", \";\", \"|\", \":\" and tab")
        return nil
    }

    private mutating func readZone(_ node: Node) -> String? {
        guard let name = string(node, "zone") else { return nil }
        if isZoneName(Array(name.utf8).span) { return name }
        note(node, "zone \(quoted(name)) is not a zone name such as America/New_York")
        return nil
    }

    /// Reads one condition or a list of them.
    private mutating func readConditions(_ node: Node) -> [Condition] {
        guard let sequence = node.sequence else { return readCondition(node).map { [$0] } ?? [] }
        var conditions: [Condition] = []
        for item in sequence {
            if let condition = readCondition(item) { conditions.append(condition) }
        }
        return conditions
    }

    mutating func readCondition(_ node: Node) -> Condition? {
        guard let entries = entries(of: node, knowing: ["column", "is"], in: "a condition") else { return nil }
        guard let column = entries["column"], let values = entries["is"] else {
            note(node, "a condition needs column and is, as in {column: state, is: [\"Closed*\"]}")
            return nil
        }
        guard let name = string(column, "column") else { return nil }
        return Condition(column: place(of: name, column), patterns: strings(values, "is").map(TextPattern.init))
    }

    private mutating func readFields(_ node: Node) -> [FieldPlan] {
        let names = kind.fields.map(\.name)
        guard let entries = entries(of: node, knowing: names, in: kind.rawValue) else { return [] }
        var plans: [FieldPlan] = []
        for field in kind.fields {
            if let entry = entries[field.name] {
                if let plan = readField(field, entry) { plans.append(plan) }
            } else {
                if field.isRequired { note(node, "\(field.name) is missing, and every row needs it") }
                plans.append(
                    FieldPlan(field, label: field.name, source: .none, converter: FieldConverter(field.type)))
            }
        }
        return plans
    }

    private mutating func readField(_ field: IntakeField, _ node: Node) -> FieldPlan? {
        var reader = FieldReader(field: field, fileEmpties: fileEmpties)
        return reader.read(node, &self)
    }

    // MARK: Parts shared by all readers

    /// Returns the place of a column among those wanted, adding it where it is new.
    mutating func place(of name: String, _ node: Node) -> Int {
        if let index = columns.firstIndex(where: { $0.name == name }) { return index }
        columns.append(RowPlan.Column(name: name, line: node.mark?.line ?? 0))
        return columns.count - 1
    }

    mutating func note(_ node: Node, _ message: String) {
        problems.append(IntakeError.Problem(line: node.mark?.line, message: message))
    }

    /// Returns the values by their keys, noting keys that are not known; nil where the node has no keys.
    mutating func entries(of node: Node, knowing known: [String], in what: String) -> [String: Node]? {
        guard let mapping = node.mapping else {
            note(node, "\(what) is written as keys and values; the keys are \(known.joined(separator: ", "))")
            return nil
        }
        var entries: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, known.contains(name) else {
                let name = key.scalar?.string ?? ""
                note(key, "\(quoted(name)) is no key of \(what)\(hint(for: name, among: known))")
                continue
            }
            entries[name] = value
        }
        return entries
    }

    mutating func string(_ node: Node, _ what: String) -> String? {
        if let scalar = node.scalar { return scalar.string }
        note(node, "\(what) must be a single value")
        return nil
    }

    /// Returns the items of a list, or a single value as a list of one.
    mutating func strings(_ node: Node, _ what: String) -> [String] {
        guard let sequence = node.sequence else { return string(node, what).map { [$0] } ?? [] }
        var strings: [String] = []
        for item in sequence {
            if let string = string(item, "each item of \(what)") { strings.append(string) }
        }
        return strings
    }
}
