import Feedback
import Foundation
import Postgres

/// The verdicts of a batch, column by column, as they are written.
struct DecisionRecord {
    private var resolutions: [Int64] = []
    private var outcomes: [String] = []
    private var rules: [String] = []
    private var inputs: [String] = []
    private var policies: [String] = []
    private var heldUntil: [Date?] = []
    private var surveyVersions: [Int32] = []
    private var languages: [String] = []
    private var expiries: [Date] = []
    /// The first channel, and the others as the text of an array.
    private var channels: [String?] = []
    private var fallbacks: [String] = []
    private var dueTimes: [Date] = []

    var isEmpty: Bool { resolutions.isEmpty }

    mutating func add(
        _ verdict: Verdict, of staged: StagedSubject, by policy: Policy, asking: AskedSurvey, now: Date
    ) {
        resolutions.append(staged.subject.resolution)
        policies.append(policy.name)
        surveyVersions.append(asking.version)
        languages.append(asking.survey.language(for: staged.language))
        expiries.append(now.addingTimeInterval(Double(policy.expiry)))
        dueTimes.append(now.addingTimeInterval(Double(policy.spread) * staged.subject.place))
        var until: Date?
        var ways: [SurveyChannel] = []
        switch verdict {
        case .invite(let usable):
            ways = usable
            append("invite", .invite, #"{"channels":"\#(usable.map(\.rawValue).joined(separator: " "))"}"#)
        case .hold(let moment, let objection):
            until = moment
            append("hold", objection.rule, objection.inputsAsJSON)
        case .skip(let objection):
            append("skip", objection.rule, objection.inputsAsJSON)
        }
        heldUntil.append(until)
        channels.append(ways.first?.rawValue)
        // A link is handed over, never sent.
        let others = ways.dropFirst().filter { $0 != .link }
        fallbacks.append("{\(others.map(\.rawValue).joined(separator: ","))}")
    }

    private mutating func append(_ outcome: String, _ rule: AskingRule, _ inputs: String) {
        outcomes.append(outcome)
        rules.append(rule.rawValue)
        self.inputs.append(inputs)
    }

    /// Writes everything in one statement.
    func write(version: Int32, now: Date, on connection: isolated PostgresConnection) async throws -> DecisionCounts {
        let (invited, held, skipped, queued) = try await connection.query(
            PostgresStatement(
                writeVerdicts,
                parameters: [
                    now, version, resolutions, outcomes, rules, inputs, policies, heldUntil, surveyVersions, languages,
                    expiries, channels, fallbacks, dueTimes,
                ])
        ).decodeOnly(Int.self, Int.self, Int.self, Int.self)
        if queued > 0 { try await connection.query("select pg_notify('messages', '')") }
        var counts = DecisionCounts()
        (counts.invited, counts.held, counts.skipped) = (invited, held, skipped)
        return counts
    }
}

let writeVerdicts: StaticString = """
    with verdict as materialized (
        select * from unnest(
            $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::int[], $10::text[],
            $11::timestamptz[], $12::text[], $13::text[], $14::timestamptz[])
        as v (resolution_id, outcome, rule, inputs, policy, held_until, survey_version_id, language, expires_at, channel,
            fallbacks, due_at)
    ), held as (
        insert into hold (resolution_id, held_at, until, rule, inputs, policy, policy_version_id)
        select resolution_id, $1, held_until, rule, inputs::jsonb, policy, $2 from verdict where outcome = 'hold'
        returning resolution_id
    ), decided as (
        insert into decision (resolution_id, outcome, rule, inputs, policy, policy_version_id, decided_at)
        select resolution_id, outcome::decision_outcome, rule, inputs::jsonb, policy, $2, $1
        from verdict where outcome <> 'hold'
        returning resolution_id
    ), invited as (
        insert into invitation
            (resolution_id, survey_version_id, language, customer_id, account_id, complaint_id, interaction_id, agent_id, team_id,
             portfolio_id, topic_id, channel, outcome, handle_seconds, segment_id, survey_channel, issued_at, expires_at)
        select resolution_id, v.survey_version_id, v.language, d.customer_id, d.account_id, d.complaint_id, d.interaction_id,
            d.agent_id, d.team_id, d.portfolio_id, d.topic_id, d.channel, d.outcome, d.handle_seconds, label.label_id,
            v.channel::survey_channel, $1, v.expires_at
        from verdict v join deciding d using (resolution_id) join customer using (customer_id)
        left join label on label.name = customer.segment
        where v.outcome = 'invite'
        order by resolution_id
        returning invitation_id, resolution_id, customer_id
    ), queued as (
        insert into message (invitation_id, reason, customer_id, channel, fallbacks, due_at)
        select i.invitation_id, 'invitation', i.customer_id, v.channel::survey_channel, v.fallbacks::survey_channel[], v.due_at
        from invited i join verdict v using (resolution_id)
        where v.channel <> 'link'
        order by i.invitation_id
        returning message_id
    ), settled as (
        update resolution r set decided = v.outcome <> 'hold', held_until = v.held_until
        from verdict v where r.resolution_id = v.resolution_id
    ), marked as (
        insert into stale_day (fact, day)
        select distinct 'asking'::fact, (d.resolved_at at time zone time_zone)::date
        from deciding d join decided using (resolution_id), organisation
    )
    select (select count(*) from invited), (select count(*) from held),
        (select count(*) from decided) - (select count(*) from invited), (select count(*) from queued)
    """
