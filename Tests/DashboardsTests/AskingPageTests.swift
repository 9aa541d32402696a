import Postgres
import Statistics
import Testing

@testable import Dashboards
@testable import Store

@Suite struct AskingPageTests {
    private func asking(
        _ resolutions: Int, invited: Int, answered: Int, complete: Int? = nil, waiting: Int = 0,
        skipped: [String: Int] = [:]
    ) -> MeasureCounts {
        var counts = MeasureCounts()
        counts.asking = AskingCounts(
            resolutions: resolutions, waiting: waiting, invited: invited, skipped: skipped, answered: answered,
            complete: complete ?? answered)
        return counts
    }

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
        _ total: MeasureCounts, agents: FigureReport? = nil, rates: [FigureReport] = [], outcomes: FigureReport? = nil,
        in context: PageContext
    ) -> DashboardPage {
        AskingPage(
            TestContext.series(weeks: [], total: total, in: context),
            AskingPage.Details(agents: agents, rates: rates, outcomes: outcomes), in: context
        ).page
    }

    // MARK: The funnel

    @Test func everyStageIsItsLeaksAndTheNextOne() {
        let counts = asking(
            1_000, invited: 700, answered: 200, complete: 150, waiting: 40,
            skipped: ["reopened": 10, "customer-unknown": 200, "a-new-rule": 50])
        let stages = AskingFunnel(counts.asking).stages
        #expect(stages.map(\.count) == [1_000, 700, 200, 150])
        for (stage, next) in zip(stages, stages.dropFirst()) {
            #expect(stage.count == next.count + stage.leaks.map(\.count).reduce(0, +), "\(stage.name)")
        }
        #expect(
            stages[0].leaks.map(\.reason) == [
                "Not decided about yet", "Customer not known", "a-new-rule",
                "Reopened before asking",
            ])
        #expect(
            AskingFunnel(counts.asking).sentence
                == "Every one of the 1\u{202F}000 resolutions is accounted for: 700 invited, 260 passed over and 40 waiting."
        )
    }

    @Test func aFunnelThatDoesNotAddUpSaysSo() {
        let funnel = AskingFunnel(asking(10, invited: 8, answered: 0, skipped: ["reopened": 1]).asking)
        #expect(!funnel.addsUp && funnel.sentence.contains("do not add up to 10 resolutions"))
    }

    @Test func theFileHasTheWholeFunnel() throws {
        let context = try TestContext.make()
        let page = page(
            asking(100, invited: 70, answered: 20, waiting: 10, skipped: ["reopened": 20]), in: context)
        let file = TestContext.csv(page, in: context).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        func value(_ id: String, _ name: String = "") -> Int? {
            file.first { $0[0] == id && $0[2] == name }.flatMap { Int($0[5]) }
        }
        #expect(value("resolutions") == 100)
        #expect(value("waiting") == 10 && value("skipped", "reopened") == 20 && value("invited") == 70)
        #expect(value("answered") == 20 && value("complete") == 20)
    }

    // MARK: Agents

    private func invited(_ shares: [(id: Int32, invited: Int, of: Int)], in context: PageContext) -> AgentInvitations {
        AgentInvitations(
            report(
                .agent, shares.map { ($0.id, asking($0.of, invited: $0.invited, answered: 0)) },
                names: Dictionary(uniqueKeysWithValues: shares.filter { $0.id != 0 }.map { ($0.id, "Agent \($0.id)") }),
                in: context), in: context)
    }

    @Test func anAgentWhoseCustomersAreSeldomInvitedStandsFirst() throws {
        let context = try TestContext.make()
        let others = (1...8).map { (id: Int32($0), invited: 90, of: 100) }
        let agents = invited(others + [(id: 9, invited: 40, of: 100), (id: 0, invited: 0, of: 500)], in: context)
        #expect(agents.sentence?.hasPrefix("1 agent’s customers are invited far more or less often") == true)
        let section = try #require(agents.section)
        #expect(section.lead?.contains("differ by more than chance") == true)
        let table = try #require(section.drawings.first as? FigureTable)
        #expect(table.rows.first?.header.text == "Agent 9")
        #expect(table.rows.count == 9, "what is attributed to nobody is no agent")
        #expect(table.rows.first?.header.address == "agents/9.html")
        _ = try ChartXML(section.markup)
    }

    @Test func agentsThatCannotBeToldApartNeedNoLook() throws {
        let context = try TestContext.make()
        let agents = invited((1...8).map { (id: Int32($0), invited: 89 + Int($0) % 3, of: 100) }, in: context)
        #expect(agents.sentence == nil)
        #expect(agents.section?.lead?.contains("cannot be told apart") == true)
    }

    @Test func anAgentsRateOfFourIsWithheld() throws {
        let context = try TestContext.make()
        let section = try #require(
            invited([(id: 1, invited: 3, of: 4), (id: 2, invited: 90, of: 100)], in: context).section)
        let row = try #require((section.drawings.first as? FigureTable)?.rows.first { $0.header.text == "Agent 1" })
        guard case .text("withheld") = row.cells[0] else {
            Issue.record("\(row.cells[0])")
            return
        }
        #expect(!section.markup.contains("75\u{202F}%"))
    }

    // MARK: Who answers

    @Test func thoseWhoDidNotAnswerAreAllInvitedLessThoseWhoDid() throws {
        let context = try TestContext.make()
        var total = asking(400, invited: 400, answered: 100)
        total.asking.invitedTimes = SumCounts(n: 400, sum: 400 * 300 + 2_000, squares: 400 * 300 * 300 + 2_000_000)
        total.asking.answeredTimes = SumCounts(n: 100, sum: 100 * 250 + 500, squares: 100 * 250 * 250 + 500_000)
        let outcomes = report(
            .outcome,
            [(1, asking(300, invited: 300, answered: 90)), (2, asking(100, invited: 100, answered: 10))],
            names: [1: "resolved", 2: "unresolved"], in: context)
        let page = page(total, outcomes: outcomes, in: context)
        let markup = try #require(page.sections.first { $0.id == "responders" }).markup
        let cells = try ChartXML(markup).all("td").map(\.text)
        // 90 of 100 who answered had it resolved, and 210 of 300 of the others.
        #expect(cells[0] == "90\u{202F}%" && cells[2] == "70\u{202F}%" && cells[4] == "+20.0 points")
        #expect(cells[5] == "90 / 210")
        let file = TestContext.csv(page, in: context)
        let silent = try #require(file.first { $0.hasPrefix("aht-of-not-answered,") }).split(
            separator: ",", omittingEmptySubsequences: false)
        #expect(silent[8] == "300" && silent[9] == "96500")
    }

    // MARK: Weighting

    private func topic(invited: Int, good: Int, of n: Int) -> MeasureCounts {
        var counts = asking(invited, invited: invited, answered: n)
        counts.scores = [
            "csat": [0, n - good, 0, 0, 0, good], "nps": [n - good] + Array(repeating: 0, count: 9) + [good],
        ]
        return counts
    }

    @Test func topicsCountByTheirInvitations() throws {
        // Half of the invitations are of each topic; nine in ten answers are of the first.
        let weighting = TopicWeighting([
            topic(invited: 500, good: 81, of: 90), topic(invited: 500, good: 5, of: 10),
        ])
        let csat = try #require(weighting.weighted(.csat))
        #expect(abs(csat.weighted.point - (0.9 + 0.5) / 2) < 1e-12)
        #expect(abs(csat.raw - 0.86) < 1e-12)
        #expect(abs(csat.effectiveN - 1_000_000 / (500 * 500 / 90.0 + 500 * 500 / 10.0)) < 1e-9)
        let nps = try #require(weighting.weighted(.nps))
        #expect(abs(nps.weighted.point - (0.8 + 0.0) / 2) < 1e-12)
    }

    @Test func topicsWithFewerThanTwoAnswersAreJoined() throws {
        let weighting = TopicWeighting([
            topic(invited: 100, good: 40, of: 50), topic(invited: 30, good: 1, of: 1),
            topic(invited: 20, good: 0, of: 1),
            topic(invited: 50, good: 0, of: 0),
        ])
        let csat = try #require(weighting.weighted(.csat))
        // The three small ones are a stratum of 100 invitations, of which one of two is satisfied.
        #expect(abs(csat.weighted.point - (0.8 + 0.5) / 2) < 1e-12)
        #expect(csat.weighted.n == 52)
        #expect(TopicWeighting([topic(invited: 9, good: 1, of: 1)]).weighted(.csat) == nil)
        #expect(TopicWeighting([]).section(.standard) == nil)
        #expect(TopicWeighting([topic(invited: 0, good: 3, of: 6)]).weighted(.csat)?.weighted.point == 0.5)
    }

    @Test func weightedScoresOfFourAreWithheld() throws {
        let section = try #require(TopicWeighting([topic(invited: 9, good: 3, of: 4)]).section(.standard))
        #expect(section.markup.contains("withheld") && !section.markup.contains("75\u{202F}%"))
    }

    // MARK: The page

    @Test func withoutResolutionsThePageSaysWhatToDo() throws {
        let context = try TestContext.make()
        let page = page(MeasureCounts(), in: context)
        #expect(page.summary.count == 1 && page.summary[0].hasPrefix("Nothing was resolved"))
        #expect(!page.sections.contains { $0.id == "funnel" })
    }

    @Test func everyPartIsWellFormedAndEveryIdentifierIsUnique() throws {
        let context = try TestContext.make()
        let hostile = "\"><script>alert(1)</script>"
        let counts = TestContext.counts(60)
        let page = page(
            counts, agents: report(.agent, [(1, counts), (2, counts)], names: [1: hostile], in: context),
            rates: [
                report(.channel, [(1, counts)], names: [1: "in_person"], in: context),
                report(.topic, [(1, counts)], names: [1: hostile], in: context),
                report(.language, [(1, counts)], names: [1: "ar"], in: context),
                report(.surveyVersion, [(1, counts)], in: context),
            ], outcomes: report(.outcome, [(1, counts)], names: [1: "resolved"], in: context), in: context)
        let markup = page.sections.map(\.markup).joined()
        _ = try ChartXML(markup)
        #expect(!markup.contains("<script") && markup.contains("in person") && markup.contains("العربية"))
        let html = TestContext.html(page, in: context)
        let identifiers = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(identifiers).count == identifiers.count)
        let links = html.matches(of: /href="#([^"]+)"/).map { String($0.1) }
        #expect(links.allSatisfy(identifiers.contains))
    }
}
