/// Says why nothing, or nothing more, can be read from a file, a mapping or a request.
public struct IntakeError: Error, Equatable, CustomStringConvertible {
    /// Groups the reasons by what the caller has to mend.
    public enum Code: Sendable, Equatable {
        /// The mapping file is wrong.
        case mapping
        /// The data file as a whole cannot be read: its encoding, its header or its quotes.
        case file
        /// The request's body is not JSON.
        case malformedJSON
        /// The request's body is JSON, but neither an object nor an array of 1 to 1000 of them.
        case wrongShape
    }

    /// One thing that is wrong, with its line (from 1) where there is one.
    public struct Problem: Sendable, Equatable {
        /// The line of the mapping or data file.
        public let line: Int?
        /// A sentence, safe to show.
        public let message: String
    }

    /// Tells what kind of input is at fault.
    public let code: Code
    /// Lists all that is wrong, in the order of the input; never empty.
    public let problems: [Problem]

    init(_ code: Code, _ problems: [Problem]) {
        self.code = code
        self.problems = problems
    }

    init(_ code: Code, line: Int? = nil, _ message: String) {
        self.init(code, [Problem(line: line, message: message)])
    }

    /// Gives one line of text for each problem, safe to show.
    public var description: String {
        problems.map { problem in problem.line.map { "line \($0): \(problem.message)" } ?? problem.message }
            .joined(separator: "\n")
    }
}
