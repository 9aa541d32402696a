import Foundation
import Postgres
import Statistics
import Testing

@testable import Dashboards
@testable import Store

@Suite struct ComparisonPageTests {
    private typealias Value = (id: Int32, counts: MeasureCounts)

    private func page(
        _ values: [(id: Int32, counts: MeasureCounts)], previous: [(id: Int32, counts: MeasureCounts)] = [],
        weeks: [MeasureRow] = [], names: [Int32: String] = [:], by compared: ComparedDimension = .teams,
        in context: PageContext
    ) -> DashboardPage {
        func rows(_ values: [(id: Int32, counts: MeasureCounts)], _ days: ClosedRange<CalendarDay>) -> [MeasureRow] {
            values.map { MeasureRow(start: days.lowerBound, value: $0.id, counts: $0.counts) }
        }
        let known = Dictionary(uniqueKeysWithValues: values.filter { $0.id != 0 }.map { ($0.id, "Team \($0.id)") })
        return ComparisonPage(
            ComparisonPage.Counts(
                total: TestContext.counts(values.reduce(0) { $0 + $1.counts.legs.handled }),
                rows: rows(values, context.period.days), previous: rows(previous, context.period.previous),
                weeks: weeks, names: known.merging(names) { $1 }),
            by: compared, in: context
        ).page
    }

    /// The table of every figure.
    private func table(_ page: DashboardPage) throws -> FigureTable {
        let section = try #require(page.sections.first { $0.id == "side-by-side" })
        return try #require(section.drawings.first as? FigureTable)
    }

    private func content(_ page: DashboardPage) -> String { page.sections.map(\.markup).joined() }

    @Test func valuesAreSortedByInteractionsAndWhatIsNotRecordedStandsLast() throws {
        let context = try TestContext.make()
        let page = page(
            [(0, TestContext.counts(900)), (1, TestContext.counts(40)), (2, TestContext.counts(300))], in: context)
        let table = try table(page)
        #expect(table.rows.map(\.header.text) == ["Team 2", "Team 1", "Not recorded"])
        #expect(table.caption == "Most interactions first.")
        #expect(table.total?.header.text == "All")
        #expect(table.columns.count == table.rows[0].cells.count)
        #expect(table.columns.count == table.total?.cells.count)
    }

    @Test func aValueWithoutAnythingInThePeriodIsLeftOut() throws {
        var asked = MeasureCounts()
        asked.asking.resolutions = 4
        let table = try table(page([(1, TestContext.counts(40)), (2, asked)], in: TestContext.make()))
        #expect(table.rows.map(\.header.text) == ["Team 1"])
    }

    @Test(arguments: [(4, "withheld", true), (5, "60", false), (29, "59", false), (30, "60", false)])
    func fewAreWithheldOrGrey(n: Int, shown: String, isWithheld: Bool) throws {
        let cell = MeasuredCell(.csat, TestContext.counts(n, good: 0.6).estimate(.csat, days: 1), n: n, rule: .standard)
        #expect(cell.markup.contains(">\(shown)"))
        #expect(cell.markup.contains("n\u{A0}\(n)"))
        #expect(cell.markup.contains("measured few") == (5..<30).contains(n))
        #expect(cell.markup.contains("missing") == isWithheld)
        #expect(!isWithheld || !cell.markup.contains("%"))
    }

    @Test func aWithheldFigureIsNeitherOnThePageNorInItsFile() throws {
        let context = try TestContext.make()
        let page = page([(1, TestContext.counts(400)), (2, TestContext.counts(4))], in: context)
        let row = try #require(try table(page).rows.last)
        #expect(row.header.text == "Team 2")
        for cell in row.cells.dropFirst() {
            guard case .drawing(let drawing) = cell else { continue }
            // Twice as many were invited as answered.
            #expect(drawing.markup.contains("withheld") || drawing.markup.contains("n\u{A0}8"))
        }
        let figures = page.figures.filter { $0.value == 2 && $0.kind == .csat }
        #expect(!figures.isEmpty)
        #expect(figures.allSatisfy { $0.estimate == nil && $0.n == 4 })
        #expect(page.summary.first?.hasPrefix("Fewer than two teams have the 5") == true)
    }

