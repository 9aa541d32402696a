import Foundation
import Postgres
import Statistics
import Store

/// What every page of a site knows: whose figures, of which period, as of when, and where other pages are.
struct PageContext: Sendable {
    let organisation: Organisation
    let zone: TimeZone
    /// When the figures were last changed.
    let asOf: Date
    /// The organisation's day, which is not over yet.
    let today: CalendarDay
    /// Whose figures, and their name; nil for everything.
    let scope: FigureScope
    let scopeName: String?
    /// Whether readers are signed in, so that pages lead to their account.
    var isServed = false
    /// Every period of the site.
    let periods: [SitePeriod]
    /// The months that have a page of answers, newest first.
    let answerMonths: [String]
    /// How many days an invitation can be answered at the most.
    let expiry: Int
    /// The first day of which anything is known.
    let firstDay: CalendarDay
    /// The publication of each survey version, oldest first.
    let surveys: [SurveyMark]
    /// The longest window of days within which a repeat breaks a resolution.
    let repeatDays: Int
    /// From how many answers or contacts a figure is shown.
    var rule: SufficiencyRule { organisation.rule }
    /// The page's period.
    var period: SitePeriod

    /// What the frame of every page says; another one makes all pages be made anew.
    var frame: String {
        let look = contentHash(
            Array((organisation.appearance.style + (organisation.appearance.logo?.address ?? "")).utf8))
        let organisation = "\(organisation.name) \(organisation.timeZone) \(rule) \(look)"
        let text = "\(scope) \(isServed) \(scopeName ?? "") \(organisation) \(periods.map(\.id)) \(answerMonths)"
        return contentHash(Array(text.utf8))
    }

    /// The path of a page of this period.
    func path(_ page: SitePage) -> SitePath { SitePath(page: page, period: period.id) }

    /// The weeks that trends show: the year that ends with the period, as far as anything is known.
    var trendDays: ClosedRange<CalendarDay> {
        let end = min(period.days.upperBound, max(today, period.days.lowerBound))
        let year = PeriodCut.week.start(of: end.adding(days: -364))
        let start = max(year, PeriodCut.week.start(of: min(firstDay, period.days.lowerBound)))
        return min(start, end)...end
    }
}

/// Some names, the first few of many.
private func list(_ names: [String]) -> String {
    let shown = names.count > 4 ? 3 : names.count
    let more = names.count > shown ? [" and \(names.count - shown) more"] : []
    return names.prefix(shown).joined(separator: ", ") + more.joined()
}

extension Organisation {
    /// From how many answers or contacts a figure is shown.
    public var rule: SufficiencyRule { SufficiencyRule(shownFrom: shownFrom, fullFrom: fullFrom) ?? .standard }
}

/// A survey version and the day it was published.
struct SurveyMark: Sendable, Hashable {
    let day: CalendarDay
    let label: String
}

/// A page as it is written: for people, and its figures for other programs.
struct WrittenPage: Sendable {
    let path: SitePath
    let html: [UInt8]
    let csv: [UInt8]
}

extension PageContext {
    /// The contexts of every period of a site.
    static func all(
        _ scope: FigureScope, isServed: Bool = false, now: Date, from figures: FigureSnapshot
    ) async throws -> [PageContext] {
        let organisation = try await figures.organisation()
        let zone = TimeZone(identifier: organisation.timeZone) ?? .gmt
        let today = CalendarDay(now, in: zone)
        let known = try await figures.knownDays()
        let periods = SitePeriod.all(known: known, today: today)
        let names = try await figures.names(of: scope.dimension)
        let scopeNames = scope.values.map { names[$0] ?? "not recorded" }.sorted()
        let surveys = try await figures.surveyPublications().map { publication in
            SurveyMark(day: CalendarDay(publication.at, in: zone), label: "\(publication.name) \(publication.number)")
        }
        let first = PageContext(
            organisation: organisation, zone: zone, asOf: try await figures.cellState().refreshedAt, today: today,
            scope: scope, scopeName: scope == .everything ? nil : list(scopeNames), isServed: isServed,
            periods: periods,
            answerMonths: try await figures.answerMonths(scope), expiry: try await figures.longestExpiry(),
            firstDay: min(known?.lowerBound ?? today, today), surveys: surveys,
            repeatDays: try await figures.longestRepeatDays(), period: periods[0])
        return periods.map { period in
            var context = first
            context.period = period
            return context
        }
    }
}
