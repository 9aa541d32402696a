/// Which character is easily guessed from the one before it.
enum Keyboard {
    /// The rows of a keyboard with Latin letters, and the digits' signs on their keys.
    private static let rows = [
        (0, "1234567890"), (0, "!@#$%^&*()"), (1, "qwertyuiop"), (2, "asdfghjkl"), (3, "zxcvbnm"),
    ]

    private static let places: [Unicode.Scalar: (row: Int, column: Int)] = {
        var places: [Unicode.Scalar: (row: Int, column: Int)] = [:]
        for (row, keys) in rows {
            for (column, key) in keys.unicodeScalars.enumerated() { places[key] = (row, column) }
        }
        return places
    }()

    /// Whether a character repeats the one before, is next to it in Unicode's order, or lies on a key that touches its key.
    static func follows(_ next: Unicode.Scalar, after previous: Unicode.Scalar) -> Bool {
        if abs(Int(next.value) - Int(previous.value)) <= 1 { return true }
        guard let from = places[previous], let to = places[next] else { return false }
        return abs(from.row - to.row) <= 1 && abs(from.column - to.column) <= 1
    }
}