    @Test func whatDiffersForRealIsSaidFirst() throws {
        let context = try TestContext.make()
        let alike = page([(1, TestContext.counts(200)), (2, TestContext.counts(200))], in: context)
        #expect(
            alike.summary.first?.hasPrefix("The teams cannot be told apart by CSAT (p\u{A0}=\u{A0}1.00), NPS") == true)
        #expect(!content(alike).contains("rank "))
        let different = page(
            [(1, TestContext.counts(200, good: 0.5)), (2, TestContext.counts(200, good: 0.9))], in: context)
        #expect(
            different.summary.first?.hasPrefix(
                "Teams differ in CSAT (p\u{A0}<\u{A0}0.001), NPS (p\u{A0}<\u{A0}0.001) and") == true)
        let shrunken = different.figures.filter { $0.measure == "csat-shrunken" }
        #expect(shrunken.count == 2)
        for figure in shrunken {
            let raw = try #require(
                different.figures.first {
                    $0.measure == "csat" && $0.value == figure.value && $0.days == context.period.days
                }?.estimate)
            let estimate = try #require(figure.estimate)
            #expect(abs(estimate.point - 0.7) < abs(raw.point - 0.7))
        }
        // The better team stands first though it comes second in the table.
        let plot = try #require(different.sections.first { $0.id == "csat-plot" }).markup
        let (first, second) = (plot.firstRange(of: "Team 2"), plot.firstRange(of: "Team 1"))
        #expect(try #require(first).lowerBound < #require(second).lowerBound)
    }

    @Test func whatIsNotRecordedIsNotCompared() throws {
        let page = page(
            [(0, TestContext.counts(200, good: 0.1)), (1, TestContext.counts(200))], in: try TestContext.make())
        #expect(page.summary.first == "There is one team in this period, so nothing to compare.")
        #expect(!page.sections.contains { $0.id == "csat-plot" })
    }

    @Test func aChangeIsListedOnlyIfItIsUnlikelyAmongAllThatAreTested() throws {
        let context = try TestContext.make()
        // A change with p of about 0.03: detectable alone, but not among four times twenty.
        let (now, before) = (TestContext.counts(200, good: 0.61), TestContext.counts(200, good: 0.50))
        let rest = (2...20).map { (id: Int32($0), counts: TestContext.counts(200)) }
        let many = page([(1, now)] + rest, previous: [(1, before)] + rest, in: context)
        #expect(many.summary.contains("No team has changed detectably from the 28 days before (80 comparisons)."))
        #expect(!many.sections.contains { $0.id == "changes" })
        let clear = page(
            [(1, TestContext.counts(200, good: 0.8))] + rest, previous: [(1, before)] + rest, in: context)
        let sentence = try #require(clear.summary.first { $0.hasPrefix("CSAT of") })
        #expect(
            sentence.contains(
                "Team 1\u{2069} rose from 50\u{202F}% to 80\u{202F}%, for the better (p\u{A0}<\u{A0}0.001)"))
        let changes = try #require(clear.sections.first { $0.id == "changes" })
        #expect((changes.drawings.first as? FigureTable)?.rows.count == 3)
    }

    @Test func withoutRowsThePageSaysWhatToDo() throws {
        let context = try TestContext.make()
        for compared in ComparedDimension.allCases {
            let page = page([], by: compared, in: context)
            #expect(page.sections.isEmpty)
            #expect(page.summary.first?.contains("Figures appear after") == true)
            #expect(page.page == compared.page)
            #expect(TestContext.html(page, in: context).hasSuffix("</html>\n"))
        }
        let nowhere = page([(0, TestContext.counts(50))], by: .topics, in: context)
        #expect(nowhere.summary.first?.hasPrefix("No topic is recorded") == true)
    }

    @Test func weeksOfTwelveValuesAreDrawnAndTheRestIsCounted() throws {
        let context = try TestContext.make()
        let values = (1...15).map { (id: Int32($0), counts: TestContext.counts(100 + $0)) }
        let weeks = values.flatMap { value in
            PeriodCut.week.starts(in: context.trendDays).suffix(3).map {
                MeasureRow(start: $0, value: value.id, counts: TestContext.counts(40))
            }
        }
        let page = page(values, weeks: weeks, in: context)
        let section = try #require(page.sections.first { $0.id == "csat-weeks" })
        let panels = try #require(section.drawings.first as? SmallMultiples).panels
        #expect(panels.map(\.name.text) == (4...15).reversed().map { "Team \($0)" })
        #expect(section.lead?.contains("3 are not drawn") == true)
        #expect(panels.allSatisfy { $0.points.compactMap { $0 }.count == 3 })
        #expect(page.figures.contains { $0.measure == "csat" && $0.days.days == 7 && $0.estimate != nil })
    }

    @Test func topicsHaveAShadedTableWithoutShadesForFew() throws {
        let context = try TestContext.make()
        let weeks = PeriodCut.week.starts(in: context.trendDays).suffix(4)
        let rows = zip(weeks, [3, 10, 60, 60]).map { start, n in
            MeasureRow(start: start, value: 1, counts: TestContext.counts(n, good: 0.9))
        }
        let values: [Value] = [(1, TestContext.counts(200)), (2, TestContext.counts(100))]
        let heat = try #require(
            page(values, weeks: rows, by: .topics, in: context).sections.first { $0.id == "csat-heat" })
        let table = try #require(heat.drawings.first as? HeatTable)
        #expect(table.columns.count == ValueTrends.heatWeeks)
        #expect(table.rows.allSatisfy { $0.cells.count == ValueTrends.heatWeeks })
        let drawn = heat.markup
        #expect(drawn.contains("<td class=\"few\" title=\"10 answers, few\">90\u{202F}%"))
        #expect(drawn.contains("<td class=\"heat7\" title=\"60 answers, far better\">90\u{202F}%"))
        #expect(drawn.contains("title=\"3 answers\">withheld"))
        #expect(!page(values, weeks: rows, by: .teams, in: context).sections.contains { $0.id == "csat-heat" })
    }

    @Test func theAnswersOfEveryMonthOfThePeriodAreOneStepAway() throws {
        let months = ["2026-12", "2026-11", "2026-10", "2026-09"]
        let page = page([(1, TestContext.counts(40))], in: try TestContext.make(answerMonths: months))
        #expect(
            content(page).contains(
                "<a href=\"answers/2026-11.html\">Nov\u{A0}2026</a>, <a href=\"answers/2026-10.html\">Oct\u{A0}2026</a>."
            ))
        let before = self.page([(1, TestContext.counts(40))], in: try TestContext.make(answerMonths: ["2026-09"]))
        #expect(!content(before).contains("answers/"))
    }

    @Test func channelsHaveWordsAndUnknownOnesTheirName() throws {
        let page = page(
            [(1, TestContext.counts(40)), (2, TestContext.counts(30)), (3, TestContext.counts(20))],
            names: [1: "in_person", 2: "email", 3: "pigeon"], by: .channels, in: try TestContext.make())
        #expect(try table(page).rows.map(\.header.text) == ["In person", "E-mail", "pigeon"])
    }

    @Test func hostileAndLongNamesStayTextsInAWellFormedPage() throws {
        let context = try TestContext.make()
        let names: [Int32: String] = [
            1: "فريق الاستقبال", 2: String(repeating: "Abteilung ", count: 6), 3: "<script>alert(1)</script>",
        ]
        let values = (1...3).map {
            (id: Int32($0), counts: TestContext.counts(200, good: 0.2 * Double($0)))
        }
        let before = values.map { (id: $0.id, counts: TestContext.counts(200, good: 0.95)) }
        let weeks = values.map {
            MeasureRow(start: context.trendDays.lowerBound, value: $0.id, counts: TestContext.counts(40))
        }
        for compared in ComparedDimension.allCases {
            let page = page(values, previous: before, weeks: weeks, names: names, by: compared, in: context)
            let html = TestContext.html(page, in: context)
            #expect(!html.contains("<script"))
            #expect(html.contains("<bdi>فريق الاستقبال</bdi>"))
            #expect(page.summary.contains { $0.contains("\u{2068}فريق الاستقبال\u{2069}") })
            _ = try ChartXML(page.sections.map(\.markup).joined())
            let identifiers = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
            #expect(Set(identifiers).count == identifiers.count)
        }
    }

    @Test func theFileHasEveryFigureOfTheTable() throws {
        let context = try TestContext.make()
        let page = page([(1, TestContext.counts(40)), (2, TestContext.counts(300))], in: context)
        for kind in MeasureKind.headline(instruments: [.effort]) {
            for value in [Int32(1), 2] {
                let own = page.figures.filter {
                    $0.kind == kind && $0.variant == nil && $0.value == value && $0.dimension == .team
                        && $0.days == context.period.days
                }
                #expect(own.count == 1 && own.first?.estimate != nil, "\(kind.id)")
            }
            #expect(page.figures.contains { $0.kind == kind && $0.dimension == .all })
        }
    }
}
