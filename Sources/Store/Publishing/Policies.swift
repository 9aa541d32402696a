import Feedback
import Foundation
import Postgres

/// A policy names a survey that was never published.
public struct UnknownSurvey: Error, CustomStringConvertible {
    /// The survey's name.
    public let name: String
    /// One sentence.
    public var description: String { "no survey is called \"\(name)\"; publish it first, or leave \"survey\" out" }
}

/// One published version of the policies.
public struct PublishedPolicies: Sendable {
    /// The version's number.
    public let id: Int32
    /// When it was published, and by whom.
    public let publication: Publication
    /// The policies' names in order.
    public let names: [String]
    /// The names of the surveys that the policies ask for.
    public let surveys: [String?]
}

extension Store {
    /// Publishes the policies that decisions follow from now on; those already made keep their version.
    ///
    /// - Parameter base: The version that the change began from; nil to publish over whatever is newest.
    /// - Returns: The version, and whether it is new: publishing what is in force already changes nothing.
    /// - Throws: ``UnknownSurvey``, or ``NewerVersion`` if the newest version is another one than the base.
    public func publish(
        _ file: PolicyFile, over base: Int32? = nil, by actor: Actor, now: Date
    ) async throws -> (version: Int32, isNew: Bool) {
        let definition = try JSONB(encoding: file.policies)
        let delay = file.policies.map(\.delay).min() ?? 0
        let expiry = file.policies.map(\.expiry).max() ?? 0
        return try await pool.transaction { connection in
            try await connection.query("lock table policy_version in share row exclusive mode")
            let unknown = try await connection.query(
                "select name from unnest($1::text[]) name where name not in (select name from survey)",
                file.policies.compactMap(\.survey)
            ).decodeFirst(String.self)
            if let unknown { throw UnknownSurvey(name: unknown) }
            let newest = try await connection.query(
                """
                select policy_version_id, source, published_at, actor_name(published_by) from policy_version
                order by policy_version_id desc limit 1
                """
            ).decodeFirst(Int32.self, String.self, Date.self, String?.self)
            if let (id, source, _, _) = newest, source == file.source { return (id, false) }
            try NewerVersion.refuse(newest.map { ($0.0, Publication(at: $0.2, by: $0.3)) }, unless: base)
            let id = try await connection.query(
                """
                insert into policy_version (delay, expiry, definition, source, published_at, published_by)
                values ($1 * interval '1 second', $2 * interval '1 second', $3, $4, $5, $6)
                returning policy_version_id
                """, delay, expiry, definition, file.source, now, actor.name
            ).decodeOnly(Int32.self)
            let event = try AuditEvent(
                "policy.publish", of: "policies", before: newest.map { RecordedVersion($0.0, $0.1) },
                after: RecordedVersion(id, file.source))
            try await connection.query(.record(event, by: actor, now: now))
            return (id, true)
        }
    }

    /// Publishes the policies that ship, if none were ever published.
    public func publishStandardPolicies(now: Date) async throws {
        let hasNone = try await pool.query("select not exists (select from policy_version where source <> '')")
            .decodeOnly(Bool.self)
        if hasNone { _ = try await publish(PolicyFile.standard(), by: .program, now: now) }
    }

    /// Lists every version, oldest first.
    public func policyVersions() async throws -> [PublishedPolicies] {
        try await pool.query(
            """
            select policy_version_id, published_at, actor_name(published_by), definition from policy_version
            order by policy_version_id
            """
        ).decode(Int32.self, Date.self, String?.self, JSONB.self).map { id, publishedAt, publishedBy, definition in
            let policies = try definition.decode([Policy].self)
            return PublishedPolicies(
                id: id, publication: Publication(at: publishedAt, by: publishedBy), names: policies.map(\.name),
                surveys: policies.map(\.survey))
        }
    }

    /// The file that a version was published from; nil if there is no such version.
    public func policySource(ofVersion id: Int32) async throws -> String? {
        try await pool.query("select source from policy_version where policy_version_id = $1", id)
            .decodeFirst(String.self)
    }

    /// The channels by which the policies in force send messages: not links, and not letters, which are printed by command.
    public func policyChannels() async throws -> [SurveyChannel] {
        let policies = try await pool.withConnection { try await newestPolicies(on: $0) }?.policies ?? []
        let used = Set(policies.flatMap(\.channels))
        return SurveyChannel.allCases.filter { used.contains($0) && $0 != .link && $0 != .letter }
    }

    /// The policies in force.
    func newestPolicies(on connection: isolated PostgresConnection) async throws -> PolicyVersion? {
        try await connection.query(
            "select policy_version_id, definition from policy_version order by policy_version_id desc limit 1"
        ).decodeFirst(Int32.self, JSONB.self).map { id, definition in
            PolicyVersion(id: id, policies: try definition.decode([Policy].self))
        }
    }
}
