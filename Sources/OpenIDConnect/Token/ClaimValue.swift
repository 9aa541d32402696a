/// A JSON value in a token.
enum ClaimValue: Equatable, Sendable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([ClaimValue])
    case object([String: ClaimValue])
    case null

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// The text itself, or the texts of a list; whatever is neither is left out.
    ///
    /// A text is one value however many spaces it has: names of teams have spaces.
    var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .list(let values): values.compactMap(\.text)
        default: []
        }
    }
}

extension ClaimValue: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if container.decodeNil() {
            self = .null
        } else if let values = try? container.decode([ClaimValue].self) {
            self = .list(values)
        } else {
            self = .object(try container.decode([String: ClaimValue].self))
        }
    }
}

extension [String: ClaimValue] {
    /// The value at a path with dots; a member whose own name has dots is found as well (see ``ClaimNames``).
    func value(at path: some StringProtocol) -> ClaimValue? {
        if let value = self[String(path)] { return value }
        for dot in path.indices where path[dot] == "." {
            if case .object(let inner)? = self[String(path[..<dot])],
                let value = inner.value(at: path[path.index(after: dot)...])
            {
                return value
            }
        }
        return nil
    }
}
