import Feedback
import Foundation
import Postgres

extension Store {
    /// Stops a channel of all processes until a moment, as its gateway asked for.
    public func pause(_ channel: SurveyChannel, until: Date) async throws {
        try await pool.query(
            """
            insert into channel_pace as pace (channel, used_up_to) values ($1::text::survey_channel, $2)
            on conflict (channel) do update set used_up_to = greatest(pace.used_up_to, excluded.used_up_to)
            """, channel.rawValue, until)
    }

    /// How many messages the channel's pace allows now.
    func allowance(
        for request: ClaimRequest, now: Date, on connection: isolated PostgresConnection
    ) async throws -> Int {
        let usedUpTo = try await connection.query(
            "select used_up_to from channel_pace where channel = $1::text::survey_channel", request.channel.rawValue
        ).decodeFirst(Date.self)
        guard let usedUpTo else { return request.rate.map { min(request.limit, max(1, Int($0))) } ?? request.limit }
        // No pause is longer than an hour: what lies further ahead was noted before the clock was set back.
        let ahead = usedUpTo.timeIntervalSince(now)
        if ahead > 0, ahead < 7200 { return 0 }
        guard let rate = request.rate, ahead <= 0 else { return request.limit }
        // What was not used within the last second is not saved up.
        let free = min(now.timeIntervalSince(usedUpTo), max(1, 1 / rate))
        // Rounding must not make one message too few for ever.
        return min(request.limit, Int(free * rate + 1e-6))
    }
}

/// Notes that a channel sent so much, counted in seconds of its pace.
let usePace: StaticString = """
    insert into channel_pace as pace (channel, used_up_to)
    values ($1::text::survey_channel, $2::timestamptz - $4 * interval '1 second' + $3 * interval '1 second')
    on conflict (channel) do update
    set used_up_to = $3 * interval '1 second' + case
        when pace.used_up_to < $2::timestamptz + interval '2 hours'
            then greatest(pace.used_up_to, $2::timestamptz - $4 * interval '1 second')
        else $2::timestamptz
    end
    """
