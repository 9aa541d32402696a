import Foundation
import Postgres
import Store

/// Lets the demo's manager and agent have talked already, so that the agent's own page is worth looking at; once.
func fillDemoReviews(_ store: Store, agent ref: String, person agent: Int32, manager: Int32, now: Date) async throws {
    guard let id = try await store.scope(team: nil, portfolio: nil, agent: ref).values.first else { return }
    guard let review = try await store.review(ofAgent: id, seeing: nil, now: now), review.notes.isEmpty else { return }
    for comment in review.comments.dropFirst(2) {
        _ = try await store.releaseComment(
            of: comment.answer.id, toAgent: id, by: manager, seeing: nil, network: nil, now: now)
    }
    let own = try await store.readingFigures { try await $0.ownFeedback(ofAgent: id, now: now) }
    let unhappy = own.answers.filter { ($0.csat ?? 5) <= 3 }.prefix(2)
    let words = [
        "The customer was angry about the fee itself. I may not waive it; this was about policy, not about me.",
        "I only took the transfer at the end. The long wait was before my part of the call.",
    ]
    for (answer, words) in zip(unhappy, words) {
        _ = try await store.raiseObjection(to: answer.id, words: words, by: agent, network: nil, now: now)
    }
    if let waiting = try await store.review(ofAgent: id, seeing: nil, now: now)?.objections.first?.answer.objection {
        _ = try await store.decideObjection(
            waiting.id, ofAgent: id, accepting: true,
            reason: "I listened to the call: you explained the rule well and were kind. The rule is ours to change.",
            by: manager, seeing: nil, network: nil, now: now)
    }
    let month = CalendarDay(now, in: .gmt).firstOfMonth(after: -1)
    _ = try await store.writeAgentNote(
        to: id, about: month,
        words: "Thank you for taking over the hardship calls. Customers say that you explain things and stay calm.\n"
            + "Next month, let us look at call-backs together: three people had to ring a second time.",
        by: manager, seeing: nil, network: nil, now: now)
    guard let note = try await store.review(ofAgent: id, seeing: nil, now: now)?.notes.first else { return }
    _ = try await store.replyToAgentNote(
        note.id, words: "Gladly. Two of the three waited for a letter, which I cannot see in the system.", by: agent,
        network: nil, now: now)
}
