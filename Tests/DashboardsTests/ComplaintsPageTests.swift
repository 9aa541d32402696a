import Postgres
import Statistics
import Testing

@testable import Dashboards
@testable import Store

@Suite struct ComplaintsPageTests {
    private func report(
        _ dimension: MeasureDimension, _ values: [(id: Int32, counts: MeasureCounts)], names: [Int32: String] = [:],
        in context: PageContext
    ) -> FigureReport {
        FigureReport(
            query: FigureQuery(context.scope, by: dimension, context.period.days),
            rows: values.map { MeasureRow(start: context.period.days.lowerBound, value: $0.id, counts: $0.counts) },
            names: names)
    }

    private func page(
        _ total: MeasureCounts, open: [(received: CalendarDay, complaints: Int)] = [], categories: FigureReport? = nil,
        groups: [FigureReport] = [], in context: PageContext
    ) -> DashboardPage {
        ComplaintsPage(
            TestContext.series(weeks: [], total: total, in: context),
            ComplaintsPage.Details(
                open: OpenComplaints(open, at: context.today), categories: categories, groups: groups),
            in: context
        ).page
    }

    @Test func openComplaintsAreSortedIntoAgesAtTheirEdges() {
        let today = TestContext.today
        let edges = [0, 7, 8, 14, 15, 30, 31, 60, 61, 90, 91, 400]
        let open = OpenComplaints(edges.map { (received: today.adding(days: -$0), complaints: 1) }, at: today)
        #expect(open.ages.map(\.complaints) == [2, 2, 2, 2, 2, 2])
        #expect(open.count == edges.count)
        #expect(open.oldest == today.adding(days: -400))
        #expect(open.sentence.contains("(400 days). 2 for more than 90 days."))
    }

    @Test func openComplaintsStandInTheSummaryTheTileAndTheFile() throws {
        let context = try TestContext.make()
        let page = page(
            TestContext.counts(40), open: [(received: context.today.adding(days: -93), complaints: 1)], in: context)
        #expect(page.summary.first?.hasPrefix("1 complaint was open at the end of 23\u{A0}Nov\u{A0}2026") == true)
        let html = TestContext.html(page, in: context)
        #expect(html.contains("<a href=\"#open\">Open</a>") && html.contains("id=\"open\""))
        let file = TestContext.csv(page, in: context)
        #expect(file.contains("open-complaints,age,Over 90 days,2026-11-23,2026-11-23,1,,,1,,"))
        #expect(file.contains("open-complaints,age,0 to 7 days,2026-11-23,2026-11-23,0,,,0,,"))
    }

    @Test func fewerThanFiveClosingsAreWithheldInTheTableAndTheFile() throws {
        let context = try TestContext.make()
        var few = MeasureCounts()
        few.complaints = ComplaintCounts(
            received: 9, linked: 9, closings: 4, reopened: 3, minutes: 5_761, squares: 9_000_000, buckets: [192: 4])
        let page = page(few, groups: [report(.topic, [(1, few)], names: [1: "Fees"], in: context)], in: context)
        let html = TestContext.html(page, in: context)
        #expect(html.contains("withheld, n\u{A0}4"))
        #expect(!html.contains("5\u{202F}761"))
        let file = TestContext.csv(page, in: context)
        #expect(file.contains { $0.hasPrefix("complaints-received,topic,Fees,") && $0.hasSuffix(",9,9,") })
        #expect(file.filter { $0.hasPrefix("complaints-reopened,") && $0.contains(",0.75,") }.isEmpty)
    }

    @Test func whatCustomersSayIsToldByCategoryWithEachScaleByItself() throws {
        let context = try TestContext.make()
        let categories = report(
            .category,
            [
                (1, TestContext.counts(40)), (2, TestContext.counts(60, instruments: [.ease])),
                (0, TestContext.counts(5)),
            ],
            names: [1: "Fees", 2: "<script>alert(1)</script>"], in: context)
        let page = page(TestContext.counts(105), categories: categories, in: context)
        let markup = try #require(page.sections.first { $0.id == "satisfaction" }).markup
        #expect(!markup.contains("<script"))
        let xml = try ChartXML(markup)
        #expect(xml.all("th").map(\.text).prefix(6) == ["Category", "NPS", "CSAT", "CES", "CES, ease", "FCR stated"])
        #expect(xml.all("bdi").map(\.text) == ["<script>alert(1)</script>", "Fees", "not recorded"])
    }

    @Test func withoutComplaintsThePageSaysWhatToDo() throws {
        let context = try TestContext.make()
        let page = page(MeasureCounts(), in: context)
        #expect(page.summary.count == 1 && page.summary[0].hasPrefix("No complaint was received"))
        _ = try ChartXML(page.sections.map(\.markup).joined())
    }

    @Test func aScopeThatIsNotToldApartLeavesTheSectionOut() throws {
        let context = try TestContext.make(scope: .agent(1), scopeName: "Ada")
        #expect(!context.scope.isKept(by: .category) && context.scope.isKept(by: .topic))
        let page = page(TestContext.counts(40), in: context)
        #expect(!page.sections.contains { $0.id == "satisfaction" })
    }

    @Test func theGroupsOfTheWholeAreTheWhole() throws {
        let context = try TestContext.make()
        let (first, second) = (TestContext.counts(30), TestContext.counts(50))
        let topics = report(.topic, [(1, first), (2, second)], in: context)
        let page = page(TestContext.counts(80), groups: [topics], in: context)
        let received = page.figures.filter { $0.kind == .complaintsReceived && $0.days == context.period.days }
        #expect(received.filter { $0.dimension == .topic }.map(\.n).reduce(0, +) == 80)
        #expect(received.first { $0.dimension == .all }?.n == 80)
    }
}
