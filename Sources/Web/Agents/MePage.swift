import Dashboards
import Feedback
import Foundation
import Postgres
import Store

/// An agent's own page.
struct MePage {
    let frame: StaffFrame
    let name: String
    let team: String?
    let period: String
    let periodID: String
    let asOf: String
    /// The last days, and the months and quarters behind a summary.
    let lastDays: [PeriodLink], further: [PeriodLink]
    let hasFurther: Bool
    let summary: [String]
    /// Drawn markup.
    let tiles: String, figures: String
    let notes: [NoteRow]
    let hasNotes: Bool
    let followUps: String
    /// What is missing before answers are listed; nil once there are enough.
    let missing: String?
    /// Answers in groups, what went well first.
    let groups: [Group]
    /// Which comments are shown.
    let showing: String
    let objections: [ObjectionRow]
    let hasObjections: Bool
    let token: String

    /// A period to choose.
    struct PeriodLink {
        let id: String
        let name: String
        let isCurrent: Bool
    }

    /// Answers under a heading.
    struct Group {
        let id: String
        let heading: String
        /// Those with something to read.
        let answers: [AnswerRow]
        /// The others, folded away.
        let silent: Silent?
    }

    /// Answers without a comment that is shown.
    struct Silent {
        let summary: String
        let answers: [AnswerRow]
        let isOpen: Bool
    }

    init(frame: StaffFrame, own: OwnFigures, feedback: OwnFeedback, typed: MeRoutes.Typed?) {
        self.frame = frame
        name = own.name
        team = own.team
        period = own.period
        let links = own.periods.map { PeriodLink(id: $0.id, name: $0.name, isCurrent: $0.isCurrent) }
        periodID = links.first(where: \.isCurrent)?.id ?? ""
        asOf = own.asOf
        lastDays = Array(links.prefix(4))
        further = Array(links.dropFirst(4))
        hasFurther = !further.isEmpty
        summary = own.summary
        tiles = own.tiles
        figures = own.sections
        let token = frame.signedIn?.token ?? ""
        let chosen = periodID
        self.token = token
        notes = feedback.notes.map { note in
            NoteRow(note, typed: typed?.field == .reply(note.id) ? typed?.words : nil, token: token, period: chosen)
        }
        hasNotes = !notes.isEmpty
        followUps = Self.words(feedback.openFollowUps)
        let enough = feedback.answers.count >= own.shownFrom
        let left = own.shownFrom - feedback.answers.count
        missing =
            enough
            ? nil
            : "Answers are listed from \(own.shownFrom), so that nobody is known by theirs: "
                + "\(left) more \(left == 1 ? "is" : "are") missing."
        let listed = enough ? feedback.answers : []
        func group(_ id: String, _ heading: String, _ answers: [OwnAnswer]) -> Group? {
            guard !answers.isEmpty else { return nil }
            func rows(_ answers: [OwnAnswer]) -> [AnswerRow] {
                answers.map { answer in
                    AnswerRow(
                        answer, zone: own.zone, typed: typed?.field == .objection(answer.id) ? typed?.words : nil,
                        token: token, period: chosen)
                }
            }
            let silent = rows(answers.filter { $0.comment == nil })
            let count = silent.count == 1 ? "1 answer" : "\(silent.count) answers"
            return Group(
                id: id, heading: heading, answers: rows(answers.filter { $0.comment != nil }),
                silent: silent.isEmpty
                    ? nil
                    : Silent(
                        summary: "\(count) without a comment to read", answers: silent,
                        isOpen: silent.contains { $0.form?.isOpen == true }))
        }
        groups = [
            group("well", "What went well", listed.filter(\.wentWell)),
            group("other", "What did not go so well", listed.filter { !$0.wentWell }),
        ].compactMap(\.self)
        showing =
            switch feedback.comments {
            case .all: "You see every comment but those that are kept for whoever looks after the customer."
            case .delayed(let days): "You see comments \(days) \(days == 1 ? "day" : "days") after they were written."
            case .released: "You see the comments that a manager has released for you."
            }
        objections = feedback.objections.map { ObjectionRow($0, zone: own.zone, reader: "you") }
        hasObjections = !objections.isEmpty
    }

    private static func words(_ counts: [(reason: FollowUp.Reason, count: Int)]) -> String {
        let parts = counts.filter { $0.count > 0 }.map { reason, count in
            switch reason {
            case .complaint: count == 1 ? "1 complaint made in an answer" : "\(count) complaints made in answers"
            case .distress:
                count == 1 ? "1 customer who may need help" : "\(count) customers who may need help"
            }
        }
        return parts.isEmpty
            ? "None of your customers’ answers waits for somebody." : parts.joined(separator: ", ") + "."
    }
}

