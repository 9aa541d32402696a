/// Finds the columns a plan wants in a file's header, or says all that is wrong with the two together.
struct HeaderCheck {
    static let maximumColumns = 2000

    let line: Int
    let names: [String]
    let isMapped: Bool

    /// Returns the place of each of the plan's columns; -1 for a column that need not be there and is not.
    func places(of plan: RowPlan) throws(IntakeError) -> [Int] {
        guard names.count <= Self.maximumColumns else {
            throw IntakeError(
                .file, line: line, "The header names \(names.count) columns; \(Self.maximumColumns) are allowed.")
        }
        var problems: [String] = []
        for (index, name) in names.enumerated() where !name.isEmpty && names[..<index].contains(name) {
            problems.append("the column \(quoted(name)) appears twice")
        }
        if !isMapped { problems += unknownColumns(plan.columns.map(\.name)) }

        var places: [Int] = []
        for (index, column) in plan.columns.enumerated() {
            let place = names.firstIndex(of: column.name)
            places.append(place ?? -1)
            guard place == nil else { continue }
            if let line = column.line {
                problems.append(
                    "line \(line) of the mapping: the file has no column \(quoted(column.name))"
                        + hint(for: column.name, among: names))
            } else if plan.fields[index].field.isRequired {
                problems.append("the column \(quoted(column.name)) is missing, and every row needs it")
            }
        }
        guard problems.isEmpty else {
            if let advice { problems.append(advice) }
            throw IntakeError(.file, problems.map { IntakeError.Problem(line: line, message: $0) })
        }
        return places
    }

    private func unknownColumns(_ known: [String]) -> [String] {
        names.filter { !known.contains($0) }
            .map { name in
                let what = name.isEmpty ? "a column has no name" : "the column \(quoted(name)) is not known"
                return what + hint(for: name, among: known)
            }
    }

    /// Says what may be at the root of a header that is one long name.
    private var advice: String? {
        guard names.count == 1, let name = names.first else { return nil }
        if name.contains("\r") { return "the file ends its lines with CR alone; save it with LF or CR LF" }
        for (character, word) in [(";", "\";\""), ("\t", "tab"), ("|", "\"|\"")] where name.contains(character) {
            return "the columns seem to be set apart otherwise; give a mapping with delimiter: \(word)"
        }
        return nil
    }
}
