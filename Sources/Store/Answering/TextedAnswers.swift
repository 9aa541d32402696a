import Feedback
import Foundation
import Postgres

/// An invitation that was texted to somebody and can still be answered.
public struct TextedInvitation: Sendable {
    /// The invitation.
    public let id: Int64
    /// What it asks.
    public let surveyVersion: Int32
    /// In which language.
    public let language: String
}

extension Store {
    /// Notes that whoever has a number sent a text: they may be texted for a while.
    public func noteText(from phone: String, now: Date) async throws {
        try await pool.query(
            "update customer set last_text_at = $1 where customer_id = any ($2::bigint[])", now,
            try await pool.query(customersOfPhone, phone).decode(Int64.self))
    }

    /// The newest open invitation that was texted to a number.
    public func textedInvitation(to phone: String, now: Date) async throws -> TextedInvitation? {
        try await pool.query(
            """
            select i.invitation_id, i.survey_version_id, i.language
            from delivery d join message m using (message_id) join invitation i using (invitation_id)
            where d.address = $1 and d.channel = 'sms' and i.expires_at > $2
                and not exists (select from response where response.invitation_id = i.invitation_id)
            order by d.delivery_id desc
            limit 1
            """, phone, now
        ).decodeFirst(Int64.self, Int32.self, String.self).map {
            TextedInvitation(id: $0, surveyVersion: $1, language: $2)
        }
    }

    /// Keeps a score that was sent back as a text; a later one takes its place.
    public func keepTextedScore(_ score: Int, invitation: Int64, now: Date) async throws {
        try await pool.query(
            """
            insert into texted_answer (invitation_id, score, texted_at) values ($1, $2, $3)
            on conflict (invitation_id) do update set score = excluded.score, texted_at = excluded.texted_at
            """, invitation, Int16(clamping: score), now)
    }

    /// Turns scores that were texted before some time into responses, where nobody went on to answer by the link.
    ///
    /// - Returns: How many became responses.
    public func settleTextedAnswers(before limit: Date, now: Date) async throws -> Int {
        let waiting = try await pool.query(
            """
            select t.invitation_id, t.score, t.texted_at, i.survey_version_id, i.language
            from texted_answer t join invitation i using (invitation_id)
            where t.texted_at <= $1 or i.expires_at <= $2::timestamptz + interval '1 hour'
            order by t.invitation_id limit 1000
            """, limit, now
        ).decode(Int64.self, Int16.self, Date.self, Int32.self, String.self)
        var settled = 0
        for (invitation, score, textedAt, version, language) in waiting {
            let survey = try await surveyVersions(after: version - 1).first { $0.id == version }?.survey
            if let answers = survey?.questions.first.flatMap({ Answers(score: score, of: $0) }) {
                let submission = Submission(
                    invitation: invitation, surveyVersion: version, language: language, answers: answers)
                // At the time of the text: it was in time then.
                let outcome = try await submitAnswers([submission], now: textedAt)
                if outcome.first == .stored { settled += 1 }
            }
            try await pool.query("delete from texted_answer where invitation_id = $1", invitation)
        }
        return settled
    }
}

extension Answers {
    /// One score as the answer to one question; nil for a question without a scale, or a score outside of it.
    fileprivate init?(score: Int16, of question: Question) {
        guard question.scores?.contains(Int(score)) == true else { return nil }
        self.init()
        switch question.kind {
        case .nps: nps = score
        case .csat: csat = score
        case .ces: ces = score
        case .resolved, .choice, .comment: return nil
        }
    }
}
