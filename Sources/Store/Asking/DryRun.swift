import Feedback
import Foundation
import Postgres

/// What policies would have done.
public struct DryRunCounts: Sendable, Equatable {
    /// Resolutions that were looked at.
    public var resolutions = 0
    /// Those whose customers would have been invited.
    public var invited = 0
    /// By the first channel.
    public var byChannel: [SurveyChannel: Int] = [:]
    /// Those that would still wait, by rule.
    public var held: [AskingRule: Int] = [:]
    /// Those that would have been passed over, by rule.
    public var skipped: [AskingRule: Int] = [:]
    /// How many would have been put off at least once, by rule, whatever became of them.
    public var putOff: [AskingRule: Int] = [:]

    /// Whether every resolution of the time was looked at; otherwise only the oldest ones.
    public var isWhole = true

    /// Creates counts of nothing.
    public init() {}
}

extension Store {
    /// Tells what policies would have done about the resolutions since some time, had they been in force; changes nothing.
    ///
    /// Each resolution is judged as the policy's delay passes and again at the end of each hold, up to now, with the stops,
    /// consents and contacts of that moment as they are recorded now. Invitations since then are those of the trial alone.
    ///
    /// - Parameters:
    ///   - policies: nil for those in force.
    ///   - limit: The most resolutions that are looked at.
    public func dryRun(
        _ policies: [Policy]?, since start: Date, now: Date, atMost limit: Int = .max
    ) async throws -> DryRunCounts {
        try await pool.transaction { connection in
            var counts = DryRunCounts()
            guard let round = try await decidingRound(on: connection) else { return counts }
            let version = policies.map { PolicyVersion(id: 0, policies: $0) } ?? round.version
            let delay = version.policies.map(\.delay).min() ?? 0
            var memory = BatchMemory()
            var after: (Date, Int64) = (start, 0)
            while true {
                try await connection.execute(script: makeDecidingTable)
                try await connection.query("delete from deciding")
                // At the limit, one more tells whether there are more.
                let room = limit - counts.resolutions
                let staged = try await connection.query(
                    stagePastResolutions, after.0, after.1, now, min(dryRunBatch, max(room, 1)), delay
                ).affected
                if staged == 0 { return counts }
                if room <= 0 {
                    counts.isWhole = false
                    return counts
                }
                for staged in try await connection.query(stagedSubjects, start).map(StagedSubject.init) {
                    after = max(after, (staged.subject.resolvedAt, staged.subject.resolution), by: <)
                    counts.resolutions += 1
                    guard let policy = version.policy(for: staged.subject) else { continue }
                    counts.note(staged.subject, by: policy, round: round, until: now, memory: &memory)
                }
            }
        }
    }
}

private let dryRunBatch = 20_000

private func max<Value>(_ left: Value, _ right: Value, by isLess: (Value, Value) -> Bool) -> Value {
    isLess(left, right) ? right : left
}

extension DryRunCounts {
    fileprivate mutating func note(
        _ subject: AskingSubject, by policy: Policy, round: DecidingRound, until now: Date, memory: inout BatchMemory
    ) {
        var subject = subject
        var moment = subject.resolvedAt.addingTimeInterval(Double(policy.delay))
        var causes: Set<AskingRule> = []
        var last: AskingRule = .delay
        while moment <= now {
            memory.remind(&subject)
            let verdict = Judgement(
                of: subject, by: policy, at: moment, organisationZone: round.zone
            ).verdict
            switch verdict {
            case .invite(let channels):
                invited += 1
                if let first = channels.first { byChannel[first, default: 0] += 1 }
                memory.note(subject, invitedAt: moment)
                return
            case .skip(let objection):
                skipped[objection.rule, default: 0] += 1
                return
            case .hold(let until, let objection):
                if causes.insert(objection.rule).inserted { putOff[objection.rule, default: 0] += 1 }
                last = objection.rule
                moment = until
            }
        }
        held[last, default: 0] += 1
    }
}
