import Postgres
import Store

/// A period that the site has pages for: the last days, a calendar month or a calendar quarter.
struct SitePeriod: Hashable, Sendable {
    /// Names the period in addresses, such as "last-28-days" or "2026-q3".
    let id: String
    /// Names the period for readers.
    let name: String
    /// The days, both ends included.
    let days: ClosedRange<CalendarDay>
    /// The period it is compared with.
    let previous: ClosedRange<CalendarDay>
    /// The period and the one it is compared with.
    var compared: [ClosedRange<CalendarDay>] { [days, previous] }
    /// What the previous period is called within a sentence.
    let previousName: String

    /// The period whose pages lie at the top of the site.
    static let standardID = "last-28-days"

    /// The periods of a site: the last 7, 28, 90 and 365 days up to today, then every month and quarter with facts, newest first.
    static func all(known: ClosedRange<CalendarDay>?, today: CalendarDay) -> [SitePeriod] {
        let rolling = [7, 28, 90, 365].map { SitePeriod(last: $0, until: today) }
        guard let known else { return rolling }
        let days = known.lowerBound...max(known.lowerBound, min(known.upperBound, today))
        let months = PeriodCut.month.starts(in: days).reversed().map { SitePeriod(.month, from: $0) }
        let quarters = PeriodCut.quarter.starts(in: days).reversed().map { SitePeriod(.quarter, from: $0) }
        return rolling + months + quarters
    }

    /// The last so many days, today included.
    init(last count: Int, until today: CalendarDay) {
        id = "last-\(count)-days"
        name = "Last \(count) days"
        days = today.adding(days: 1 - count)...today
        previous = today.adding(days: 1 - 2 * count)...today.adding(days: -count)
        previousName = "the \(count) days before"
    }

    /// Any days; they are compared with as many days before them.
    init(_ days: ClosedRange<CalendarDay>) {
        id = "\(days.lowerBound)--\(days.upperBound)"
        name = days.text
        self.days = days
        previous = days.lowerBound.adding(days: -days.days)...days.lowerBound.adding(days: -1)
        previousName = "the \(days.days) days before"
    }

    private init(_ cut: PeriodCut, from start: CalendarDay) {
        let end = cut.end(of: start) ?? start
        let before = cut.start(of: start.adding(days: -1))
        days = start...end
        previous = before...start.adding(days: -1)
        if cut == .month {
            id = String("\(start)".prefix(7))
            name = start.monthAndYear
            previousName = before.monthAndYear
        } else {
            id = "\(start.year)-q\((start.month + 2) / 3)"
            name = "Q\((start.month + 2) / 3)\u{A0}\(start.year)"
            previousName = "Q\((before.month + 2) / 3)\u{A0}\(before.year)"
        }
    }

    /// Whether the period is not over, or its figures may still change by themselves.
    func isOpen(today: CalendarDay, expiry: Int) -> Bool {
        days.upperBound.adding(days: max(expiry, 31) + 1) >= today
    }
}
