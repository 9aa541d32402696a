import Foundation
import Postgres

/// The newest of a channel's and a language's published templates.
public struct PublishedTemplate: Sendable {
    /// The channel's name.
    public let channel: String
    /// The language's code.
    public let language: String
    /// The number, by which newer ones are told.
    public let number: Int32
    /// The text; nil if the one that ships was gone back to.
    public let source: String?
    /// When it was published, and by whom.
    public let publication: Publication
}

extension Store {
    /// Publishes a template, which has been checked; the newest of a channel and language is used.
    ///
    /// - Parameters:
    ///   - source: The text; nil to go back to the one that ships.
    ///   - base: The number that the change began from, 0 for the one that ships; nil to publish over whatever is newest.
    /// - Returns: Whether it is new: publishing what is in use already changes nothing.
    /// - Throws: ``NewerVersion`` if the newest one is another one than the base.
    @discardableResult public func publishTemplate(
        channel: String, language: String, source: String?, over base: Int32? = nil, by actor: Actor, now: Date
    ) async throws -> Bool {
        try await pool.transaction { connection in
            try await connection.query("lock table message_template in share row exclusive mode")
            let newest = try await connection.query(
                """
                select message_template_id, source, published_at, actor_name(published_by) from message_template
                where channel = $1::text::survey_channel and language = $2
                order by message_template_id desc limit 1
                """, channel, language
            ).decodeFirst(Int32.self, String?.self, Date.self, String?.self)
            if source == newest?.1 { return false }
            try NewerVersion.refuse(newest.map { ($0.0, Publication(at: $0.2, by: $0.3)) }, unless: base)
            let number = try await connection.query(
                """
                insert into message_template (channel, language, source, published_at, published_by)
                values ($1::text::survey_channel, $2, $3, $4, $5)
                returning message_template_id
                """, channel, language, source, now, actor.name
            ).decodeOnly(Int32.self)
            // Without a text it is the one that ships: there is nothing to take a digest of.
            let before = newest.flatMap { newest in newest.1.map { RecordedVersion(newest.0, $0) } }
            let event = try AuditEvent(
                source == nil ? "template.standard" : "template.publish", of: "template \(channel) \(language)",
                before: before, after: source.map { RecordedVersion(number, $0) })
            try await connection.query(.record(event, by: actor, now: now))
            return true
        }
    }

    /// The newest published template of each channel and language.
    public func publishedTemplates() async throws -> [PublishedTemplate] {
        try await pool.query(
            """
            select distinct on (channel, language) channel::text, language, message_template_id, source, published_at,
                actor_name(published_by)
            from message_template order by channel, language, message_template_id desc
            """
        ).decode(String.self, String.self, Int32.self, String?.self, Date.self, String?.self).map {
            PublishedTemplate(
                channel: $0, language: $1, number: $2, source: $3, publication: Publication(at: $4, by: $5))
        }
    }
}
