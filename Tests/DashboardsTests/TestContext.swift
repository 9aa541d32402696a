import Foundation
import Postgres
import Statistics
import Testing

@testable import Dashboards
@testable import Store

/// What pages are made from in tests: a context with everything set, counts of some size, and pages as they are written.
enum TestContext {
    /// Monday, 23 November 2026: the tests' present day.
    static let today = day(2026, 11, 23)

    /// A context of the last 28 days of an organisation in New York, but for what a test says otherwise.
    static func make(
        period: SitePeriod? = nil, today: CalendarDay = TestContext.today, scope: FigureScope = .everything,
        scopeName: String? = nil, organisation: String = "Meridian", zone: String = "America/New_York",
        asOf: Date = Date(timeIntervalSince1970: 1_795_443_240), periods: [SitePeriod]? = nil,
        answerMonths: [String] = [], expiry: Int = 14, firstDay: CalendarDay? = nil, surveys: [SurveyMark] = []
    ) throws -> PageContext {
        let first = firstDay ?? today.adding(days: -364)
        let all = periods ?? SitePeriod.all(known: first...max(first, today), today: today)
        return PageContext(
            organisation: Organisation(name: organisation, timeZone: zone),
            zone: try #require(TimeZone(identifier: zone)), asOf: asOf, today: today, scope: scope,
            scopeName: scopeName, periods: all, answerMonths: answerMonths, expiry: expiry, firstDay: first,
            surveys: surveys, repeatDays: 7, period: period ?? SitePeriod(last: 28, until: today))
    }

    /// A day of the calendar.
    static func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDay {
        guard let found = CalendarDay(year: year, month: month, day: day) else { fatalError("there is no such day") }
        return found
    }

    /// Counts in which every measure has something to show, each from about `n` answers or contacts.
    ///
    /// - Parameter good: The share of answers and contacts that are good ones.
    static func counts(_ n: Int, good: Double = 0.5, instruments: [CESInstrument] = [.effort]) -> MeasureCounts {
        var counts = MeasureCounts()
        guard n > 0 else { return counts }
        let (yes, no) = (Int((Double(n) * good).rounded()), n - Int((Double(n) * good).rounded()))
        counts.scores = [
            "nps": scores([10: yes, 3: no]), "csat": scores([5: yes, 2: no]), "resolved": scores([1: yes, 0: no]),
            "complete": scores([1: n]),
        ]
        for instrument in instruments {
            let isEffort = instrument.direction == .lowerIsBetter
            counts.scores[instrument.cellName] = scores([(isEffort ? 2 : 4): yes, (isEffort ? 4 : 2): no])
        }
        let times = SumCounts(n: n, sum: 285 * n, squares: 285 * 285 * n)
        counts.asking = AskingCounts(
            resolutions: 3 * n, waiting: 0, invited: 2 * n, skipped: ["asked-recently": n], answered: n, complete: n,
            invitedTimes: times, answeredTimes: times)
        counts.legs = handling(n)
        counts.wholeContacts = counts.legs
        counts.contacts = ContactCounts(
            all: n + 1, known: n, closed: n, closedResolved: yes, first: n, firstResolved: yes, pending: 1, combined: n,
            combinedResolved: yes)
        counts.windows = WindowCounts.days.map { _ in
            WindowCounts(
                first: n, firstResolved: yes, pending: 1, closed: n, closedResolved: yes, anyTopic: n,
                anyTopicResolved: yes, anyTopicPending: 1)
        }
        counts.complaints = ComplaintCounts(
            received: n, linked: n, closings: n, reopened: no, minutes: 1440 * n, squares: 1440 * 1440 * n,
            buckets: buckets([1440: n]))
        return counts
    }

    /// Handle times of 270 and 300 seconds in turn.
    private static func handling(_ n: Int) -> HandlingCounts {
        let (long, short) = ((n + 1) / 2, n / 2)
        func sum(_ low: Int, _ high: Int) -> Int { low * short + high * long }
        return HandlingCounts(
            handled: n, talk: sum(200, 220), hold: 20 * n, wrap: sum(50, 60), squares: sum(270 * 270, 300 * 300),
            talkSquares: sum(200 * 200, 220 * 220), holdSquares: 400 * n, wrapSquares: sum(2500, 3600), short: 0,
            unlinked: 0, buckets: buckets([270: short, 300: long]))
    }

    private static func buckets(_ durations: [Int: Int]) -> [Int: Int] {
        Dictionary(
            uniqueKeysWithValues: durations.filter { $0.value > 0 }.map { (DurationHistogram.bucket(of: $0), $1) })
    }

    private static func scores(_ given: [Int: Int]) -> [Int] { (0...10).map { given[$0] ?? 0 } }

    /// The counts of a page's weeks, in their order from the first that trends show, with those of both periods.
    static func series(
        weeks: [MeasureCounts], total: MeasureCounts, previous: MeasureCounts = MeasureCounts(), in context: PageContext
    ) -> SeriesCounts {
        let starts = PeriodCut.week.starts(in: context.trendDays)
        return SeriesCounts(
            total: total, previous: previous, weeks: Dictionary(uniqueKeysWithValues: zip(starts, weeks)))
    }

    /// The page as a browser gets it.
    static func html(_ page: DashboardPage, in context: PageContext) -> String {
        String(decoding: DashboardPages.write(page, in: context).html, as: UTF8.self)
    }

    /// The rows of the page's file for other programs, without the heading.
    static func csv(_ page: DashboardPage, in context: PageContext) -> [String] {
        String(decoding: DashboardPages.write(page, in: context).csv, as: UTF8.self)
            .split(separator: "\r\n").dropFirst().map(String.init)
    }
}
