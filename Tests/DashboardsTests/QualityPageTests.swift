import Postgres
import Statistics
import Testing

@testable import Dashboards
@testable import Store

@Suite struct QualityPageTests {
    /// - Parameter missing: What is not recorded, by dimension.
    private func page(
        _ total: MeasureCounts, missing: [(MeasureDimension, MeasureCounts)] = [], newest: NewestDays? = nil,
        in context: PageContext
    ) -> DashboardPage {
        let dimensions = missing.map { dimension, counts in
            FigureReport(
                query: FigureQuery(context.scope, by: dimension, context.period.days, values: [0]),
                rows: [MeasureRow(start: context.period.days.lowerBound, value: 0, counts: counts)], names: [:])
        }
        let fresh = NewestDays(interactions: context.today, answers: context.today, complaints: context.today)
        return QualityPage(
            QualityPage.Details(total: total, dimensions: dimensions, newest: newest ?? fresh), in: context
        ).page
    }

    private func rows(_ page: DashboardPage, _ section: String) throws -> [String: [String]] {
        let table = try #require(page.sections.first { $0.id == section }?.drawings.first as? FigureTable)
        return Dictionary(
            uniqueKeysWithValues: table.rows.map { row in
                (
                    row.header.text,
                    row.cells.compactMap { if case .text(let text) = $0 { text } else { nil } }
                )
            })
    }

    @Test func whatIsRecordedIsAllLessWhatIsNot() throws {
        let context = try TestContext.make()
        var total = TestContext.counts(200)
        total.legs.unlinked = 10
        total.complaints.linked = 150
        var missing = MeasureCounts()
        missing.legs.handled = 50
        missing.asking.invited = 40
        let page = page(total, missing: [(.agent, missing), (.topic, MeasureCounts())], in: context)
        let rows = try rows(page, "coverage")
        #expect(rows["Handled interactions with an agent"]?.suffix(2) == ["150", "200"])
        #expect(rows["Handled interactions with a topic"]?.first == "100\u{202F}%")
        #expect(rows["Invitations without an agent"]?.suffix(2) == ["40", "400"])
        #expect(rows["Complaints with an interaction"]?.suffix(2) == ["150", "200"])
        #expect(rows["Interactions that name an unknown complaint"]?.suffix(2) == ["10", "200"])
        #expect(rows["Inbound contacts whose customer is known"]?.suffix(2) == ["200", "201"])
        #expect(page.summary.contains("Handled interactions with an agent: 75\u{202F}%."))
        #expect(page.summary.contains("Invitations without an agent: 10\u{202F}%."))
        #expect(!page.summary.joined().contains("topic") && !page.summary.joined().contains("unknown complaint"))
        let file = TestContext.csv(page, in: context)
        #expect(file.contains { $0.hasPrefix("agent-recorded,all,,") && $0.hasSuffix(",200,150,200") })
    }

    @Test func aShareOfFourIsWithheld() throws {
        let context = try TestContext.make()
        var total = MeasureCounts()
        total.complaints = ComplaintCounts(received: 4, linked: 1)
        let page = page(total, in: context)
        #expect(try rows(page, "coverage")["Complaints with an interaction"] == ["withheld", "", "", "", "4"])
        #expect(page.summary == ["Nothing needs a look: at least 95\u{202F}% of what should be recorded is."])
    }

    @Test func scoresAreCountedBothWays() throws {
        let context = try TestContext.make()
        var total = TestContext.counts(100, good: 0.6)
        total.suspectScores = [
            "nps": [0, 0, 0, 40, 0, 0, 0, 0, 0, 0, 0], "csat": [0, 0, 40, 0, 0, 0, 0, 0, 0, 0, 0],
            "complete": [0, 40, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ]
        let page = page(total, in: context)
        let rows = try rows(page, "suspects")
        let nps = try #require(rows["NPS"])
        #expect(nps[0] == "+20" && nps[2] == "100")
        #expect(nps[3] == "+100" && nps[5] == "60")
        #expect(rows["FCR stated"]?[2] == "100" && rows["FCR stated"]?[5] == "100")
        #expect(page.sections.last?.lead?.hasPrefix("Suspect: 40 of 100 answers (40\u{202F}%, interval ") == true)
        let file = TestContext.csv(page, in: context)
        #expect(file.contains { $0.hasPrefix("nps-without-suspects,all,,") && $0.contains(",1.0,") })
    }

    @Test func oldDataAreMissedOnlyWhereThePeriodReachesToToday() throws {
        let context = try TestContext.make()
        let old = NewestDays(interactions: context.today.adding(days: -9), answers: nil, complaints: nil)
        let page = page(TestContext.counts(100), newest: old, in: context)
        #expect(page.summary.first == "The newest interactions are 9 days old: see whether an import is missing.")
        #expect(try rows(page, "freshness")["Answers"] == ["none yet", "–"])
        #expect(try rows(page, "freshness")["Interactions"]?.last == "9")
        let october = try #require(context.periods.first { $0.id == "2026-10" })
        var past = context
        past.period = october
        let before = self.page(TestContext.counts(100), newest: old, in: past)
        #expect(!before.sections.contains { $0.id == "freshness" } && !before.summary.joined().contains("days old"))
    }

    @Test func withoutDataThePageSaysWhatToDo() throws {
        let context = try TestContext.make()
        let page = page(
            MeasureCounts(), newest: NewestDays(interactions: nil, answers: nil, complaints: nil), in: context)
        #expect(page.summary.count == 1 && page.summary[0].hasPrefix("There is no data"))
        _ = try ChartXML(page.sections.map(\.markup).joined())
        #expect(TestContext.html(page, in: context).contains("There are no answers in this period."))
    }
}
