import Foundation
import Postgres

/// The kinds of facts that cells are derived from, in the order of their hurry.
enum CellFact: String, CaseIterable {
    /// Answers, in the cells of everything alone: they are few, and to be seen within seconds.
    case totals
    /// Answers, in all other cells.
    case answers
    case asking, handling, contacts, complaints

    /// The tables of cells, which are filled from the same facts.
    var tables: [String] {
        switch self {
        case .totals, .answers: ["answer_cell", "answered_cell"]
        case .asking: ["asking_cell", "skip_cell"]
        case .handling: ["handling_cell", "duration_cell"]
        case .contacts: ["contact_cell", "window_cell"]
        case .complaints: ["complaint_cell", "closing_cell"]
        }
    }

    /// Whether it replaces the cells of everything, those of teams, agents and so on, or both.
    var wholes: [Bool] {
        switch self {
        case .totals: [true]
        case .answers: [false]
        case .asking, .handling, .contacts, .complaints: [true, false]
        }
    }

    /// Computes the cells of some days from the facts, into the tables "fresh_…".
    ///
    /// - Parameter closedBefore: The moment before which repeat windows count as closed.
    func compute(_ days: DayRange, closedBefore: Date) -> [PostgresStatement] {
        switch self {
        case .totals:
            [days.statement(stageAnswers), PostgresStatement(answerTotals), PostgresStatement(answeredTotals)]
        case .answers:
            [days.statement(stageAnswers), PostgresStatement(answerCells), PostgresStatement(answeredCells)]
        case .asking:
            [days.statement(stageAsking), PostgresStatement(askingCells), PostgresStatement(skipCells)]
        case .handling:
            [
                days.statement(stageHandling), PostgresStatement(legCells), PostgresStatement(wholeContactCells),
                PostgresStatement(durationCells),
            ]
        case .contacts:
            [
                days.statement(stageContacts), PostgresStatement(contactCells, closedBefore),
                PostgresStatement(windowCells, closedBefore),
            ]
        case .complaints:
            [days.statement(complaintCells), days.statement(closingCells)]
        }
    }
}

/// Days without a gap, in a zone.
struct DayRange {
    let first: CalendarDay
    let last: CalendarDay
    /// The first instant of the first day, and the first instant after the last.
    let start: Date
    let end: Date
    let zone: String

    /// A statement that takes the first instant ($1), the first instant after ($2) and the zone ($3).
    func statement(_ sql: StaticString) -> PostgresStatement {
        PostgresStatement(sql, start, end, zone)
    }

    /// Joins days to ranges; those parted by less than a few days are computed together, since most of the work is the same.
    ///
    /// No range is longer than a month: the groups of so many days are counted in memory, those of a year would be sorted on disk.
    static func joining(
        _ days: [CalendarDay], gap: Int = 2, longest: Int = 31
    ) -> [ClosedRange<CalendarDay>] {
        days.sorted().reduce(into: []) { ranges, day in
            if let last = ranges.last, day.dayNumber - last.upperBound.dayNumber <= gap,
                day.dayNumber - last.lowerBound.dayNumber < longest
            {
                ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, day)
            } else {
                ranges.append(day...day)
            }
        }
    }
}

/// Reads where days begin and end in the organisation's zone.
func dayRanges(
    _ ranges: [ClosedRange<CalendarDay>], on connection: isolated PostgresConnection
) async throws -> [DayRange] {
    try await connection.query(
        """
        select first, last, first::timestamp at time zone time_zone, (last + 1)::timestamp at time zone time_zone, time_zone
        from unnest($1::date[], $2::date[]) ranges (first, last), organisation
        """, ranges.map(\.lowerBound), ranges.map(\.upperBound)
    ).decode(CalendarDay.self, CalendarDay.self, Date.self, Date.self, String.self)
        .map { DayRange(first: $0, last: $1, start: $2, end: $3, zone: $4) }
}

/// The tables that a refresh or a check works with, empty at the start of each range.
let workTables = """
    create temp table if not exists changed_cell (cut cut, value int, day date) on commit delete rows;
    create temp table if not exists noted_cell (cut cut, value int, day date) on commit delete rows;
    create temp table if not exists fresh_answer_cell (like answer_cell) on commit delete rows;
    create temp table if not exists fresh_answered_cell (like answered_cell) on commit delete rows;
    create temp table if not exists fresh_asking_cell (like asking_cell) on commit delete rows;
    create temp table if not exists fresh_skip_cell (like skip_cell) on commit delete rows;
    create temp table if not exists fresh_handling_cell (like handling_cell) on commit delete rows;
    create temp table if not exists fresh_duration_cell (like duration_cell) on commit delete rows;
    create temp table if not exists fresh_contact_cell (like contact_cell) on commit delete rows;
    create temp table if not exists fresh_window_cell (like window_cell) on commit delete rows;
    create temp table if not exists fresh_complaint_cell (like complaint_cell) on commit delete rows;
    create temp table if not exists fresh_closing_cell (like closing_cell) on commit delete rows;
    create temp table if not exists staged_answer (
        day date, resolved_day date, team_id int, portfolio_id int, agent_id int, topic_id int, channel int,
        segment_id int, outcome int, category int, language_id int, survey_channel int,
        survey_version_id int, suspect boolean, complete boolean, nps smallint, csat smallint, ces smallint,
        effort text, resolved boolean, seconds bigint, is_excluded boolean
    ) on commit delete rows;
    create temp table if not exists staged_resolution (
        day date, team_id int, portfolio_id int, agent_id int, topic_id int, channel int,
        segment_id int, outcome int, category int, language_id int, survey_channel int,
        survey_version_id int, decided decision_outcome, rule text, seconds bigint
    ) on commit delete rows;
    create temp table if not exists staged_handling (
        unit handling_unit, day date, team_id int, portfolio_id int, agent_id int, topic_id int, channel int,
        segment_id int, outcome int, talk bigint, hold bigint, wrap bigint, unlinked boolean
    ) on commit delete rows;
    create temp table if not exists judged_contact (
        day date, team_id int, portfolio_id int, agent_id int, topic_id int, channel int,
        segment_id int, outcome int, is_known boolean, started_at timestamptz, ended_at timestamptz,
        previous_end timestamptz, next_start timestamptz, previous_any_end timestamptz, next_any_start timestamptz,
        repeat_days int
    ) on commit delete rows;
    truncate changed_cell, fresh_answer_cell, fresh_answered_cell, fresh_asking_cell, fresh_skip_cell, fresh_handling_cell,
        fresh_duration_cell, fresh_contact_cell, fresh_window_cell, fresh_complaint_cell, fresh_closing_cell,
        staged_answer, staged_resolution, staged_handling, judged_contact
    """
