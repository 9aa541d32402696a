import Foundation
import Postgres
import Store

/// The organisation's day, by which terms are counted.
struct FollowUpClock {
    let today: CalendarDay
    let zone: TimeZone

    init(now: Date, zone name: String) {
        zone = TimeZone(identifier: name) ?? .gmt
        today = CalendarDay(now, in: zone)
    }

    /// How long there is until the end of a term, and whether it is short.
    func term(_ name: String, until day: CalendarDay) -> FollowUpCard.Term {
        let days = day.days(since: today)
        let left =
            switch days {
            case ..<(-1): "\(-days) days too late"
            case -1: "one day too late"
            case 0: "today"
            case 1: "tomorrow"
            default: "in \(days) days"
            }
        return .init(name: name, day: "\(day)", left: left, isShort: days <= 1)
    }
}

/// A follow-up as it is read.
struct FollowUpCard {
    let id, reason, opened, answer, customer: String
    let isDistress: Bool
    let subject, complaint, comment: String?
    let terms: [Term]
    let taken: Taken?
    let closing: Closing?

    /// A term of a complaint.
    struct Term {
        let name, day, left: String
        let isShort: Bool
    }

    /// Who looks after it.
    struct Taken {
        let by, at: String
    }

    /// Who closed it and what was done.
    struct Closing {
        let by, at: String
        let note: String?
    }

    init(_ followUp: FollowUp, _ clock: FollowUpClock) {
        id = "\(followUp.id)"
        isDistress = followUp.reason == .distress
        reason = isDistress ? "Words of distress" : "Complaint"
        let opener =
            switch followUp.openedBy {
            case "customer": "by the customer"
            case "words": "by the words in it"
            case let name: "by \(name)"
            }
        opened = "\(zonedMoment(followUp.openedAt, in: clock.zone)), \(opener)"
        answer = "\(followUp.invitation)"
        customer = followUp.isErased ? "erased" : followUp.customer
        subject = followUp.subject
        complaint = followUp.complaint
        comment = followUp.comment
        terms =
            followUp.closedAt != nil
            ? []
            : [("First answer", followUp.firstDueOn), ("Final answer", followUp.finalDueOn)].compactMap { name, day in
                day.map { clock.term(name, until: $0) }
            }
        taken = followUp.takenBy.flatMap { by in
            followUp.takenAt.map { Taken(by: by, at: zonedMoment($0, in: clock.zone)) }
        }
        closing = followUp.closedBy.flatMap { by in
            followUp.closedAt.map {
                Closing(by: by, at: zonedMoment($0, in: clock.zone), note: followUp.closingNote)
            }
        }
    }
}

/// The list of follow-ups.
struct FollowUpsPage {
    let frame: StaffFrame
    let token: String
    let isOpen, isScoped: Bool
    let followUps: [FollowUpCard]
    /// The number that was typed, and why nothing was made of it.
    let answer: String
    let problem: String?
    let more: String?
}

/// One follow-up, with what can be done.
struct FollowUpPage {
    let frame: StaffFrame
    let token: String
    let card: FollowUpCard
    let isOpen, canBeComplaint: Bool
    /// Who looks after it; empty for nobody.
    let holder: String
    let note: String
    /// Why the note was not taken.
    let problem: String?
    let longestNote: Int
}
