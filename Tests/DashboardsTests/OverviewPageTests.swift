import Foundation
import Postgres
import Statistics
import Testing

@testable import Dashboards
@testable import Store

@Suite struct OverviewPageTests {
    /// The weeks of a context whose first known day is today: five, of which the last has only begun.
    private let context: PageContext

    init() throws { context = try TestContext.make(firstDay: TestContext.today) }

    private func page(
        weeks: [Int], total: Int? = nil, previous: MeasureCounts = MeasureCounts(),
        instruments: [CESInstrument] = [.effort], in other: PageContext? = nil
    ) -> DashboardPage {
        let context = other ?? context
        let counts = TestContext.series(
            weeks: weeks.map { TestContext.counts($0, instruments: instruments) },
            total: TestContext.counts(total ?? weeks.reduce(0, +), instruments: instruments), previous: previous,
            in: context)
        return OverviewPage(counts, in: context).page
    }

    private func section(_ kind: MeasureKind, weeks: [Int]) throws -> ChartXML {
        let section = try #require(page(weeks: weeks).sections.first { $0.id == kind.id })
        return try ChartXML(section.markup)
    }

    @Test func aPageIsCompleteInItself() throws {
        let html = TestContext.html(page(weeks: [40, 50, 60]), in: context)
        #expect(html.contains("<style>\(DashboardPages.style)</style>"))
        for forbidden in ["<script", " style=", "http:", "https:", "src=", "@import"] {
            let isThere = html.contains(forbidden)
            #expect(!isThere, "\(forbidden)")
        }
        #expect(html.matches(of: /url\([^#]/).isEmpty)
        #expect(html.contains("23\u{A0}Nov\u{A0}2026, 09:14 New York"))
        #expect(html.contains("27\u{A0}Oct – 23\u{A0}Nov\u{A0}2026"))
        #expect(html.contains("href=\"index.csv\""))
    }

    @Test func aFigureStandsWithItsIntervalAndItsN() throws {
        let tile = try #require(page(weeks: [400]).tiles.dropFirst().first).markup
        // 200 of 400, Wilson: 45.1 to 54.9.
        #expect(tile.contains("<span>50 <small>%</small></span>"))
        #expect(tile.contains("45\u{202F}% to 55\u{202F}%"))
        #expect(tile.contains("400 answers"))
        #expect(!tile.contains("tile few"))
        #expect(page(weeks: [29]).tiles.dropLast().allSatisfy { $0.markup.contains("tile few") })
    }

    @Test func fewerThanFiveAnswersAreWithheldWithEverythingThatWouldGiveThemAway() throws {
        let page = page(weeks: [2])
        #expect(page.tiles.allSatisfy { $0.markup.contains("Not enough data") })
        #expect(page.tiles.count { $0.markup.contains("2 answers, 5 needed") } == 4)
        #expect(page.summary.contains { $0.contains("CSAT (2 answers, 5 needed)") })
        let isDrawn = TestContext.html(page, in: context).contains("<circle")
        #expect(!isDrawn)
        #expect(page.sections.allSatisfy { !$0.markup.contains("<details>") || $0.markup.contains("withheld") })
        let rows = TestContext.csv(page, in: context)
        #expect(rows.contains("csat,all,,2026-10-27,2026-11-23,,,,2,,"))
        // Numbers of complaints and of pending contacts are no opinion, and six resolutions are enough; of everything else n alone
        // is told.
        let told = rows.filter {
            !$0.hasPrefix("complaints-received,") && !$0.hasPrefix("invitation-rate,") && !$0.contains("-pending,")
        }
        #expect(told.count > 40 && told.allSatisfy { $0.contains(/,,,,[0-4],,$/) })
    }

    @Test func someAnswersAreShownWithoutColour() throws {
        let xml = try section(.csat, weeks: [5, 29, 30, 29, 40])
        #expect(xml.all("circle", in: "few").count == 3)
        #expect(xml.all("circle", in: "full").count == 1)
        #expect(xml.all("circle", in: "open").count == 1)
        #expect(xml.all("p").contains { $0.text == "Grey point: few answers." })
        #expect(xml.all("p").contains { $0.text.hasPrefix("Hollow point") })
    }

    @Test func aWithheldWeekIsAGapInTheChartAndAWordInTheTable() throws {
        let xml = try section(.nps, weeks: [40, 3, 40, 40, 40])
        #expect(xml.all("p").contains { $0.text.hasPrefix("Gap") })
        let cells = xml.all("td").map(\.text)
        #expect(Array(cells[6..<12]) == ["withheld", "", "", "3", "", ""])
    }

