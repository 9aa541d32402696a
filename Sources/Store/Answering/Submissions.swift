import Feedback
import Foundation
import Postgres

/// Answers sent through a link.
public struct Submission: Sendable {
    /// The invitation that the link's token proved.
    public let invitation: Int64
    /// The survey version that the answers were read by.
    public let surveyVersion: Int32
    /// The language the page was shown in.
    public let language: String
    /// What was said.
    public let answers: Answers

    /// Creates a submission.
    public init(invitation: Int64, surveyVersion: Int32, language: String, answers: Answers) {
        self.invitation = invitation
        self.surveyVersion = surveyVersion
        self.language = language
        self.answers = answers
    }
}

/// What became of a submission.
public enum SubmissionOutcome: String, Sendable, CaseIterable {
    /// It is stored, durably.
    case stored
    /// The same answers were stored before: a retry.
    case repeated
    /// Other answers were stored before; they stay.
    case answered
    /// The time to answer is over.
    case expired
    /// There is no such invitation.
    case unknown
    /// The invitation asks by another survey version than the answers were read by.
    case mismatched
    /// Somebody else is storing answers for the same invitation: look again.
    case contended
}

extension Store {
    /// Stores answers that arrived together, in one statement and so in one commit.
    ///
    /// At most one response per invitation is stored, whatever arrives at once in however many processes. When this
    /// returns, what is `stored` or `repeated` is durable.
    ///
    /// - Returns: What became of each submission, in order; never `contended`.
    public func submitAnswers(_ submissions: [Submission], now: Date) async throws -> [SubmissionOutcome] {
        var outcomes = [SubmissionOutcome](repeating: .contended, count: submissions.count)
        var open = Array(submissions.indices)
        while !open.isEmpty {
            var seen: Set<Int64> = []
            let firsts = open.filter { seen.insert(submissions[$0].invitation).inserted }
            for (index, outcome) in zip(firsts, try await submitOnce(firsts.map { submissions[$0] }, now: now)) {
                outcomes[index] = outcome
            }
            // Those who met another submission for their invitation find it committed the next time.
            open = open.filter { outcomes[$0] == .contended }
        }
        return outcomes
    }

    /// Stores answers as ``submitAnswers(_:now:)`` does; if the database refuses the group, each is tried by itself, so that one
    /// bad submission cannot fail its neighbours.
    public func submitAnswersApart(_ submissions: [Submission], now: Date) async throws -> [SubmissionOutcome] {
        do {
            return try await submitAnswers(submissions, now: now)
        } catch let error as PostgresError where error.code == .server && !error.isRetryable {
            var outcomes: [SubmissionOutcome] = []
            for submission in submissions {
                do {
                    outcomes += try await submitAnswers([submission], now: now)
                } catch let error as PostgresError where error.constraint != nil {
                    outcomes.append(.mismatched)
                }
            }
            return outcomes
        }
    }

    private func submitOnce(_ submissions: [Submission], now: Date) async throws -> [SubmissionOutcome] {
        let choices = try submissions.map { submission in
            submission.answers.choices.isEmpty ? nil : try JSONB(encoding: submission.answers.choices)
        }
        return try await pool.query(
            storeSubmissions,
            submissions.map(\.invitation), submissions.map(\.language), submissions.map(\.answers.nps),
            submissions.map(\.answers.csat), submissions.map(\.answers.ces), submissions.map(\.answers.resolved),
            choices, submissions.map(\.answers.comment), now, submissions.map(\.surveyVersion),
            submissions.map { $0.answers.comment.map(tellsOfDistress) ?? false }
        ).decode(String.self).map { SubmissionOutcome(rawValue: $0) ?? .contended }
    }
}

/// Takes at most one submission of each invitation.
///
/// The look at the response that is there already is lateral, and made only for what was not stored: joined plainly, a plan that
/// is made while the table is small would read all of it for every group until the next "analyze".
let storeSubmissions: StaticString = """
    with submitted as materialized (
        select s.*, i.issued_at, i.expires_at, i.survey_version_id = s.asked_version as is_asked, v.ces_points
        from unnest($1::bigint[], $2::text[], $3::smallint[], $4::smallint[], $5::smallint[], $6::boolean[], $7::jsonb[],
                $8::text[], $10::int[], $11::boolean[])
            with ordinality s (
                invitation_id, language, nps, csat, ces, resolved, choices, comment, asked_version, is_distressed, place)
        left join invitation i on i.invitation_id = s.invitation_id
        left join survey_version v on v.survey_version_id = i.survey_version_id
    ), stored as (
        insert into response
            (invitation_id, answered_at, language, nps, csat, ces, ces_points, resolved, choices, comment)
        select invitation_id, $9, language, nps, csat, ces, case when ces is not null then ces_points end, resolved,
            choices, comment
        from submitted
        where is_asked and expires_at > $9
        -- In one order everywhere, so that two processes never wait for each other crosswise.
        order by invitation_id
        on conflict (invitation_id) do nothing
        returning invitation_id
    ), followed as (
        insert into follow_up (invitation_id, reason, opened_at, opened_by)
        select invitation_id, 'distress', $9, 'words'
        from stored join submitted using (invitation_id)
        where is_distressed
    ), marked as (
        -- A further answer within the next minute is suspect, also after midnight.
        insert into stale_day (fact, day)
        select distinct unnest(array['totals', 'answers']::fact[]), (at at time zone time_zone)::date
        from organisation, (values ($9::timestamptz), ($9::timestamptz + interval '60 seconds')) moments (at)
        where exists (select from stored)
    )
    select case
        when stored.invitation_id is not null then 'stored'
        when r.is_same then 'repeated'
        when not r.is_same then 'answered'
        when issued_at is null then 'unknown'
        when not is_asked then 'mismatched'
        when expires_at <= $9 then 'expired'
        else 'contended'
    end
    from submitted s
    left join stored using (invitation_id)
    left join lateral (
        select (r.nps, r.csat, r.ces, r.resolved, r.choices, r.comment)
            is not distinct from (s.nps, s.csat, s.ces, s.resolved, s.choices, s.comment) as is_same
        from response r
        where r.invitation_id = s.invitation_id and stored.invitation_id is null
        offset 0
    ) r on true
    order by place
    """
