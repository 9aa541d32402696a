import DemoCentre
import Feedback
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

    /// Takes in a history of which half is decided, and of whose invited a third answers.
    func fillHistory(seed: Int) async throws {
        let history = History(seed: seed, contacts: 250, isOrderly: false)
        try await take(history.threads[...])
        _ = try await decideDueResolutions(now: .test.days(-5))
        var random = SeededGenerator(seed: UInt64(seed))
        let open = try await invitations(onlyOpen: true, limit: 1_000, now: .test)
        let said = open.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }.map { invitation in
            Submission(
                invitation: invitation.id, surveyVersion: 1, language: "en",
                answers: Answers(
                    nps: Int16.random(in: 0...10, using: &random), csat: Int16.random(in: 1...5, using: &random),
                    ces: Bool.random(using: &random) ? 3 : nil, resolved: Bool.random(using: &random)))
        }
        for (index, submission) in said.enumerated() {
            _ = try await submitAnswers([submission], now: .test.hours(Double(index % 50) - 60))
        }
        try await refreshCells(now: .test)
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
