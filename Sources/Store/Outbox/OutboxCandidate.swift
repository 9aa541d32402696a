import Feedback
import Foundation
import Postgres

/// A message that is due, and what is known of it and of its customer now.
struct OutboxCandidate: Sendable {
    let message: Int64
    let invitation: Int64
    let reason: ClaimedMessage.Reason
    let channel: SurveyChannel
    let fallbacks: [SurveyChannel]
    let attempts: Int
    let policyVersion: Int32
    let policy: String
    let customer: Int64
    let isAnswered: Bool
    let subject: AskingSubject
    private let customerRef: String
    private let postalAddress: [String]
    private let subjectRef: String?
    private let language: String
    private let surveyVersion: Int32
    private let expiresAt: Date

    init(_ row: PostgresRow) throws {
        message = try row.decode("message_id")
        invitation = try row.decode("invitation_id")
        reason = ClaimedMessage.Reason(rawValue: try row.decode("reason")) ?? .invitation
        channel = SurveyChannel(rawValue: try row.decode("channel")) ?? .link
        fallbacks = try row.decode("fallbacks", as: [String].self).compactMap(SurveyChannel.init)
        attempts = try row.decode("attempts")
        policyVersion = try row.decode("policy_version_id")
        policy = try row.decode("policy")
        customer = try row.decode("customer_id")
        isAnswered = try row.decode("answered")
        customerRef = try row.decode("customer")
        subjectRef = try row.decode("subject")
        language = try row.decode("asked_language")
        surveyVersion = try row.decode("survey_version_id")
        expiresAt = try row.decode("expires_at")
        var subject = AskingSubject(
            resolution: try row.decode("resolution_id"), resolvedAt: try row.decode("resolved_at"))
        subject.isComplaint = try row.decode("is_complaint")
        subject.customer = customer
        subject.obstacle = try row.decode("obstacle", as: String?.self).flatMap(AskingRule.init)
        try subject.readStanding(row)
        self.subject = subject
        let town = [try row.decode("postcode", as: String?.self), try row.decode("city", as: String?.self)]
        postalAddress = [
            try row.decode("name", as: String?.self), try row.decode("street", as: String?.self),
            town.compactMap { $0 }.joined(separator: " "), subject.region, subject.country,
        ].compactMap { $0 }.filter { !$0.isEmpty }
    }

    /// Where the message goes by its channel.
    var address: String? {
        switch channel {
        case .email: subject.email
        case .sms: subject.textNumber
        case .letter, .link, .webhook: nil
        }
    }

    func claimed(as delivery: Int64, reminderAt: Date?) -> ClaimedMessage {
        ClaimedMessage(
            id: message, delivery: delivery, invitation: invitation, reason: reason, channel: channel,
            attempts: attempts,
            address: address, postalAddress: postalAddress, customer: customerRef, subject: subjectRef,
            language: language,
            surveyVersion: surveyVersion, expiresAt: expiresAt, reminderAt: reminderAt)
    }
}

/// What is to be done about a message that is due.
enum OutboxFate: Equatable {
    case send(reminderAt: Date?)
    case wait(until: Date)
    case cancel(AskingRule)
    /// To other channels, of which the first is tried next.
    case move([SurveyChannel])
}

extension OutboxCandidate {
    /// Judges the message by its policy as it was decided by, and the customer as things stand now.
    func fate(by policy: Policy, round: DecidingRound, now: Date) -> OutboxFate {
        if isAnswered { return .cancel(.answered) }
        var own = policy
        own.channels = [channel] + fallbacks
        // The order was settled when the customer was invited, and by what failed since.
        var subject = subject
        subject.preferredChannel = channel
        let verdict = Judgement(
            of: subject, by: own, step: .sending(expiresAt: expiresAt), at: now, organisationZone: round.zone
        ).verdict
        switch verdict {
        case .skip(let objection): return .cancel(objection.rule)
        case .hold(let until, _): return .wait(until: until)
        case .invite(let usable):
            guard usable.contains(channel) else { return .move(own.channels.filter(usable.contains)) }
            let reminderAt =
                reason == .invitation ? policy.reminderAfter.map { now.addingTimeInterval(Double($0)) } : nil
            // A reminder of a link that is closed by then is none.
            return .send(reminderAt: reminderAt.flatMap { $0 < expiresAt ? $0 : nil })
        }
    }
}
