import Feedback
import Foundation
import Postgres

/// What a worker asks for.
public struct ClaimRequest: Sendable {
    /// The channel it serves.
    public var channel: SurveyChannel
    /// How many messages at the most.
    public var limit: Int
    /// How many messages a second the channel takes, over all processes; nil for any number.
    public var rate: Double?
    /// How long the worker has for what it takes; after that it is taken to have died.
    public var lease: TimeInterval

    /// Creates a request.
    public init(channel: SurveyChannel, limit: Int, rate: Double? = nil, lease: TimeInterval = 300) {
        self.channel = channel
        self.limit = limit
        self.rate = rate
        self.lease = lease
    }
}

extension Store {
    /// Takes messages that are due, and judges each anew: what may not be sent any more is cancelled or put off instead.
    ///
    /// Claims of all processes take turns for the few milliseconds that they need, and no customer has two messages under way: so
    /// that caps hold however many workers there are. What a worker took and never reported is free again after its lease.
    ///
    /// - Returns: None if nothing is due, or a great many had to be cancelled or put off.
    public func claimMessages(_ request: ClaimRequest, now: Date) async throws -> [ClaimedMessage] {
        // Not for ever: all turns judge by the same clock.
        for _ in 0..<50 {
            let (claimed, judged) = try await claimOnce(request, now: now)
            if !claimed.isEmpty || judged == 0 { return claimed }
        }
        return []
    }

    /// Takes a batch, and tells how many messages it judged.
    private func claimOnce(_ request: ClaimRequest, now: Date) async throws -> ([ClaimedMessage], judged: Int) {
        try await pool.transaction { connection in
            try await connection.query("select pg_advisory_xact_lock(hashtextextended('hearback sending', 0))")
            try await connection.query(plannedOnce)
            try await connection.query(releaseLostClaims, now)
            let allowance = try await allowance(for: request, now: now, on: connection)
            guard allowance > 0 else { return ([], 0) }
            let due = try await connection.query(dueMessages, request.channel.rawValue, now, allowance)
                .decode(Int64.self)
            guard !due.isEmpty else { return ([], 0) }
            let candidates = try await connection.query(describeMessages, due, now).map(OutboxCandidate.init)
            guard let round = try await decidingRound(on: connection) else { return ([], 0) }
            var policies: [Int32: PolicyVersion] = [:]
            for id in Set(candidates.map(\.policyVersion)) {
                policies[id] = try await policyVersion(id, on: connection)
            }
            var customers: Set<Int64> = []
            var fates: [(candidate: OutboxCandidate, fate: OutboxFate)] = []
            // The second message for a customer waits until the first is out.
            for candidate in candidates where customers.insert(candidate.customer).inserted {
                guard
                    let policy = policies[candidate.policyVersion]?.policies.first(where: {
                        $0.name == candidate.policy
                    })
                else { continue }
                fates.append((candidate, candidate.fate(by: policy, round: round, now: now)))
            }
            return (try await settle(fates, request, now: now, on: connection), fates.count)
        }
    }

    /// Whether a message that was taken may still go out, asked right before it does.
    ///
    /// It is still this attempt's, was judged a short while ago, nothing has come to stand in the way since, its address is in use, and it
    /// was not answered. If not, it has to be judged anew.
    ///
    /// - Parameter age: How many seconds ago it may have been judged at the most.
    public func isStillToBeSent(_ message: ClaimedMessage, judgedWithin age: TimeInterval, now: Date) async throws
        -> Bool
    {
        try await pool.pipeline([
            PostgresStatement(plannedOnce), PostgresStatement(stillToBeSent, message.id, message.delivery, now, age),
        ])[1].decodeOnly(Bool.self)
    }

    func policyVersion(_ id: Int32, on connection: isolated PostgresConnection) async throws -> PolicyVersion {
        let definition = try await connection.query(
            "select definition from policy_version where policy_version_id = $1", id
        ).decodeOnly(JSONB.self)
        return PolicyVersion(id: id, policies: try definition.decode([Policy].self))
    }

    private func settle(
        _ fates: [(candidate: OutboxCandidate, fate: OutboxFate)], _ request: ClaimRequest, now: Date,
        on connection: isolated PostgresConnection
    ) async throws -> [ClaimedMessage] {
        var taken: [(candidate: OutboxCandidate, reminderAt: Date?)] = []
        var cancelled: (ids: [Int64], rules: [String]) = ([], [])
        var delayed: (ids: [Int64], times: [Date]) = ([], [])
        var moved: (ids: [Int64], channels: [String], fallbacks: [String]) = ([], [], [])
        for (candidate, fate) in fates {
            switch fate {
            case .send(let reminderAt): taken.append((candidate, reminderAt))
            case .cancel(let rule):
                cancelled.ids.append(candidate.message)
                cancelled.rules.append(rule.rawValue)
            case .wait(let until):
                delayed.ids.append(candidate.message)
                delayed.times.append(until)
            case .move(let channels):
                moved.ids.append(candidate.message)
                moved.channels.append(channels[0].rawValue)
                moved.fallbacks.append("{\(channels.dropFirst().map(\.rawValue).joined(separator: ","))}")
            }
        }
        if !cancelled.ids.isEmpty { try await connection.query(cancelMessages, cancelled.ids, cancelled.rules, now) }
        if !delayed.ids.isEmpty { try await connection.query(delayMessages, delayed.ids, delayed.times) }
        if !moved.ids.isEmpty {
            try await connection.query(moveMessages, moved.ids, moved.channels, moved.fallbacks)
            try await connection.query(alignSurveyChannels, moved.ids)
        }
        if taken.isEmpty { return [] }
        let deliveries = try await connection.query(
            takeMessages, taken.map(\.candidate.message), taken.map(\.candidate.address), now,
            now.addingTimeInterval(request.lease)
        ).decode(Int64.self, Int64.self)
        if let rate = request.rate {
            try await connection.query(
                usePace, request.channel.rawValue, now, Double(taken.count) / rate, max(1, 1 / rate))
        }
        let byMessage = Dictionary(uniqueKeysWithValues: deliveries.map { ($0.0, $0.1) })
        return taken.compactMap { candidate, reminderAt in
            byMessage[candidate.message].map { candidate.claimed(as: $0, reminderAt: reminderAt) }
        }
    }
}

