import Foundation
import Postgres
import Store

/// The agents whom a manager sees.
struct ReviewedAgentsPage {
    let frame: StaffFrame
    /// The part of a name that was looked for.
    let name: String
    let isFiltered: Bool
    let agents: [Row]
    let isEmpty: Bool
    /// Said when there are more.
    let more: String?

    /// An agent.
    struct Row {
        let id: Int
        let name: String
        let team: String
        let objections: String
        let comments: String
        let replies: String
    }

    init(frame: StaffFrame, name: String, agents: [ReviewedAgent], most: Int) {
        self.frame = frame
        self.name = name
        isFiltered = !name.isEmpty
        func text(_ count: Int) -> String { count == 0 ? "–" : "\(count)" }
        self.agents = agents.map {
            Row(
                id: Int($0.id), name: $0.name, team: $0.team ?? "–", objections: text($0.objections),
                comments: text($0.comments), replies: text($0.replies))
        }
        isEmpty = agents.isEmpty
        more = agents.count == most ? "These are the first \(most); look for others by name." : nil
    }
}

/// What there is to review of an agent.
struct ReviewedAgentPage {
    let frame: StaffFrame
    let introduction: String
    /// The address of the agent's dashboard; nil for whoever has none.
    let dashboard: String?
    let objections: [Waiting]
    let hasObjections: Bool
    let decided: [ObjectionRow]
    let hasDecided: Bool
    let comments: [AnswerRow]
    let hasComments: Bool
    let showing: String
    let notes: [NoteRow]
    let note: WordsForm
    let months: [Month]
    let token: String

    /// An objection to decide, with the answer.
    struct Waiting {
        let id: String
        let answer: AnswerRow
        let words: String
        let raised: String
        let form: WordsForm
    }

    /// A month to write about.
    struct Month {
        let value: String
        let name: String
        let isChosen: Bool
    }

    init(
        frame: StaffFrame, review: AgentReview, months: [CalendarDay], zone: TimeZone, typed: ReviewRoutes.Typed?,
        dashboards: String?
    ) {
        self.frame = frame
        let token = frame.signedIn?.token ?? ""
        self.token = token
        let agent = review.agent
        introduction =
            "\(agent.ref), " + (agent.teamName.map { "team \($0)" } ?? "no team recorded")
            + (agent.isActive ? "" : ", no longer active")
        dashboard = dashboards.map { "\($0)agents/\(agent.id).html" }
        objections = review.objections.compactMap { row in
            guard let objection = row.answer.objection, objection.decision == nil else { return nil }
            return Waiting(
                id: "\(objection.id)", answer: AnswerRow(row.answer, zone: zone, about: row.about),
                words: objection.words ?? "The words are not kept any longer.",
                raised: staffMoment(objection.raisedAt),
                form: WordsForm(
                    id: "\(objection.id)", typed: typed?.field == .decision(objection.id) ? typed?.words : nil,
                    token: token))
        }
        hasObjections = !objections.isEmpty
        decided = review.objections.filter { $0.answer.objection?.decision != nil }.map {
            ObjectionRow($0.answer, zone: zone, reader: "the agent")
        }
        hasDecided = !decided.isEmpty
        comments = review.comments.map { AnswerRow($0.answer, zone: zone, about: $0.about) }
        hasComments = !comments.isEmpty
        showing =
            switch review.showing {
            case .all: "Agents see every comment at once, but those that are kept back; there is nothing to release."
            case .delayed(let days):
                "Agents see comments \(days) \(days == 1 ? "day" : "days") after they were written; there is nothing to release."
            case .released:
                "The agent reads a comment once you release it, and never who wrote it. Release none that says who the customer is. "
                    + "A release cannot be taken back."
            }
        notes = review.notes.map { NoteRow($0, typed: nil, token: token, period: "") }
        note = WordsForm(id: "note", typed: typed?.field == .note ? typed?.words : nil, token: token)
        let chosen = typed?.month ?? months.first.map { "\($0)" }
        self.months = months.map { Month(value: "\($0)", name: monthText($0), isChosen: "\($0)" == chosen) }
    }
}
