import Feedback
import Foundation
import Postgres

/// One published version of a survey, without what it asks.
public struct PublishedSurvey: Sendable {
    /// The survey's identifier.
    public let survey: Int32
    /// The survey's name.
    public let name: String
    /// The version's identifier.
    public let id: Int32
    /// The version's number within its survey.
    public let number: Int32
    /// When it was published, and by whom.
    public let publication: Publication
    /// How many answers to it were counted so far.
    public let answers: Int
}

/// A version of a survey with the file it was published from.
public struct SurveySource: Sendable {
    /// The version.
    public let version: SurveyVersion
    /// The file's text.
    public let source: String
}

extension Store {
    /// Lists every version of every survey, oldest first.
    public func publishedSurveys() async throws -> [PublishedSurvey] {
        try await pool.query(
            """
            select survey_id, survey.name, survey_version_id, number, published_at, actor_name(published_by),
                coalesce((
                    select sum(answered) from answered_cell
                    where cut = 'survey_version' and within = 0 and value = survey_version_id
                ), 0)::bigint
            from survey_version join survey using (survey_id)
            order by published_at, survey_version_id
            """
        ).decode(Int32.self, String.self, Int32.self, Int32.self, Date.self, String?.self, Int.self).map {
            PublishedSurvey(
                survey: $0, name: $1, id: $2, number: $3, publication: Publication(at: $4, by: $5), answers: $6)
        }
    }

    /// Reads every version of one survey with its file, oldest first.
    public func surveySources(of survey: Int32) async throws -> [SurveySource] {
        try await pool.query(
            """
            select survey_version_id, number, definition, source from survey_version where survey_id = $1 order by number
            """, survey
        ).decode(Int32.self, Int32.self, JSONB.self, String.self).map { id, number, definition, source in
            SurveySource(
                version: SurveyVersion(id: id, number: number, survey: try definition.decode(Survey.self)),
                source: source)
        }
    }
}