/// Lets the statements of a transaction be planned once, and not anew each time: planning them takes longer than running them.
private let plannedOnce: StaticString = "select set_config('plan_cache_mode', 'force_generic_plan', true)"

private let stillToBeSent: StaticString = """
    select exists (
        select from message m join delivery d on d.delivery_id = m.delivery_id
        where m.message_id = $1 and m.state = 'sending' and m.delivery_id = $2
            and d.started_at > $3::timestamptz - $4 * interval '1 second'
            and not exists (
                select from customer_stop s
                where s.customer_id = m.customer_id and s.starts_at <= $3 and (s.ends_at is null or s.ends_at > $3))
            and not exists (select from suspended_address s where s.address = lower(d.address))
            and not exists (select from response r where r.invitation_id = m.invitation_id)
            and not exists (select from texted_answer t where t.invitation_id = m.invitation_id))
    """

/// Frees what workers took and never reported: their attempts may or may not have reached somebody.
private let releaseLostClaims: StaticString = """
    with lost as (
        update message
        set state = case when attempts + 1 < 25 then 'queued' else 'dead' end::message_state, claimed_until = null,
            delivery_id = null, attempts = attempts + 1,
            settled_at = case when attempts + 1 < 25 then null else $1 end,
            rule = case when attempts + 1 < 25 then null else 'too-many-attempts' end
        from (select message_id, delivery_id from message where state = 'sending' and claimed_until <= $1 for update skip locked) late
        where message.message_id = late.message_id
        returning late.delivery_id
    )
    update delivery
    set finished_at = $1, outcome = 'uncertain', detail = 'the process was gone before it could tell the result'
    from lost where delivery.delivery_id = lost.delivery_id
    """

/// Messages of a channel that are due. A statement of its own: with their number unknown, the planner would read whole tables to
/// describe them.
private let dueMessages: StaticString = """
    select message_id from message m
    where state = 'queued' and channel = $1::text::survey_channel and due_at <= $2
        and not exists (select from message o where o.customer_id = m.customer_id and o.state = 'sending')
    order by due_at
    limit $3
    for update skip locked
    """

/// What has to be known of messages to judge and to send them.
private let describeMessages: StaticString = """
    select due.message_id, due.invitation_id, due.reason::text, due.channel::text, due.fallbacks::text[], due.attempts,
        decision.policy_version_id, decision.policy, due.customer_id, customer.ref as customer, customer.name, customer.street,
        customer.city, customer.postcode, i.resolution_id, r.resolved_at, r.complaint_id is not null as is_complaint,
        i.language as asked_language, i.survey_version_id, i.expires_at,
        coalesce(complaint.ref, interaction.ref) as subject, obstacle.obstacle,
        response.invitation_id is not null or texted.invitation_id is not null as answered,
        s.country, s.region, s.time_zone, s.language, s.email, s.email_basis, s.email_basis_at, s.work_email, s.email_suspended,
        s.phone, s.phone_suspended, s.sms_consent_at, s.last_text_at, s.has_postal_address, s.preferred_channel, s.own_days,
        s.own_opens, s.own_closes, s.stops, s.contacts
    from unnest($1::bigint[]) wanted (message_id)
    join message due using (message_id)
    join invitation i using (invitation_id)
    join resolution r using (resolution_id)
    join decision using (resolution_id)
    join customer on customer.customer_id = due.customer_id
    left join complaint on complaint.complaint_id = i.complaint_id
    left join interaction on interaction.interaction_id = i.interaction_id
    left join response on response.invitation_id = i.invitation_id
    left join texted_answer texted on texted.invitation_id = i.invitation_id
    cross join lateral resolution_subject(i.resolution_id) obstacle
    cross join lateral customer_standing(due.customer_id, $2) s
    order by due.due_at
    """

private let cancelMessages: StaticString = """
    update message set state = 'cancelled', settled_at = $3, rule = cancelled.rule
    from unnest($1::bigint[], $2::text[]) as cancelled (message_id, rule)
    where message.message_id = cancelled.message_id
    """

private let delayMessages: StaticString = """
    update message set due_at = delayed.due_at
    from unnest($1::bigint[], $2::timestamptz[]) as delayed (message_id, due_at)
    where message.message_id = delayed.message_id
    """

private let moveMessages: StaticString = """
    update message
    set channel = moved.channel::survey_channel, fallbacks = moved.fallbacks::survey_channel[], attempts = 0
    from unnest($1::bigint[], $2::text[], $3::text[]) as moved (message_id, channel, fallbacks)
    where message.message_id = moved.message_id
    """

private let takeMessages: StaticString = """
    with taken as (
        insert into delivery (message_id, channel, address, started_at)
        select message_id, channel, address, $3
        from unnest($1::bigint[], $2::text[]) as taken (message_id, address) join message using (message_id)
        returning message_id, delivery_id
    )
    update message set state = 'sending', claimed_until = $4, delivery_id = taken.delivery_id
    from taken where message.message_id = taken.message_id
    returning taken.message_id, taken.delivery_id
    """
