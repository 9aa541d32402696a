import Foundation
import Postgres
import Statistics
import TestSupport
import Testing

@testable import Dashboards

@Suite struct OverviewPageTests {
    private static let kinds: [MeasureKind] = [
        .nps, .csat, .ces(.effort), .ces(.ease), .fcrStated, .fcrObserved(days: 7), .aht, .responseRate,
    ]

    private let asOf = Date(timeIntervalSince1970: 1_795_443_240)

    /// Weeks of 2026 with these numbers of answers, of which the last is unfinished.
    private func series(_ kind: MeasureKind, n: [Int], total: Int? = nil, value: Double = 0.5, cut: TrendCut = .week)
        throws -> MeasureSeries
    {
        func estimate(_ n: Int) -> Estimate? {
            let value = kind == .aht ? 285 : kind.scaleFamily.hasPrefix("ces") ? 2.5 : value
            let width = value / Double(n + 2)
            return n == 0
                ? nil
                : Estimate(
                    point: value, lower: value - width, upper: value + width, n: n, numerator: 7_000 + n,
                    denominator: 9_000 + n)
        }
        let weeks = try n.enumerated().map { index, count in
            MeasurePoint(
                start: try #require(CalendarDay(year: 2026, month: 1 + index / 4, day: 1 + 7 * (index % 4))),
                estimate: estimate(count), isFinished: index < n.count - 1)
        }
        return MeasureSeries(kind: kind, cut: cut, total: estimate(total ?? n.reduce(0, +)), points: weeks)
    }

    private func page(_ series: [MeasureSeries], organisation: String = "Meridian") throws -> String {
        let first = try #require(CalendarDay(year: 2026, month: 1, day: 1))
        let last = try #require(CalendarDay(year: 2026, month: 2, day: 28))
        return try DashboardPages(organisation: organisation).overview(
            series, period: first...last, asOf: asOf,
            in: #require(TimeZone(identifier: "America/New_York")),
            csvAddress: "measures.csv",
            navigation: [NavigationLink(name: "Teams", address: "teams.html", isCurrent: false)])
    }

    private func model(_ series: [MeasureSeries], rule: SufficiencyRule = .standard) -> OverviewPage {
        let links = ["a", "b"].map { NavigationLink(name: $0, address: $0, isCurrent: $0 == "a") }
        let frame = DashboardFrame(
            title: "x", organisation: "x", period: "x", asOf: "x", navigation: links, csvAddress: "x")
        return OverviewPage(series, frame: frame, rule: rule)
    }

