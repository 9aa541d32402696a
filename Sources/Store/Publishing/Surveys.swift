import Crypto
import Feedback
import Foundation
import Postgres

extension Store {
    /// Publishes a survey file as the next version of its survey. The newest version's own text changes nothing.
    ///
    /// - Parameter base: The version that the change began from, 0 for a new survey; nil to publish over whatever is newest.
    /// - Returns: The version, and whether it is new.
    /// - Throws: ``NewerVersion`` if the newest version is another one than the base.
    public func publish(
        _ file: SurveyFile, over base: Int32? = nil, by actor: Actor, now: Date
    ) async throws -> (version: SurveyVersion, isNew: Bool) {
        let survey = file.survey
        let effort = survey.question(.ces)
        let sha256 = Array(SHA256.hash(data: Data(file.source.utf8)))
        let definition = try JSONB(encoding: survey)
        return try await pool.transaction { connection in
            let surveyID = try await connection.query(
                """
                insert into survey (name) values ($1)
                on conflict (name) do update set name = excluded.name
                returning survey_id
                """, survey.name
            ).decodeOnly(Int32.self)
            // The row lock just taken makes publishers of one survey take turns.
            let newest = try await connection.query(
                """
                select survey_version_id, number, source, published_at, actor_name(published_by) from survey_version
                where survey_id = $1 order by number desc limit 1
                """, surveyID
            ).decodeFirst(Int32.self, Int32.self, String.self, Date.self, String?.self)
            if let (id, number, source, _, _) = newest, source == file.source {
                return (SurveyVersion(id: id, number: number, survey: survey), false)
            }
            try NewerVersion.refuse(newest.map { ($0.1, Publication(at: $0.3, by: $0.4)) }, unless: base)
            let number = (newest?.1 ?? 0) + 1
            let id = try await connection.query(
                """
                insert into survey_version
                    (survey_id, number, definition, source, source_sha256, ces_points, ces_lower_is_better, published_at,
                    published_by)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                returning survey_version_id
                """,
                surveyID, number, definition, file.source, sha256, effort.map { Int16($0.points) },
                effort.map(\.lowerIsBetter), now, actor.name
            ).decodeOnly(Int32.self)
            try await connection.query(
                "insert into label (name) select unnest($1::text[]) on conflict (name) do nothing", survey.languages)
            try await connection.query(markNamesStale)
            let event = try AuditEvent(
                "survey.publish", of: "survey \(survey.name)", before: newest.map { RecordedVersion($0.1, $0.2) },
                after: RecordedVersion(number, file.source))
            try await connection.query(.record(event, by: actor, now: now))
            return (SurveyVersion(id: id, number: number, survey: survey), true)
        }
    }

    /// Reads the versions that were published after another; they never change, so callers may keep them.
    public func surveyVersions(after id: Int32) async throws -> [SurveyVersion] {
        try await pool.query(
            """
            select survey_version_id, number, definition from survey_version where survey_version_id > $1
            order by survey_version_id
            """, id
        ).decode(Int32.self, Int32.self, JSONB.self).map { id, number, definition in
            SurveyVersion(id: id, number: number, survey: try definition.decode(Survey.self))
        }
    }
}
