import Foundation
import Postgres
import Statistics
import Testing

@testable import Dashboards
@testable import Store

@Suite struct AgentsPageTests {
    private typealias Entry = (agent: AgentName, counts: MeasureCounts)

    private func agent(_ id: Int32, _ name: String, team: String? = "Early care", isActive: Bool = true) -> AgentName {
        AgentName(id: id, ref: "A\(id)", name: name, team: team.map { _ in 1 }, teamName: team, isActive: isActive)
    }

    private func page(
        _ entries: [(agent: AgentName, counts: MeasureCounts)],
        previous: [(agent: AgentName, counts: MeasureCounts)] = [], unrecorded: MeasureCounts? = nil,
        topics: [MeasureRow] = [], agentTopics: [MeasureRow] = [], in context: PageContext
    ) -> DashboardPage {
        func rows(
            _ entries: [(agent: AgentName, counts: MeasureCounts)], _ days: ClosedRange<CalendarDay>
        ) -> [MeasureRow] {
            entries.map { MeasureRow(start: days.lowerBound, value: $0.agent.id, counts: $0.counts) }
        }
        let none = unrecorded.map { [MeasureRow(start: context.period.days.lowerBound, counts: $0)] } ?? []
        return AgentsPage(
            AgentsPage.Counts(
                total: TestContext.counts(entries.reduce(0) { $0 + $1.counts.legs.handled }),
                rows: none + rows(entries, context.period.days), previous: rows(previous, context.period.previous),
                topics: topics, agentTopics: agentTopics, agents: entries.map(\.agent)),
            in: context
        ).page
    }

    private func table(_ page: DashboardPage) throws -> FigureTable {
        let section = try #require(page.sections.first { $0.id == "by-name" })
        return try #require(section.drawings.first as? FigureTable)
    }

    /// Agents whose true satisfaction differs much.
    private func different() -> [(agent: AgentName, counts: MeasureCounts)] {
        [
            (agent(1, "Zoe"), TestContext.counts(100, good: 0.5)),
            (agent(2, "Émile"), TestContext.counts(100, good: 0.9)),
            (agent(3, "ada"), TestContext.counts(100, good: 0.7)),
        ]
    }

    @Test func theTableIsSortedByNameAndLeadsToEachAgent() throws {
        let context = try TestContext.make()
        let table = try table(page(different(), unrecorded: TestContext.counts(500), in: context))
        #expect(table.rows.map(\.header.text) == ["ada", "Émile", "Zoe", "Not recorded"])
        #expect(table.rows.map(\.header.address) == ["agents/3.html", "agents/2.html", "agents/1.html", nil])
        #expect(table.columns.count == table.rows[0].cells.count)
        #expect(table.columns.count == table.total?.cells.count)
    }

