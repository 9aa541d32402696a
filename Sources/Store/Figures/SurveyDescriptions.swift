import Foundation
import Postgres

/// What a survey version asks.
public struct SurveyDescription: Sendable {
    /// The version's identifier, by which figures are told apart.
    public let id: Int32
    /// The survey's name and the version's number.
    public let name: String
    /// The version's number within its survey.
    public let number: Int
    /// When it was published.
    public let publishedAt: Date
    /// The questions' keys and the languages, in their order.
    public let questions, languages: [String]
    /// The effort scale, if effort is asked.
    public let cesPoints: Int?
    /// Whether a low effort score is the good one.
    public let cesLowerIsBetter: Bool?

    /// Creates a description.
    public init(
        id: Int32, name: String, number: Int, publishedAt: Date, questions: [String], languages: [String],
        cesPoints: Int?, cesLowerIsBetter: Bool?
    ) {
        self.id = id
        self.name = name
        self.number = number
        self.publishedAt = publishedAt
        self.questions = questions
        self.languages = languages
        self.cesPoints = cesPoints
        self.cesLowerIsBetter = cesLowerIsBetter
    }
}

extension FigureSnapshot {
    /// Every survey version, oldest first.
    public func surveyDescriptions() async throws -> [SurveyDescription] {
        try await connection.query(
            """
            select survey_version_id, name, number, published_at,
                array(select question ->> 'key' from jsonb_array_elements(definition -> 'questions') question),
                array(select jsonb_array_elements_text(definition -> 'languages')), ces_points::int, ces_lower_is_better
            from survey_version join survey using (survey_id)
            order by published_at, survey_version_id
            """
        ).decode(
            Int32.self, String.self, Int.self, Date.self, [String].self, [String].self, Int?.self, Bool?.self
        ).map {
            SurveyDescription(
                id: $0, name: $1, number: $2, publishedAt: $3, questions: $4, languages: $5, cesPoints: $6,
                cesLowerIsBetter: $7)
        }
    }
}
