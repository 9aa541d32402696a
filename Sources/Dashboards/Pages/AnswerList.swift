import Foundation
import Postgres
import Store

/// One answer in words, as a page lists it.
struct AnswerEntry {
    /// A score and what it is out of.
    struct Score {
        let name: String
        let value: String
    }

    let moment: String
    let scores: [Score]
    let comment: String?
    let isKeptBack: Bool
    let language: String
    let agent: LinkedName?
    /// Team, topic, references and survey version.
    let facts: [String]
    let isSuspect: Bool
    private let answer: GivenAnswer

    init(_ answer: GivenAnswer, in context: PageContext, path: SitePath) {
        self.answer = answer
        moment = asOfText(answer.answeredAt, in: context.zone, withCity: false)
        scores = [
            answer.nps.map { Score(name: "NPS", value: "\($0)\u{A0}of\u{A0}10") },
            answer.csat.map { Score(name: "CSAT", value: "\($0)\u{A0}of\u{A0}5") },
            answer.ces.map { ces in
                Score(
                    name: answer.cesLowerIsBetter == false ? "Ease" : "Effort",
                    value: "\(ces)\u{A0}of\u{A0}\(answer.cesPoints ?? 0)")
            },
            answer.resolved.map { Score(name: "Resolved first time", value: $0 ? "yes" : "no") },
        ].compactMap(\.self)
        comment = answer.comment
        isKeptBack = answer.isKeptBack
        language = answer.language
        agent = answer.agent.map { id in
            LinkedName(
                answer.agentName ?? "not recorded",
                // An agent's own site has no pages about agents.
                address: context.scope.dimension == .agent ? nil : path.link(to: .agent(id)))
        }
        facts = [
            answer.team.map { "team \($0)" }, answer.topic, answer.complaint.map { "complaint \($0)" },
            answer.interaction.map { "interaction \($0)" }, answer.survey,
        ].compactMap(\.self)
        isSuspect = answer.isSuspect
    }

    // MARK: The table of those without a comment

    /// A table of answers.
    static func table(_ entries: [AnswerEntry]) -> FigureTable {
        func text(_ score: Int?) -> FigureTable.Cell { .text(score.map { "\($0)" } ?? "–") }
        return FigureTable(
            label: "Answers without a comment: table", heading: "When",
            columns: ["NPS", "CSAT", "Effort or ease", "Resolved", "Agent", "Team", "Topic", "About", "Survey"],
            rows: entries.map { entry in
                let answer = entry.answer
                let scale = answer.cesPoints.map { " / \($0)" } ?? ""
                return FigureTable.Row(
                    LinkedName(entry.moment), mark: entry.isSuspect ? "suspect" : nil,
                    cells: [
                        text(answer.nps), text(answer.csat), .text(answer.ces.map { "\($0)\(scale)" } ?? "–"),
                        .text(answer.resolved.map { $0 ? "yes" : "no" } ?? "–"),
                        entry.agent.map { .drawing($0) } ?? "–", name(answer.team), name(answer.topic),
                        name(answer.complaint ?? answer.interaction), name(answer.survey),
                    ])
            })
    }

    private static func name(_ text: String?) -> FigureTable.Cell { text.map { .drawing(LinkedName($0)) } ?? "–" }

    // MARK: The file

    /// The same answers as a table for other programs.
    static func file(_ answers: [GivenAnswer], in context: PageContext) -> PageList {
        PageList(
            heading: [
                "answered_at", "nps", "csat", "ces", "ces_points", "ces_lower_is_better", "resolved", "comment",
                "language",
                "complaint", "interaction", "agent", "team", "topic", "survey", "suspect",
            ],
            rows: answers.map { answer in
                [
                    answer.answeredAt.ISO8601Format(), answer.nps.map { "\($0)" }, answer.csat.map { "\($0)" },
                    answer.ces.map { "\($0)" }, answer.ces.flatMap { _ in answer.cesPoints.map { "\($0)" } },
                    answer.ces.flatMap { _ in answer.cesLowerIsBetter.map { "\($0)" } },
                    answer.resolved.map { "\($0)" }, answer.comment, answer.language, answer.complaint,
                    answer.interaction, answer.agentName, answer.team, answer.topic, answer.survey,
                    "\(answer.isSuspect)",
                ]
            })
    }
}

/// Answers with what was written: scores beside the comment, and below it what it belongs to.
struct AnswerList: Drawing {
    let entries: [AnswerEntry]

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<ol class=\"answers\">\n")
        for entry in entries { draw(entry, into: &writer) }
        writer.raw("</ol>\n")
    }

    private func draw(_ entry: AnswerEntry, into writer: inout MarkupWriter) {
        writer.raw("<li><div><p class=\"when\">")
        writer.text(entry.moment)
        if entry.isSuspect { writer.raw(" <small>suspect</small>") }
        writer.raw("</p><ul class=\"scores\">")
        for score in entry.scores {
            writer.raw("<li>")
            writer.text(score.name)
            writer.raw(" <b>")
            writer.text(score.value)
            writer.raw("</b></li>")
        }
        writer.raw("</ul></div><div>")
        if let comment = entry.comment {
            // The language is the page's; the direction is that of what was written.
            writer.raw("<blockquote dir=\"auto\"><bdi lang=\"")
            writer.text(entry.language)
            writer.raw("\">")
            writer.text(comment)
            writer.raw("</bdi></blockquote>")
        }
        if entry.isKeptBack { writer.raw("<p class=\"kept\">Comment kept for the person who looks after it.</p>") }
        writer.raw("<p class=\"facts\">")
        if let agent = entry.agent { agent.draw(into: &writer) }
        for (index, fact) in entry.facts.enumerated() {
            if index > 0 || entry.agent != nil { writer.raw(" · ") }
            LinkedName(fact).draw(into: &writer)
        }
        writer.raw("</p></div></li>\n")
    }
}