    @Test func agentsAreRankedOnlyIfTheyDiffer() throws {
        let context = try TestContext.make()
        let ranked = page(different(), in: context)
        #expect(ranked.summary.first?.hasPrefix("Agents differ in CSAT (p\u{A0}<\u{A0}0.001)") == true)
        let section = try #require(ranked.sections.first { $0.id == "csat-ranks" })
        let plot = try #require(section.drawings.first as? CaterpillarPlot)
        #expect(plot.rows.map(\.name.text) == ["Émile", "ada", "Zoe"])
        #expect(plot.rows.first?.ranks == "1–2" || plot.rows.first?.ranks == "1")
        let alike = page(
            different().map { ($0.agent, TestContext.counts(100)) }, in: context)
        #expect(
            alike.summary.first
                == "The agents cannot be told apart by CSAT (p\u{A0}=\u{A0}1.00), NPS (p\u{A0}=\u{A0}1.00) or FCR observed "
                + "(p\u{A0}=\u{A0}1.00) in this period: the differences are no larger than chance makes.")
        #expect(!alike.sections.contains { $0.id == "csat-ranks" })
        #expect(!alike.figures.contains { $0.measure == "csat-shrunken" })
    }

    @Test func agentsWithTooFewAnswersAreNeitherRankedNorShown() throws {
        let context = try TestContext.make()
        let page = page(different() + [(agent(4, "Few"), TestContext.counts(4, good: 1))], in: context)
        let section = try #require(page.sections.first { $0.id == "csat-ranks" })
        #expect((section.drawings.first as? CaterpillarPlot)?.rows.count == 3)
        #expect(page.figures.filter { $0.value == 4 && $0.kind == .csat }.allSatisfy { $0.estimate == nil })
        let hidden = self.page(
            (1...5).map { (agent($0, "Agent \($0)"), TestContext.counts(4)) }, in: context)
        #expect(
            hidden.summary.first
                == "Fewer than two agents have the 5 that a comparison by CSAT, NPS or FCR observed needs.")
        #expect(hidden.sections.map(\.markup).joined().contains("withheld"))
    }

    @Test func teamsReferencesAndDeparturesStandBesideTheName() throws {
        let entries: [Entry] = [
            (agent(1, "Sam"), TestContext.counts(30)), (agent(2, "Sam", team: nil), TestContext.counts(30)),
            (agent(3, "Tom", isActive: false), TestContext.counts(30)),
        ]
        let table = try table(page(entries, in: try TestContext.make()))
        #expect(
            table.rows.map(\.mark) == [
                "A1, \u{2068}Early care\u{2069}", "A2, \u{2068}no team\u{2069}",
                "\u{2068}Early care\u{2069}, no longer active",
            ])
    }

    // MARK: Against the same topics

    /// Contacts that all take about so long.
    private func handling(_ n: Int, seconds: Int) -> MeasureCounts {
        var counts = MeasureCounts()
        let (short, long) = (seconds - 10, seconds + 10)
        counts.legs = HandlingCounts(
            handled: n, talk: n * seconds, squares: n / 2 * (short * short + long * long),
            talkSquares: n / 2 * (short * short + long * long))
        return counts
    }

    private func row(_ topic: Int32, within agent: Int32 = 0, _ counts: MeasureCounts) -> MeasureRow {
        MeasureRow(start: TestContext.today, within: agent, value: topic, counts: counts)
    }

    @Test func theMixOfTopicsIsTakenOutOfHandleTime() throws {
        let context = try TestContext.make()
        // Long contacts alone: the agent is slower than the centre, but quicker than the topic.
        let own = handling(100, seconds: 590)
        let page = page(
            [(agent(1, "Ada"), own)],
            topics: [row(1, handling(1000, seconds: 200)), row(2, handling(1000, seconds: 600))],
            agentTopics: [row(2, within: 1, own)], in: context)
        let figure = try #require(page.figures.first { $0.measure == "aht-against-topics" })
        let estimate = try #require(figure.estimate)
        #expect(abs(estimate.point + 10) < 1e-9)
        #expect(estimate.lower < -10 && estimate.upper > -10 && estimate.upper < 0)
        #expect(estimate.n == 100)
        let row = try table(page).rows[0].cells.map { cell in
            if case .drawing(let drawing) = cell { drawing.markup } else { "" }
        }
        #expect(row.contains { $0.contains("−10\u{202F}s <small>−12 to −8</small>") })
    }

    @Test func anAgentWhoAlsoWorkedElsewhereIsNotComparedByTopic() throws {
        let context = try TestContext.make(scope: .team(1), scopeName: "Early care")
        let page = page(
            [(agent(1, "Ada"), handling(60, seconds: 590))], topics: [row(2, handling(1000, seconds: 600))],
            agentTopics: [row(2, within: 1, handling(100, seconds: 590))], in: context)
        #expect(!page.figures.contains { $0.measure == "aht-against-topics" })
    }

    @Test func aComparisonOfFewIsWithheld() throws {
        let own = handling(4, seconds: 590)
        let page = page(
            [(agent(1, "Ada"), own)], topics: [row(2, handling(1000, seconds: 600))],
            agentTopics: [row(2, within: 1, own)], in: try TestContext.make())
        let figure = try #require(page.figures.first { $0.measure == "aht-against-topics" })
        #expect(figure.estimate == nil && figure.n == 4)
    }

    // MARK: Empty, hostile, many

    @Test func withoutAgentsThePageSaysWhatToDo() throws {
        let context = try TestContext.make()
        let empty = page([], in: context)
        #expect(empty.summary.first?.contains("Figures appear after") == true)
        #expect(empty.sections.isEmpty)
        #expect(TestContext.html(empty, in: context).hasSuffix("</html>\n"))
        let nobody = page([], unrecorded: TestContext.counts(50), in: context)
        #expect(nobody.summary.first?.hasPrefix("No agent is recorded") == true)
        let alone = page([(agent(1, "Ada"), TestContext.counts(50))], in: context)
        #expect(try table(alone).rows.count == 1)
    }

    @Test func hostileAndLongNamesStayTextsInAWellFormedPage() throws {
        let context = try TestContext.make()
        let names = ["<script>alert(1)</script>", String(repeating: "Abcdefghij", count: 6), "محمد \"\u{301}>"]
        let entries = names.enumerated().map { index, name in
            (
                agent: agent(Int32(index + 1), name, team: name),
                counts: TestContext.counts(100, good: 0.3 * Double(index + 1))
            )
        }
        let before = entries.map { (agent: $0.agent, counts: TestContext.counts(100, good: 0.05)) }
        let page = page(entries, previous: before, in: context)
        let html = TestContext.html(page, in: context)
        #expect(!html.contains("<script"))
        #expect(!html.unicodeScalars.contains("\"\u{301}".unicodeScalars))
        #expect(page.sections.contains { $0.id == "csat-ranks" })
        _ = try ChartXML(page.sections.map(\.markup).joined())
        let identifiers = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(identifiers).count == identifiers.count)
    }

    @Test func aThousandAgentsAreOneIndexWithItsPlotFoldedAway() throws {
        let context = try TestContext.make()
        let entries = (1...1000).map { index in
            (
                agent: agent(Int32(index), "Agent \(index)"),
                counts: TestContext.counts(60, good: 0.4 + 0.05 * Double(index % 11))
            )
        }
        let page = page(entries, in: context)
        #expect(try table(page).rows.map(\.header.text).prefix(3) == ["Agent 1", "Agent 2", "Agent 3"])
        let ranks = try #require(page.sections.first { $0.id == "csat-ranks" })
        #expect((ranks.drawings.first as? Folded)?.summary == "Show all 1\u{202F}000 agents")
        #expect(Set(page.figures.filter { $0.measure == "csat-shrunken" }.map(\.value)).count == 1000)
    }
}
