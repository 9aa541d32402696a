/// Everything that is wrong with a message template, each with its line.
public struct TemplateProblems: Error, Equatable, CustomStringConvertible {
    /// One problem.
    public struct Problem: Sendable, Equatable, Hashable {
        /// The line, from 1.
        public let line: Int
        /// What is wrong and what would be right.
        public let reason: String
    }

    /// The problems in line order, each once.
    public private(set) var problems: [Problem] = []

    /// One line a problem.
    public var description: String {
        problems.map { "line \($0.line): \($0.reason)" }.joined(separator: "\n")
    }

    mutating func report(_ reason: String, line: Int) {
        let problem = Problem(line: line, reason: reason)
        if problems.contains(problem) { return }
        problems.insert(problem, at: problems.firstIndex { $0.line > line } ?? problems.endIndex)
    }

    /// Throws itself if anything was reported.
    func finish() throws {
        if !problems.isEmpty { throw self }
    }
}
