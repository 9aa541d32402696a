import Feedback
import Foundation
import Postgres

extension Store {
    /// Records what came of attempts, in one statement for each kind of outcome, one round trip and one transaction.
    ///
    /// What was sent queues its reminder. What was refused goes on by the next channel at once, or is dead if there is none; so is
    /// what was put off more often than `mostAttempts`. A result that comes after its claim ran out still counts if it says that the
    /// message was sent.
    public func record(_ results: [DeliveryResult], now: Date, mostAttempts: Int = 25) async throws {
        guard !results.isEmpty else { return }
        let sent = results.filter { if case .sent = $0.outcome { true } else { false } }
        let later = results.filter { $0.isLater }
        let refused = results.filter { if case .refused = $0.outcome { true } else { false } }
        var statements = [
            PostgresStatement(
                finishDeliveries, results.map(\.message.delivery), results.map(\.outcomeName),
                results.map(\.shortDetail), results.map(\.providerReference), now)
        ]
        if !sent.isEmpty {
            statements.append(
                PostgresStatement(settleSent, sent.map(\.message.id), sent.map(\.message.reminderAt), now))
        }
        if !later.isEmpty {
            statements.append(
                PostgresStatement(
                    putBack, later.map(\.message.id), later.map(\.message.delivery), later.map(\.retryAt),
                    later.map(\.counts), mostAttempts, now))
        }
        if !refused.isEmpty {
            let ids = refused.map(\.message.id)
            let unusable = refused.filter { $0.outcome == .refused(suspendsAddress: true) }.map(\.message.delivery)
            statements += [
                PostgresStatement(passOn, ids, refused.map(\.message.delivery), now),
                PostgresStatement(alignSurveyChannels, ids),
                PostgresStatement(suspendRefused, unusable, now),
            ]
        }
        try await pool.pipeline(statements)
    }
}

extension DeliveryResult {
    fileprivate var isLater: Bool {
        switch outcome {
        case .deferred, .uncertain, .notTried: true
        case .sent, .refused: false
        }
    }

    /// How much the attempt counts.
    fileprivate var counts: Int16 {
        if case .notTried = outcome { 0 } else { 1 }
    }

    fileprivate var retryAt: Date? {
        switch outcome {
        case .deferred(let until), .uncertain(let until), .notTried(let until): until
        case .sent, .refused: nil
        }
    }

    fileprivate var providerReference: String? {
        if case .sent(let reference) = outcome { reference } else { nil }
    }

    fileprivate var outcomeName: String {
        switch outcome {
        case .sent: "sent"
        case .deferred: "deferred"
        case .uncertain: "uncertain"
        case .notTried: "not-tried"
        case .refused: "refused"
        }
    }

    /// What others said may be long and hold anything.
    fileprivate var shortDetail: String {
        String(String.UnicodeScalarView(detail.unicodeScalars.prefix(300).map { $0.value < 0x20 ? " " : $0 }))
    }
}

private let finishDeliveries: StaticString = """
    update delivery
    set finished_at = $5, outcome = done.outcome::delivery_outcome, detail = done.detail, provider_ref = done.provider_ref
    from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as done (delivery_id, outcome, detail, provider_ref)
    where delivery.delivery_id = done.delivery_id
    """

private let settleSent: StaticString = """
    with done as (
        select * from unnest($1::bigint[], $2::timestamptz[]) as done (message_id, reminder_at)
    ), settled as (
        update message set state = 'sent', settled_at = $3, claimed_until = null, delivery_id = null, attempts = attempts + 1
        from done
        where message.message_id = done.message_id and message.state in ('sending', 'queued')
        returning message.*, done.reminder_at
    )
    insert into message (invitation_id, reason, customer_id, channel, fallbacks, due_at)
    select invitation_id, 'reminder', customer_id, channel, fallbacks, reminder_at
    from settled where reminder_at is not null and reason = 'invitation'
    on conflict on constraint message_is_one_for_each_reason do nothing
    """

private let putBack: StaticString = """
    update message
    set attempts = attempts + counts, claimed_until = null, delivery_id = null,
        state = case when attempts + counts < $5 then 'queued' else 'dead' end::message_state,
        due_at = case when attempts + counts < $5 then later.due_at else message.due_at end,
        settled_at = case when attempts + counts < $5 then null else $6 end,
        rule = case when attempts + counts < $5 then null else 'too-many-attempts' end
    from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::smallint[])
        as later (message_id, delivery_id, due_at, counts)
    where message.message_id = later.message_id and message.delivery_id = later.delivery_id
    """

private let passOn: StaticString = """
    update message
    set attempts = 0, claimed_until = null, delivery_id = null,
        state = case when cardinality(fallbacks) > 0 then 'queued' else 'dead' end::message_state,
        channel = coalesce(fallbacks[1], channel), fallbacks = fallbacks[2:], due_at = $3,
        settled_at = case when cardinality(fallbacks) > 0 then null else $3 end,
        rule = case when cardinality(fallbacks) > 0 then null else 'refused' end
    from unnest($1::bigint[], $2::bigint[]) as refused (message_id, delivery_id)
    where message.message_id = refused.message_id and message.delivery_id = refused.delivery_id
    """

/// By the attempt's own row: that of a customer who was erased meanwhile is gone.
private let suspendRefused: StaticString = """
    insert into suspended_address (address, reason, suspended_at)
    select distinct lower(address), 'refused', $2::timestamptz from delivery
    where delivery_id = any ($1) and address is not null
    on conflict (address) do nothing
    """

/// Lets invitations tell the channel that their message goes by now.
let alignSurveyChannels: StaticString = """
    with aligned as (
        update invitation i set survey_channel = m.channel
        from message m
        where m.message_id = any ($1::bigint[]) and m.reason = 'invitation' and m.invitation_id = i.invitation_id
            and i.survey_channel <> m.channel
        returning i.resolution_id
    )
    insert into stale_day (fact, day)
    select distinct 'asking'::fact, (resolved_at at time zone time_zone)::date
    from aligned join resolution using (resolution_id), organisation
    """

let suspendAddresses: StaticString = """
    insert into suspended_address (address, reason, suspended_at)
    select distinct lower(address), $2, $3::timestamptz from unnest($1::text[]) address
    on conflict (address) do nothing
    """