/// An answer in a list; nothing of it leads to the customer, and its time is a week.
struct AnswerRow {
    let id: String
    let week: String
    let scores: [String]
    let comment: String?
    let language: String
    /// The reference of what was asked about, for managers.
    let about: String?
    /// Whether the agent objected already.
    let isObjected: Bool
    let form: WordsForm?

    init(_ answer: OwnAnswer, zone: TimeZone, typed: TypedWords?, token: String, period: String) {
        self.init(
            answer, zone: zone, about: nil,
            form: answer.objection == nil
                ? WordsForm(id: "\(answer.id)", typed: typed, token: token, period: period) : nil)
    }

    init(_ answer: OwnAnswer, zone: TimeZone, about: String?, form: WordsForm? = nil) {
        id = "\(answer.id)"
        week = weekText(of: answer.answeredAt, in: zone)
        scores = answer.scoreTexts
        comment = answer.comment
        language = answer.language
        self.about = about
        isObjected = answer.objection != nil
        self.form = form
    }
}

/// A form with one field of text.
struct WordsForm {
    let id: String
    let text: String
    let problem: String?
    let isOpen: Bool
    let token: String
    let period: String

    init(id: String, typed: TypedWords?, token: String, period: String = "") {
        self.id = id
        text = typed?.text ?? ""
        problem = typed?.problem
        isOpen = typed != nil
        self.token = token
        self.period = period
    }
}

/// A month's note with its replies.
struct NoteRow {
    let id: String
    let month: String
    let words: String
    let written: String
    /// Said where it is not the first version.
    let version: String?
    let replies: [Reply]
    let form: WordsForm

    /// A reply.
    struct Reply {
        let words: String
        let written: String
    }

    init(_ note: AgentNote, typed: TypedWords?, token: String, period: String) {
        id = "\(note.id)"
        month = monthText(note.month)
        words = note.words
        written = "\(note.writtenBy), \(staffMoment(note.writtenAt))"
        version = note.version > 1 ? "version \(note.version)" : nil
        replies = note.replies.map { Reply(words: $0.words, written: staffMoment($0.writtenAt)) }
        form = WordsForm(id: "\(note.id)", typed: typed, token: token, period: period)
    }
}

/// An objection and what became of it.
struct ObjectionRow {
    let week: String
    let scores: [String]
    let words: String
    let raised: String
    let state: String
    let reason: String?
    let decided: String?

    /// - Parameter reader: Whom the answer does not count for, as the page calls them.
    init(_ answer: OwnAnswer, zone: TimeZone, reader: String) {
        week = weekText(of: answer.answeredAt, in: zone)
        scores = answer.scoreTexts
        words = answer.objection?.words ?? "The words are not kept any longer."
        raised = answer.objection.map { staffMoment($0.raisedAt) } ?? ""
        let decision = answer.objection?.decision
        state =
            switch decision?.isAccepted {
            case nil:
                answer.objection?.words == nil
                    ? "not decided, since the customer’s data were removed: this answer counts" : "waits for a manager"
            case true?: "accepted: this answer does not count for \(reader)"
            case false?: "declined: this answer counts"
            }
        reason = decision.map { $0.reason ?? "The reason is not kept any longer." }
        decided = decision.map { "\($0.by), \(staffMoment($0.at))" }
    }
}

extension OwnAnswer {
    /// Whether the customer was content: satisfied, or else would recommend, or else helped at once.
    var wentWell: Bool {
        if let csat { return csat >= 4 }
        if let nps { return nps >= 9 }
        if let resolved { return resolved }
        return false
    }

    /// The scores in words.
    var scoreTexts: [String] {
        [
            nps.map { "would recommend: \($0) of 10" }, csat.map { "satisfied: \($0) of 5" },
            ces.map { score in
                "\(cesLowerIsBetter == false ? "ease" : "effort"): \(score) of \(cesPoints ?? 5)"
            },
            resolved.map { "resolved the first time: \($0 ? "yes" : "no")" },
        ].compactMap(\.self)
    }
}

/// Names a week, since a day would tell whose answer it was.
func weekText(of moment: Date, in zone: TimeZone) -> String {
    let start = PeriodCut.week.start(of: CalendarDay(moment, in: zone))
    return "week of " + start.midnight.formatted(staffDays.day().month(.abbreviated).year())
}

/// Names a month.
func monthText(_ month: CalendarDay) -> String { month.midnight.formatted(staffDays.month(.wide).year()) }

private let staffDays = Date.FormatStyle(locale: Locale(identifier: "en_GB"), timeZone: .gmt)

extension CalendarDay {
    /// The day's beginning in Greenwich; 1 January 2000 is 946,684,800 seconds after 1970.
    fileprivate var midnight: Date { Date(timeIntervalSince1970: 946_684_800 + Double(dayNumber) * 86_400) }
}