    @Test func everyTagIsKnownToItsModel() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Dashboards/Templates").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".mustache")
        }
        let sources = DashboardPages.templates.mapValues { String(decoding: $0, as: UTF8.self) }
        #expect(Set(files) == Set(sources.keys.map { $0 + ".mustache" }))
        let models = try [
            model(Self.kinds.map { try series($0, n: [40, 10, 0, 3, 60]) }),
            model(Self.kinds.map { try series($0, n: [3]) }),
            model(Self.kinds.map { try series($0, n: [6, 6]) }),
        ]
        #expect(TemplateTags(sources).faults(of: "overview", with: models) == [])
    }

    @Test func aPageIsCompleteInItself() throws {
        let page = try page(Self.kinds.map { try series($0, n: [40, 50, 60]) })
        #expect(page.contains("<style>\(DashboardPages.style)</style>"))
        for forbidden in ["<script", " style=", "http:", "https:", "src=", "url(", "@import"] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
        #expect(page.contains("23\u{A0}Nov\u{A0}2026, 09:14 New York"))
        #expect(page.contains("1\u{A0}Jan – 28\u{A0}Feb\u{A0}2026"))
        #expect(page.contains("href=\"measures.csv\""))
    }

    @Test func aFigureStandsWithItsIntervalAndItsN() throws {
        let tile = try #require(model([series(.csat, n: [400])]).tiles.first)
        #expect(tile.figure?.parts == [Figures.Part(number: "50", unit: "%")])
        #expect(tile.figure?.interval == "50\u{202F}% to 50\u{202F}%")
        #expect(tile.count == "400 answers")
        #expect(tile.figure?.isFew == false)
    }

    @Test func fewerThanFiveAnswersAreWithheldWithEverythingThatWouldGiveThemAway() throws {
        let model = try model([series(.csat, n: [4, 0])])
        #expect(model.tiles.first?.withheld == "Not enough data")
        #expect(model.tiles.first?.count == "4 answers, 5 needed")
        #expect(model.summary.contains("CSAT (4 answers, 5 needed)"))
        let page = try page([series(.csat, n: [4, 0])])
        #expect(!page.contains("7\u{202F}004"))
        #expect(!page.contains("<circle"))
        #expect(page.contains("withheld"))
    }

    @Test func someAnswersAreShownWithoutColour() throws {
        let model = try model([series(.csat, n: [5, 29, 30, 40])])
        let chart = try #require(model.sections.first?.trend)
        let xml = try ChartXML(chart.chart)
        #expect(xml.all("circle", in: "few").count == 2)
        #expect(xml.all("circle", in: "full").count == 1)
        #expect(xml.all("circle", in: "open").count == 1)
        #expect(try self.model([series(.csat, n: [29])]).tiles.first?.figure?.isFew == true)
    }

    @Test func aWithheldWeekIsAGapInTheChartAndAWordInTheTable() throws {
        let section = try #require(model([series(.nps, n: [40, 3, 40, 40])]).sections.first)
        #expect(section.trend?.notes.contains { $0.hasPrefix("Gap") } == true)
        let row = try #require(section.table?.rows[1])
        #expect(row.cells == ["withheld", "", "", "3", "", ""])
    }

    @Test func theTableHasEveryWeekAndTheTotal() throws {
        let table = try #require(model([series(.fcrStated, n: [40, 0, 60])]).sections.first?.table)
        #expect(table.rows.map(\.cells.first) == ["50\u{202F}%", "no data", "50\u{202F}%"])
        #expect(table.rows.map(\.mark) == [nil, nil, "unfinished"])
        #expect(table.rows[0].cells.suffix(3) == ["40", "7\u{202F}040", "9\u{202F}040"])
        #expect(table.total.cells[3] == "100")
        #expect(table.columns.count == table.total.cells.count)
    }

    @Test func withoutDataEverySectionSaysWhatToDo() throws {
        let model = try model(Self.kinds.map { try series($0, n: [0, 0]) })
        #expect(model.summary.hasPrefix("There is no data"))
        #expect(model.sections.allSatisfy { $0.trend == nil && $0.table == nil && $0.whenEmpty?.isEmpty == false })
        #expect(model.tiles.allSatisfy { $0.withheld == "No data" })
    }

    @Test func noMeasuresAndNoWeeksStillMakeAPage() throws {
        #expect(try page([]).hasSuffix("</html>\n"))
        #expect(try page([series(.csat, n: [], total: 40)]).contains("No week has the 5 answers a point needs."))
    }

    @Test func monthsAreNamedAsMonths() throws {
        let section = try #require(model([series(.csat, n: [40, 0, 0, 0, 40, 40], cut: .month)]).sections.first)
        #expect(section.trend?.chartTitle.hasPrefix("CSAT by month") == true)
        #expect(section.table?.heading == "Month")
        #expect(section.table?.rows.map(\.header).last == "Feb\u{A0}2026")
        #expect(section.table?.total.header == "All months")
        let tips = try ChartXML(section.trend?.chart ?? "").all("title").map(\.text)
        #expect(tips.last?.hasSuffix("40 answers in Feb\u{A0}2026, not finished") == true)
    }

    @Test func bothKindsOfFirstContactResolutionShareAScale() throws {
        let low = try series(.fcrStated, n: [800, 800], value: 0.3)
        let high = try series(.fcrObserved(days: 7), n: [4_000, 4_000], value: 0.8)
        let sections = model([low, high]).sections
        let labels = try sections.map { section in
            try ChartXML(section.trend?.chart ?? "").all("text").filter { $0.attributes["x"] == "46" }.map(\.text)
        }
        #expect(labels[0] == labels[1])
        #expect(labels[0].first == "20\u{202F}%" && labels[0].contains("80\u{202F}%"))
    }

    @Test func hostileNamesStayTexts() throws {
        let page = try page([], organisation: "\"\u{301}><script>alert(1)</script>")
        #expect(!page.contains("<script"))
        #expect(!page.unicodeScalars.contains("\"\u{301}".unicodeScalars))
        #expect(page.contains("&lt;script&gt;"))
    }

    @Test func identifiersAreUniqueAndEveryLinkInsideThePageLeadsSomewhere() throws {
        let page = try page(Self.kinds.map { try series($0, n: [40, 3, 60]) })
        let identifiers = page.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(identifiers).count == identifiers.count)
        let links = page.matches(of: /href="#([^"]+)"/).map { String($0.1) }
        #expect(links.count == Self.kinds.count + 1)
        #expect(links.allSatisfy(identifiers.contains))
    }

    @Test func theSameInputGivesTheSameBytes() throws {
        let all = try Self.kinds.map { try series($0, n: [40, 3, 60]) }
        let first = try page(all)
        for _ in 0..<5 { #expect(try page(all) == first) }
    }
}
