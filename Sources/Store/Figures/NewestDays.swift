import Postgres

/// The last day of which there are facts of each kind; nil without any.
public struct NewestDays: Sendable, Equatable {
    public let interactions, answers, complaints: CalendarDay?

    /// Creates days.
    public init(interactions: CalendarDay?, answers: CalendarDay?, complaints: CalendarDay?) {
        self.interactions = interactions
        self.answers = answers
        self.complaints = complaints
    }
}

extension FigureSnapshot {
    /// The newest days of a scope, each found at the end of its cells' index.
    public func newestDays(_ scope: FigureScope) async throws -> NewestDays {
        let (interactions, answers, complaints) = try await connection.query(
            """
            select (select max(day) from handling_cell where cut = $1::text::cut and within = 0 and value = any ($2)),
                (select max(day) from answer_cell where cut = $1::text::cut and within = 0 and value = any ($2)),
                (select max(day) from complaint_cell where cut = $1::text::cut and within = 0 and value = any ($2))
            """, scope.dimension.rawValue, scope.values
        ).decodeOnly(CalendarDay?.self, CalendarDay?.self, CalendarDay?.self)
        return NewestDays(interactions: interactions, answers: answers, complaints: complaints)
    }
}
