import Feedback
import Store

/// A text of many lines to edit, with what is wrong in it beside it.
struct TextEditor {
    let label: String
    let help: String
    let source: String
    let rows: Int
    /// The language that it is written in, where it is one that customers read.
    let language: String
    let direction: String
    let mistakes: [Mistake]
    let hasMistakes: Bool

    /// A line that cannot stay as it is.
    struct Mistake {
        let line: Int
        let reason: String
        /// The line as it was typed, if there is anything on it.
        let text: String?

        /// Those of a text, with its lines.
        static func list(_ problems: [(line: Int, reason: String)], in source: String) -> [Mistake] {
            let lines = source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            return problems.prefix(100).map { line, reason in
                let text = (lines.indices.contains(line - 1) ? lines[line - 1] : "").drop(while: \.isWhitespace)
                return Mistake(
                    line: line, reason: sentence(reason), text: text.isEmpty ? nil : String(text.prefix(120)))
            }
        }
    }

    init(
        label: String, help: String, source: String, language: Language? = nil, mistakes: [Mistake] = []
    ) {
        self.label = label
        self.help = help
        self.source = source
        rows = min(max(source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count + 2, 12), 32)
        self.language = language?.code ?? "en"
        direction = language?.isRightToLeft == true ? "rtl" : "ltr"
        self.mistakes = mistakes
        hasMistakes = !mistakes.isEmpty
    }
}

/// A text as a form sends it, with the line ends that files have.
func withPlainLineEnds(_ text: String) -> String {
    text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
}

/// A reason as a sentence of its own.
func sentence(_ reason: String) -> String {
    let reason = reason.prefix(400)
    return reason.prefix(1).uppercased() + reason.dropFirst() + (reason.hasSuffix(".") ? "" : ".")
}

/// "26 Nov 2026, 21:04 UTC by Ada"; whoever published before that was kept is left out.
func written(_ publication: Publication) -> String {
    staffMoment(publication.at) + (publication.by.map { " by " + actorWords($0) } ?? "")
}

/// An actor's name as pages show it.
func actorWords(_ name: String) -> String {
    if name == Actor.program.name { return "Hearback itself" }
    return name.hasPrefix("command ") ? "\(name.dropFirst(8)), by command" : name
}

extension NewerVersion {
    /// What happened, and what to do.
    var words: String {
        "Version \(number) was published on \(written(publication)) while this was being written, so nothing was published. "
            + "What you typed is kept. Look at that version first; publishing again puts yours in its place."
    }
}
