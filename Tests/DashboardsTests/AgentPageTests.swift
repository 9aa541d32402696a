import Foundation
import Postgres
import Statistics
import Testing

@testable import Dashboards
@testable import Store

@Suite struct AgentPageTests {
    private let agent = AgentName(id: 7, ref: "A7", name: "Ana", team: 1, teamName: "Early", isActive: true)

    private func page(
        _ counts: MeasureCounts, answers: [AgentAnswer] = [], topics: [(name: String, counts: MeasureCounts)] = [],
        in context: PageContext
    ) -> DashboardPage {
        let series = MeasureKind.headline(instruments: counts.instruments).map {
            MeasureSeries(MeasureTrend($0, [:], in: context), counts, MeasureCounts(), in: context)
        }
        return AgentPage(agent, counts, series, .init(topics: topics, answers: answers), in: context).page
    }

    private func answer(_ comment: String?, nps: Int?, resolved: Bool? = nil) -> AgentAnswer {
        AgentAnswer(
            agent: 7, answeredAt: Date(timeIntervalSince1970: 1_795_435_200), comment: comment, language: "en",
            nps: nps,
            csat: 1, ces: 5, cesPoints: 5, resolved: resolved, complaint: nil, interaction: "I-1")
    }

    @Test func handleTimeStandsWithItsPartsItsMedianAndItsShortContacts() throws {
        let context = try TestContext.make()
        let page = page(TestContext.counts(40), in: context)
        let handling = try #require(page.sections.first { $0.id == "handling" }).markup
        for row in ["AHT", "Talk", "Hold", "Median", "90th percentile", "Short"] {
            #expect(handling.localizedCaseInsensitiveContains(row), "\(row)")
        }
        let rows = TestContext.csv(page, in: context)
        for measure in ["aht-median", "aht-p90", "aht-talk", "aht-short", "contact-aht"] {
            let row = rows.first { $0.hasPrefix("\(measure),all,,2026-10-27,2026-11-23,") }
            #expect(row?.contains(",40,") == true, "\(measure)")
        }
    }

    @Test func everyPointOfEachScaleIsInTheFileWithZeros() throws {
        let context = try TestContext.make()
        let rows = TestContext.csv(page(TestContext.counts(40), in: context), in: context)
        #expect(rows.count { $0.hasPrefix("nps-answers,score,") } == 11)
        #expect(rows.contains("nps-answers,score,0,2026-10-27,2026-11-23,0,,,0,,"))
        #expect(rows.contains("nps-answers,score,10,2026-10-27,2026-11-23,20,,,20,,"))
        #expect(rows.contains { $0.hasPrefix("fcr-observed-pending,all,,") })
        // Too few to be shown are not told point by point.
        let few = TestContext.csv(page(TestContext.counts(4), in: context), in: context)
        #expect(!few.contains { $0.contains("-answers,score,") })
    }

    @Test func theNewestAnswersAreListedAlsoThoseWithoutAComment() throws {
        let context = try TestContext.make(answerMonths: ["2026-11", "2026-10", "2026-09"])
        let hostile = "<script>alert(1)</script>"
        let page = page(
            TestContext.counts(40), answers: [answer(hostile, nps: 0, resolved: false), answer(nil, nps: 10)],
            in: context)
        let section = try #require(page.sections.first { $0.id == "comments" })
        let xml = try ChartXML(section.markup)
        #expect(xml.all("blockquote").map(\.text) == [hostile])
        let cells = xml.all("td").map(\.text).filter { !$0.isEmpty }
        #expect(cells == ["0", "1", "5 / 5", "no", "10", "1", "5 / 5", "–"])
        #expect(xml.all("bdi").count { $0.text == "I-1" } == 2)
        // The period reaches from October into November.
        #expect(xml.all("a").map(\.text) == ["Nov\u{A0}2026", "Oct\u{A0}2026"])
        #expect(section.markup.contains("href=\"../answers/2026-11.html\""))
    }

    @Test func anAgentsOwnSiteHasNoWayToOthersAnswers() throws {
        let context = try TestContext.make(scope: .agent(7), scopeName: "Ana", answerMonths: ["2026-11"])
        let page = page(TestContext.counts(40), answers: [answer("Thanks.", nps: 9)], in: context)
        #expect(page.page == .overview)
        let html = TestContext.html(page, in: context)
        #expect(html.contains("Thanks.") && !html.contains("answers/2026-11.html"))
    }
}
