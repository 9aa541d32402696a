/// Says which known name may have been meant, or which there are: `; did you mean "customer"?`.
func hint(for name: String, among known: [String]) -> String {
    let folded = Array(name.lowercased().unicodeScalars.prefix(100))
    let nearest = known.map { ($0, distance(folded, Array($0.lowercased().unicodeScalars))) }.min { $0.1 < $1.1 }
    guard let nearest else { return "" }
    let all = known.prefix(50).joined(separator: ", ") + (known.count > 50 ? ", …" : "")
    let isNear = nearest.1 <= (folded.count + 2) / 3
    return isNear ? "; did you mean \(quoted(nearest.0))? There are: \(all)" : "; there are: \(all)"
}

/// Counts the insertions, deletions and replacements between two texts (Levenshtein 1966).
private func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    var row = Array(0...second.count)
    for (index, scalar) in first.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for (column, other) in second.enumerated() {
            let replaced = diagonal + (scalar == other ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
        }
    }
    return row[second.count]
}
