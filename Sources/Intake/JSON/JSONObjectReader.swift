/// Reads JSON objects into cells, one for each wanted column; the memory is used again for the next object.
struct JSONObjectReader {
    /// The text of all cells.
    private(set) var text: [UInt8] = []
    private(set) var cells: [Cell] = []

    /// Which columns the current object has named.
    private var seen: [Bool] = []
    private let columns: [[UInt8]]
    /// The known keys, where others are refused.
    private let known: [String]?

    init(columns: [String], refusesOtherKeys: Bool) {
        self.columns = columns.map { Array($0.utf8) }
        known = refusesOtherKeys ? columns : nil
    }

    /// Reads one object; returns what is wrong with it as a row, while a syntax error ends the reading of its text.
    ///
    /// A key that appears twice is refused, rather than letting one of its values win.
    mutating func read(_ scanner: inout JSONScanner) throws(JSONSyntaxError) -> RowFlaw? {
        text.removeAll(keepingCapacity: true)
        cells.removeAll(keepingCapacity: true)
        guard scanner.peek() == UInt8(ascii: "{") else {
            let kind = try scanner.readValue(into: &text)
            return RowFlaw(field: nil, reason: "an object is expected here, not \(kind.noun)")
        }
        seen.removeAll(keepingCapacity: true)
        for _ in columns {
            cells.append(.absent)
            seen.append(false)
        }
        var flaw: RowFlaw?
        try scanner.expect("{", "here")
        if scanner.take("}") { return nil }
        var expected = 0
        repeat {
            let keyStart = text.count
            try scanner.readKey(into: &text)
            let column = self.column(named: text[keyStart...], expected: expected)
            if column == nil, flaw == nil { flaw = unknownKey(text[keyStart...]) }
            text.removeLast(text.count - keyStart)
            let kind = try scanner.readValue(into: &text)
            if let column {
                if seen[column], flaw == nil {
                    flaw = RowFlaw(field: nil, reason: "\(name(column)) appears twice; give it once")
                }
                seen[column] = true
                cells[column] = Cell(range: keyStart..<text.count, kind: kind)
                expected = column + 1
            } else {
                text.removeLast(text.count - keyStart)
            }
        } while scanner.take(",")
        try scanner.expect("}", "at the end of an object")
        return flaw
    }

    /// Looks first where the key would stand if keys came in the columns' order.
    private func column(named key: ArraySlice<UInt8>, expected: Int) -> Int? {
        if expected < columns.count, key.elementsEqual(columns[expected]) { return expected }
        return columns.firstIndex { key.elementsEqual($0) }
    }

    private func name(_ column: Int) -> String {
        String(decoding: columns[column], as: UTF8.self)
    }

    private func unknownKey(_ key: ArraySlice<UInt8>) -> RowFlaw? {
        guard let known else { return nil }
        let key = String(decoding: key, as: UTF8.self)
        return RowFlaw(field: nil, reason: "\(quoted(key)) is no field here\(hint(for: key, among: known))")
    }
}