    @Test func theTableHasEveryWeekAndTheTotal() throws {
        let xml = try section(.fcrStated, weeks: [40, 0, 60, 0, 20])
        let rows = stride(from: 0, to: 36, by: 6).map { Array(xml.all("td").map(\.text)[$0..<$0 + 6]) }
        #expect(
            rows.map(\.[0]) == ["50", "no data", "50", "no data", "50", "50"].map { $0 == "50" ? "50\u{202F}%" : $0 })
        #expect(rows.map(\.[3]) == ["40", "0", "60", "0", "20", "120"])
        #expect(rows[5].suffix(3) == ["120", "60", "120"])
        let headers = xml.all("th").filter { $0.attributes["scope"] == "row" }
        #expect(headers.count == 6 && xml.all("small").map(\.text) == ["unfinished"])
    }

    @Test func withoutDataEverySectionSaysWhatToDo() throws {
        let page = page(weeks: [])
        #expect(page.summary.map { $0.hasPrefix("There is no data") } == [true])
        #expect(page.tiles.allSatisfy { $0.markup.contains("No data") })
        #expect(page.sections.count == 7 && page.sections.allSatisfy { $0.markup.contains("class=\"empty\"") })
        #expect(TestContext.html(page, in: context).hasSuffix("</html>\n"))
    }

    @Test func aPeriodWithoutAWeekThatCanBeShownSaysSo() throws {
        let markup = try #require(page(weeks: [4, 4, 4], total: 40).sections.first).markup
        #expect(markup.contains("No week has the 5 answers a point needs."))
    }

    @Test func everyScaleThatWasAnsweredHasItsOwnTileAndSection() throws {
        let page = page(weeks: [40, 40], instruments: [.effort, .ease])
        #expect(page.tiles.count == 8)
        let sections = page.sections.map(\.id)
        #expect(sections.contains("ces-effort-5") && sections.contains("ces-ease-7"))
        #expect(sections.contains("ces-effort-5-answers") && sections.contains("ces-ease-7-answers"))
    }

    @Test func aChangeIsNamedOnlyIfChanceAloneWouldHardlyMakeIt() throws {
        let better = page(weeks: [400], previous: TestContext.counts(400, good: 0.3)).summary
        #expect(better.contains { $0.hasPrefix("CSAT rose from 30\u{202F}% to 50\u{202F}%, for the better") })
        #expect(better.contains { $0.hasPrefix("CES fell from 3.4 to 3.0, for the better") })
        let same = page(weeks: [400], previous: TestContext.counts(400, good: 0.48)).summary
        #expect(same == ["No detectable change from the 28 days before in any measure."])
    }

    @Test func hostileNamesStayTexts() throws {
        let hostile = "\"\u{301}><script>alert(1)</script>"
        let context = try TestContext.make(
            scope: .team(1), scopeName: hostile, organisation: hostile,
            surveys: [SurveyMark(day: TestContext.today, label: hostile)])
        let html = TestContext.html(page(weeks: Array(repeating: 40, count: 53), in: context), in: context)
        #expect(!html.contains("<script"))
        #expect(!html.unicodeScalars.contains("\"\u{301}".unicodeScalars))
        #expect(html.contains("&lt;script&gt;"))
    }

    @Test func identifiersAreUniqueAndEveryLinkInsideThePageLeadsSomewhere() throws {
        let page = page(weeks: [40, 3, 60, 60], instruments: [.effort, .ease])
        let html = TestContext.html(page, in: context)
        let identifiers = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(identifiers).count == identifiers.count)
        let links = html.matches(of: /href="#([^"]+)"/).map { String($0.1) }
        #expect(links.count == page.tiles.count + 1)
        #expect(links.allSatisfy(identifiers.contains))
    }

    @Test func theFileHasEveryMeasureOfBothPeriodsAndTheTilesByWeek() throws {
        let page = page(weeks: [40, 30, 60, 50, 10], previous: TestContext.counts(90))
        let all = MeasureKind.all(instruments: [.effort]).count
        let tiles = MeasureKind.headline(instruments: [.effort]).count
        let rows = TestContext.csv(page, in: context)
        // Besides them every point of the three scales, and what is pending in each window.
        #expect(rows.count == 2 * all + 5 * tiles + (11 + 5 + 5) + (1 + 2 * WindowCounts.days.count))
        #expect(rows.count { $0.hasPrefix("csat,all,,") } == 7)
        let previous = rows.first { $0.hasPrefix("csat,all,,2026-09-29,2026-10-26,0.5,") }
        #expect(previous?.hasSuffix(",90,45,90") == true)
        let lastWeek = rows.first { $0.hasPrefix("csat,all,,2026-11-23,2026-11-23,0.5,") }
        #expect(lastWeek?.hasSuffix(",10,5,10") == true)
    }

    @Test func theSameInputGivesTheSameBytes() throws {
        func html() -> String {
            TestContext.html(page(weeks: [40, 3, 60, 60], instruments: [.effort, .ease]), in: context)
        }
        let first = html()
        for _ in 0..<5 { #expect(html() == first) }
    }
}
