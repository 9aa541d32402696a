import Feedback
import Foundation
import Postgres

/// What a round of deciding did.
public struct DecisionCounts: Sendable, Equatable {
    /// Resolutions whose customers were invited.
    public var invited = 0
    /// Resolutions that were put off.
    public var held = 0
    /// Resolutions that were passed over, each with its rule.
    public var skipped = 0

    /// Creates counts of nothing.
    public init() {}
}

extension Store {
    /// Decides about every resolution that is due, in batches, and queues the messages of the invitations.
    ///
    /// Any number of processes may decide at once; they take turns, so that what one has decided about a customer is known to the
    /// next. Without a published survey nothing is decided. Attribution is frozen into the invitation: for a complaint, its own
    /// agent or else the agent of its last handled interaction before the closing.
    ///
    /// - Parameter now: The time of the decisions.
    public func decideDueResolutions(now: Date) async throws -> DecisionCounts {
        var total = DecisionCounts()
        while let counts = try await decideBatch(now: now) {
            total.invited += counts.invited
            total.held += counts.held
            total.skipped += counts.skipped
        }
        return total
    }

    /// Decides about a batch; nil if nothing is due.
    private func decideBatch(now: Date) async throws -> DecisionCounts? {
        try await pool.transaction { connection in
            try await connection.query("select pg_advisory_xact_lock(hashtextextended('hearback deciding', 0))")
            guard let round = try await decidingRound(on: connection) else { return nil }
            try await connection.execute(script: makeDecidingTable)
            let delay = round.version.policies.map(\.delay).min() ?? 0
            let staged = try await connection.query(stageDueResolutions, now, delay, decisionBatch).affected
            if staged == 0 { return nil }
            if staged > 1000 { try await connection.query("analyze deciding") }
            var record = DecisionRecord()
            var memory = BatchMemory()
            for var staged in try await connection.query(stagedSubjects, Date.distantFuture).map(StagedSubject.init) {
                memory.remind(&staged.subject)
                guard let policy = round.version.policy(for: staged.subject),
                    let survey = round.survey(of: policy)
                else { continue }
                let verdict = Judgement(
                    of: staged.subject, by: policy, at: now, organisationZone: round.zone
                ).verdict
                if case .invite = verdict { memory.note(staged.subject, invitedAt: now) }
                record.add(verdict, of: staged, by: policy, asking: survey, now: now)
            }
            // Nothing of a batch can be settled only if a survey was lost: it would be staged for ever.
            if record.isEmpty { return nil }
            return try await record.write(version: round.version.id, now: now, on: connection)
        }
    }

    /// What holds for a whole round of judging; nil without a survey.
    func decidingRound(on connection: isolated PostgresConnection) async throws -> DecidingRound? {
        guard let version = try await newestPolicies(on: connection) else { return nil }
        let surveys = try await connection.query(
            """
            select distinct on (survey_id) survey_version_id, survey.name, definition
            from survey_version join survey using (survey_id)
            order by survey_id, number desc
            """
        ).decode(Int32.self, String.self, JSONB.self).map { id, name, definition in
            AskedSurvey(version: id, name: name, survey: try definition.decode(Survey.self))
        }
        guard !surveys.isEmpty else { return nil }
        let zone = try await connection.query("select time_zone from organisation").decodeOnly(String.self)
        return DecidingRound(version: version, surveys: surveys, zone: zone)
    }
}

/// How many resolutions are decided about in one transaction.
private let decisionBatch = 50_000

/// A survey's newest version.
struct AskedSurvey: Sendable {
    let version: Int32
    let name: String
    let survey: Survey
}

/// The policies, surveys and zones that a round of judging uses.
struct DecidingRound: Sendable {
    let version: PolicyVersion
    let surveys: [AskedSurvey]
    let zone: String

    /// The survey that a policy names, or the one that was published last.
    func survey(of policy: Policy) -> AskedSurvey? {
        guard let name = policy.survey else { return surveys.max { $0.version < $1.version } }
        return surveys.first { $0.name == name }
    }
}

/// Who was invited in this batch, which the database does not know yet.
struct BatchMemory {
    private var customers: [Int64: Date] = [:]
    private var accounts: [Int64: Date] = [:]

    mutating func note(_ subject: AskingSubject, invitedAt now: Date) {
        if let customer = subject.customer { customers[customer] = now }
        if let account = subject.account { accounts[account] = now }
    }

    func remind(_ subject: inout AskingSubject) {
        if let last = subject.customer.flatMap({ customers[$0] }) { subject.customerInvitedAt = last }
        if let last = subject.account.flatMap({ accounts[$0] }) { subject.accountInvitedAt = last }
    }
}
