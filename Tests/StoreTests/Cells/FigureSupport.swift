import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

extension Store {
    /// The counts of all days that tests use, by value; nothing stands for no row.
    func counts(
        _ scope: FigureScope = .everything, by dimension: MeasureDimension, cut: PeriodCut = .whole
    ) async throws -> [MeasureRow] {
        try await readingFigures { try await $0.measureCounts(FigureQuery(scope, by: dimension, testDays, cut: cut)) }
    }

    /// The counts of everything.
    func counts(_ scope: FigureScope = .everything) async throws -> MeasureCounts {
        try await counts(scope, by: .all).first?.counts ?? MeasureCounts()
    }

    /// Every cell of every table as a text, in an order that tells nothing.
    func allCells() async throws -> [String] {
        try await pool.query(everyCell).decode(String.self)
    }
}

/// Expects that every cell is what the facts say.
func expectNoDifference(now: Date, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let check = try await TestDatabase.store.verifyCells(now: now)
    #expect(
        check.differing == 0, "\(check.differences.map { "\($0)" }.joined(separator: "\n"))",
        sourceLocation: sourceLocation)
    #expect(check.cells > 0, sourceLocation: sourceLocation)
}

/// The years 2025 to 2027, counted from 2000-01-01.
let testDays = CalendarDay(dayNumber: 9_132)...CalendarDay(dayNumber: 10_226)

private let everyCell: StaticString = """
    select 'answer' || c::text from answer_cell c union all select 'answered' || c::text from answered_cell c
    union all select 'asking' || c::text from asking_cell c union all select 'skip' || c::text from skip_cell c
    union all select 'handling' || c::text from handling_cell c union all select 'duration' || c::text from duration_cell c
    union all select 'contact' || c::text from contact_cell c union all select 'window' || c::text from window_cell c
    union all select 'complaint' || c::text from complaint_cell c union all select 'closing' || c::text from closing_cell c
    order by 1
    """
