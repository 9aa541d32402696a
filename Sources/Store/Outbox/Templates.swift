import Foundation
import Postgres

/// A published template's text.
public struct PublishedTemplate: Sendable {
    /// The channel's name.
    public let channel: String
    /// The language's code.
    public let language: String
    /// The text.
    public let source: String
}

extension Store {
    /// Publishes a template, which has been checked; the newest of a channel and language is used.
    public func publishTemplate(channel: String, language: String, source: String, now: Date) async throws {
        try await pool.query(
            "insert into message_template (channel, language, source, published_at) values ($1::text::survey_channel, $2, $3, $4)",
            channel, language, source, now)
    }

    /// The newest published template of each channel and language.
    public func publishedTemplates() async throws -> [PublishedTemplate] {
        try await pool.query(
            """
            select distinct on (channel, language) channel::text, language, source
            from message_template order by channel, language, message_template_id desc
            """
        ).decode(String.self, String.self, String.self).map {
            PublishedTemplate(channel: $0, language: $1, source: $2)
        }
    }
}
