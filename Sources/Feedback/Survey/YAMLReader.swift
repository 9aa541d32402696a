import Yams

/// Everything that is wrong with a YAML file, each with its line.
public struct YAMLProblems: Error, Equatable, CustomStringConvertible {
    /// One problem.
    public struct Problem: Sendable, Equatable {
        /// The line, from 1.
        public let line: Int
        /// What is wrong and what would be right.
        public let reason: String

        /// Creates a problem.
        public init(line: Int, reason: String) {
            self.line = line
            self.reason = reason
        }
    }

    /// The problems in line order.
    public let problems: [Problem]

    /// Creates the problems of a file.
    public init(problems: [Problem]) { self.problems = problems }

    /// One line a problem.
    public var description: String {
        problems.map { "line \($0.line): \($0.reason)" }.joined(separator: "\n")
    }
}

/// Reads values out of a YAML document and collects what is wrong with them, so that an author sees every problem at once.
struct YAMLReader {
    let root: Node
    private var problems: [YAMLProblems.Problem] = []

    init(_ source: String) throws {
        if let line = lineOfAnchor(in: source) {
            throw YAMLProblems(problems: [
                .init(line: line, reason: "anchors (&name) are not taken here; write it out again where it is needed")
            ])
        }
        do {
            guard let node = try Yams.compose(yaml: source), node.mapping != nil else {
                throw YAMLProblems(problems: [.init(line: 1, reason: "the file is empty or not a mapping of keys")])
            }
            root = node
        } catch let error as YamlError {
            throw YAMLProblems(problems: [.init(line: Self.line(of: error), reason: Self.reason(of: error))])
        }
    }

    /// Throws if anything was reported.
    func finish() throws {
        if !problems.isEmpty { throw YAMLProblems(problems: problems.sorted { $0.line < $1.line }) }
    }

    mutating func report(_ reason: String, at node: Node) {
        problems.append(.init(line: node.mark?.line ?? 1, reason: reason))
    }

    /// Reports keys that are not allowed, and keys given twice are refused by the parser already.
    mutating func allow(_ keys: [String], in node: Node, what: String) {
        guard let mapping = node.mapping else {
            report("a \(what) is a mapping of keys", at: node)
            return
        }
        for key in mapping.keys where !keys.contains(key.string ?? "") {
            report("a \(what) has no key \"\(key.string ?? "")\"; known are \(keys.joined(separator: ", "))", at: key)
        }
    }

    mutating func text(_ key: String, in node: Node, maximum: Int) -> String {
        guard let value = node[key] else {
            report("\(key) is missing", at: node)
            return ""
        }
        return checked(value, key: key, maximum: maximum)
    }

    mutating func boolean(_ key: String, in node: Node) -> Bool? {
        guard let value = node[key] else { return nil }
        if value.bool == nil { report("\(key) is true or false", at: value) }
        return value.bool
    }

    mutating func whole(_ key: String, in node: Node) -> Int? {
        guard let value = node[key] else { return nil }
        if value.int == nil { report("\(key) is a whole number", at: value) }
        return value.int
    }

    mutating func list(_ key: String, in node: Node) -> [Node] {
        guard let sequence = node[key]?.sequence, !sequence.isEmpty else {
            report("\(key) is a list with at least one entry", at: node[key] ?? node)
            return []
        }
        return Array(sequence)
    }

    /// A text in each of the given languages: none missing, none besides.
    mutating func translations(_ key: String, in node: Node, languages: [String], maximum: Int) -> Translations {
        guard let value = node[key] else {
            report("\(key) is missing", at: node)
            return [:]
        }
        guard let mapping = value.mapping else {
            report("\(key) gives a text for each language (\(languages.joined(separator: ", ")))", at: value)
            return [:]
        }
        var texts: Translations = [:]
        for (language, text) in mapping {
            guard let code = language.string, languages.contains(code) else {
                report("\(key) has a language that \"languages\" does not list", at: language)
                continue
            }
            texts[code] = checked(text, key: "\(key) in \(code)", maximum: maximum)
        }
        for code in languages where texts[code] == nil { report("\(key) has no text in \(code)", at: value) }
        return texts
    }

    private mutating func checked(_ value: Node, key: String, maximum: Int) -> String {
        guard let text = value.string, !text.allSatisfy(\.isWhitespace) else {
            report("\(key) is empty or not a text", at: value)
            return ""
        }
        if let mark = text.unicodeScalars.first(where: { $0 != "\n" && $0 != "\t" && isUnseenMark($0) }) {
            report(
                "\(key) holds U+\(String(mark.value, radix: 16, uppercase: true)), which is not seen; delete it",
                at: value)
        }
        if text.count > maximum { report("\(key) has \(text.count) characters; at most \(maximum)", at: value) }
        return text
    }

    private static func line(of error: YamlError) -> Int {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: 1
        }
    }

    private static func reason(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
            "this is not YAML: \(problem)"
        case .duplicatedKeysInMapping(let keys, _): "given twice: \(keys.map { "\($0)" }.joined(separator: ", "))"
        default: "this is not YAML"
        }
    }
}
