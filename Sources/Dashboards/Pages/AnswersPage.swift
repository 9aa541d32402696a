import Foundation
import Postgres
import Statistics
import Store

/// The answers of a month, one by one: those with a comment first, newest first.
struct AnswersPage {
    let page: DashboardPage

    /// What the page shows.
    struct Details {
        let numbers: AnswerNumbers
        let answers: [GivenAnswer]
        let counts: MeasureCounts
    }

    /// A page holds no more answers than this.
    static let most = 500

    /// Reads the page of a month such as "2026-11".
    static func read(
        month: String, _ context: PageContext, from figures: FigureSnapshot
    ) async throws -> DashboardPage {
        let days = Self.days(of: month) ?? context.today...context.today
        let start = days.lowerBound.instant(hour: 0, in: context.zone)
        let end = days.upperBound.adding(days: 1).instant(hour: 0, in: context.zone)
        let counts = try await figures.measureCounts(FigureQuery(context.scope, days, parts: .plain))
        let details = Details(
            numbers: try await figures.answerNumbers(context.scope, from: start, before: end),
            answers: try await figures.answers(context.scope, from: start, before: end, most: most),
            counts: counts.first?.counts ?? MeasureCounts())
        return AnswersPage(month: month, details, in: context).page
    }

    /// The days of a month.
    static func days(of month: String) -> ClosedRange<CalendarDay>? {
        CalendarDay(month + "-01").map { $0...$0.firstOfMonth(after: 1).adding(days: -1) }
    }

    /// Creates the page.
    init(month: String, _ details: Details, in context: PageContext) {
        let site = SitePage.answers(month: month)
        let path = context.path(site)
        let name = Self.days(of: month)?.lowerBound.monthAndYear ?? month
        let commented = details.answers.filter { $0.comment != nil || $0.isKeptBack }
        let silent = details.answers.filter { $0.comment == nil && !$0.isKeptBack }
        func entry(_ answer: GivenAnswer) -> AnswerEntry { AnswerEntry(answer, in: context, path: path) }
        let lists = [
            PageSection(
                id: "comments", "What customers wrote",
                lead: commented.isEmpty
                    ? "Nobody wrote a comment."
                    : Self.extent(commented.count, of: details.numbers.withComment, "with a comment"),
                commented.isEmpty ? [] : [AnswerList(entries: commented.map(entry))]),
            silent.isEmpty
                ? nil
                : PageSection(
                    id: "answers", "Answers without a comment",
                    lead: Self.extent(
                        silent.count, of: details.numbers.all - details.numbers.withComment, "without a comment"),
                    [AnswerEntry.table(silent.map(entry))]),
        ]
        page = DashboardPage(
            page: site, title: "Answers of \(name)", summary: Self.summary(details, name: name),
            sections: [
                Distributions.nps(details.counts, rule: context.rule),
                Distributions.csat(details.counts, rule: context.rule), Self.months(month, in: context),
            ].compactMap(\.self) + (details.answers.isEmpty ? [] : lists.compactMap(\.self)),
            figures: [], list: AnswerEntry.file(details.answers, in: context))
    }

    private static func summary(_ details: Details, name: String) -> [String] {
        let (all, shown) = (details.numbers.all, details.answers.count)
        guard all > 0 else { return ["Nobody answered in \(name)."] }
        let first =
            "\(Figures.whole(all)) \(all == 1 ? "customer" : "customers") answered in \(name), \(Figures.whole(details.numbers.withComment)) with a comment."
        return shown < all
            ? [
                first,
                "This page has \(Figures.whole(shown)) of them: those with a comment first, newest first. All are in the export "
                    + "(“hearback export responses”).",
            ] : [first]
    }

    private static func extent(_ shown: Int, of all: Int, _ what: String) -> String {
        shown < all
            ? "The newest \(Figures.whole(shown)) of \(Figures.whole(all)) \(what)."
            : "\(all == 1 ? "The one answer" : "All \(Figures.whole(all)) answers") \(what), newest first."
    }

    /// Links to the months beside this one.
    private static func months(_ month: String, in context: PageContext) -> PageSection? {
        guard context.answerMonths.count > 1 else { return nil }
        let path = context.path(.answers(month: month))
        return PageSection(
            id: "months", "Other months", lead: nil,
            [
                MonthLinks(
                    links: context.answerMonths.map { other in
                        MonthLinks.Month(
                            name: days(of: other)?.lowerBound.monthAndYear ?? other,
                            address: path.link(to: .answers(month: other)), isCurrent: other == month)
                    })
            ])
    }
}

/// Links from a month's answers to those of other months, newest first.
struct MonthLinks: Drawing {
    /// One month.
    struct Month {
        let name: String
        /// The address of its answers, relative to the page.
        let address: String
        /// Whether it is the page itself.
        let isCurrent: Bool
    }

    let links: [Month]

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<ul class=\"months\">\n")
        for link in links {
            writer.raw("<li><a href=\"")
            writer.text(link.address)
            writer.raw(link.isCurrent ? "\" aria-current=\"page\">" : "\">")
            writer.text(link.name)
            writer.raw("</a></li>\n")
        }
        writer.raw("</ul>\n")
    }
}
