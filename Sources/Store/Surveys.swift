import Crypto
import Feedback
import Foundation
import Postgres

extension Store {
    /// Publishes a survey file as the next version of its survey. The newest version's own text changes nothing.
    ///
    /// - Returns: The version, and whether it is new.
    public func publish(_ file: SurveyFile, now: Date) async throws -> (version: SurveyVersion, isNew: Bool) {
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
                select survey_version_id, number, source_sha256 from survey_version
                where survey_id = $1 order by number desc limit 1
                """, surveyID
            ).decodeFirst(Int32.self, Int32.self, [UInt8].self)
            if let (id, number, known) = newest, known == sha256 {
                return (SurveyVersion(id: id, number: number, survey: survey), false)
            }
            let number = (newest?.1 ?? 0) + 1
            let id = try await connection.query(
                """
                insert into survey_version
                    (survey_id, number, definition, source, source_sha256, ces_points, ces_lower_is_better, published_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                returning survey_version_id
                """,
                surveyID, number, definition, file.source, sha256, effort.map { Int16($0.points) },
                effort.map(\.lowerIsBetter), now
            ).decodeOnly(Int32.self)
            try await connection.query(
                "insert into label (name) select unnest($1::text[]) on conflict (name) do nothing", survey.languages)
            try await connection.query(markNamesStale)
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

    /// Lists every version of every survey with its publication, oldest first.
    public func surveyVersions() async throws -> [(name: String, number: Int32, publishedAt: Date)] {
        try await pool.query(
            """
            select survey.name, number, published_at from survey_version join survey using (survey_id)
            order by published_at, survey_version_id
            """
        ).decode(String.self, Int32.self, Date.self).map { (name: $0, number: $1, publishedAt: $2) }
    }
}
