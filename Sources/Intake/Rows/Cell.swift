/// One value of a record, as a range of the record's bytes.
struct Cell: Equatable {
    /// What the value was in its source; everything in a CSV file is text.
    enum Kind: Equatable {
        case absent, text, number, boolean, array, object

        var isNested: Bool { self == .array || self == .object }

        var noun: String {
            switch self {
            case .absent: "null"
            case .text: "text"
            case .number: "a number"
            case .boolean: "true or false"
            case .array: "an array"
            case .object: "an object"
            }
        }
    }

    static let absent = Cell(range: 0..<0, kind: .absent)

    var range: Range<Int>
    var kind = Kind.text
    /// Whether doubled quotes still have to be made single.
    var hasDoubledQuotes = false
}
