import Testing

@testable import Dashboards

@Suite struct BarChartTests {
    private static let hostile = ["<script>alert(1)</script>", "مركز \"الاتصال\"", String(repeating: "W", count: 60)]

    // MARK: DistributionBars

    private func distribution(_ counts: [[Int]], names: [String?], fullWidth: Double? = nil) throws -> ChartXML {
        var point = 0
        let groups = zip(counts, names).map { counts, name in
            DistributionBars.Group(
                name: name, tone: .good,
                bars: counts.map { count in
                    point += 1
                    return .init(label: "\(point)", count: count)
                })
        }
        return try ChartXML(
            DistributionBars(
                label: "Label", heading: "Answer", countHeading: "Answers", groups: groups, fullWidth: fullWidth
            ).markup)
    }

    @Test func barsStartAtZeroAndKeepTheProportionsOfTheCounts() throws {
        let xml = try distribution([[50, 25, 0, 5]], names: [nil])
        #expect(xml.all("rect").map { $0.attributes["width"] } == ["100%", "50%", "0%", "10%"])
        #expect(xml.all("rect").allSatisfy { $0.attributes["x"] == nil })
    }

    @Test func everyPointSaysItsShareAndItsCountAlsoWhenItIsZero() throws {
        let xml = try distribution([[30, 0]], names: [nil])
        let cells = xml.all("td").filter { $0.attributes["class"] == nil }.map(\.text)
        #expect(cells == ["100\u{202F}%", "30", "0\u{202F}%", "0"])
    }

    @Test func groupsAreSummedUnderTheirNames() throws {
        let xml = try distribution([[10, 20], [70]], names: ["Low", "High"])
        #expect(xml.all("tbody", in: "group").count == 2)
        #expect(xml.elements.filter { $0.attributes["colspan"] == "2" }.map(\.text) == ["Share", "Low", "High"])
        let cells = xml.all("td").map(\.text)
        #expect(cells.contains("30\u{202F}%") && cells.contains("30"))
    }

    @Test func distributionsAreComparableOnOneWidth() throws {
        let xml = try distribution([[1, 3]], names: [nil], fullWidth: 1)
        #expect(xml.all("rect").map { $0.attributes["width"] } == ["25%", "75%"])
    }

    @Test func withoutAnswersThereAreNoShares() throws {
        let xml = try distribution([[0, 0]], names: [nil])
        #expect(xml.all("rect").map { $0.attributes["width"] } == ["0%", "0%"])
        #expect(xml.all("td").filter { $0.text == "–" }.count == 2)
        #expect(try distribution([], names: []).all("table").count == 1)
    }

    // MARK: FunnelChart

    private func stage(_ name: String, _ count: Int, leaks: [FunnelChart.Leak] = []) -> FunnelChart.Stage {
        .init(name: name, count: count, leaks: leaks)
    }

    private func funnel(_ stages: [FunnelChart.Stage]) throws -> ChartXML {
        try ChartXML(FunnelChart(label: "Label", stages: stages).markup)
    }

    @Test func stagesAreSharesOfTheFirstAndOfTheOneBefore() throws {
        let xml = try funnel([stage("Asked", 200), stage("Opened", 100), stage("Answered", 50)])
        #expect(xml.all("rect", in: "plain").map { $0.attributes["width"] } == ["100%", "50%", "25%"])
        #expect(xml.all("p", in: "count").map(\.text) == ["200", "100", "50"])
        #expect(
            xml.all("p", in: "shares").map(\.text) == [
                "", "50\u{202F}% of the first stage",
                "25\u{202F}% of the first stage, 50\u{202F}% of the stage before",
            ])
    }

    @Test func leaksHangOffTheirStageOnTheSameScale() throws {
        let leaks = [FunnelChart.Leak(reason: "No number", count: 50), FunnelChart.Leak(reason: "Other", count: 0)]
        let xml = try funnel([stage("Asked", 200, leaks: leaks), stage("Opened", 100)])
        #expect(xml.all("rect", in: "lost").map { $0.attributes["width"] } == ["25%", "0%"])
        #expect(xml.all("ul", in: "leaks").map { $0.attributes["aria-label"] } == ["Lost after Asked"])
        #expect(xml.all("p", in: "shares").map(\.text).contains("25\u{202F}% of this stage lost"))
    }

    @Test func aStageLargerThanTheFirstStaysInside() throws {
        let xml = try funnel([stage("a", 50), stage("b", 100)])
        #expect(xml.all("rect").map { $0.attributes["width"] } == ["50%", "100%"])
    }

    @Test func anEmptyFunnelHasNoShares() throws {
        let xml = try funnel([stage("a", 0), stage("b", 0)])
        #expect(xml.all("rect").map { $0.attributes["width"] } == ["0%", "0%"])
        #expect(xml.all("p", in: "shares").last?.text == "– of the first stage")
        #expect(try funnel([]).all("li").isEmpty)
    }

    // MARK: PartsBar

    private func parts(_ values: [Double], name: String = "Part") throws -> ChartXML {
        try ChartXML(PartsBar(id: "id", parts: values.map { .init(name: name, value: $0, text: "\($0) s") }).markup)
    }

    @Test func partsFillTheBarWithoutGaps() throws {
        let bar = try parts([60, 30, 10]).all("rect").prefix(3)
        #expect(bar.map { $0.number("x") } == [0, 60, 90])
        #expect(bar.map { $0.number("width") } == [60, 30, 10])
        #expect(Set(bar.map { $0.attributes["class"] }).count == 3)
    }

    @Test func everyPartIsListedWithItsFillingAndItsShare() throws {
        let xml = try parts([60, 0])
        #expect(xml.all("li").count == 2)
        #expect(xml.all("rect").suffix(2).map { $0.attributes["class"] } == ["part1", "part2"])
        #expect(xml.all("span").map(\.text) == ["Part  100\u{202F}%", "Part  0\u{202F}%"])
        #expect(xml.all("b").map(\.text) == ["60.0 s", "0.0 s"])
    }

    @Test func onlyPartsThatHaveRoomAreLabelledInPlace() throws {
        let labels = try parts([85, 10, 5]).all("text")
        #expect(labels.map { $0.attributes["class"] } == ["label", "label wide"])
    }

    @Test func nothingHasNoParts() throws {
        #expect(try parts([0, 0]).all("rect").count == 2)
        #expect(try parts([]).all("li").isEmpty)
    }

    @Test(arguments: hostile) func anyNameStaysText(name: String) throws {
        let drawings: [any Drawing] = [
            DistributionBars(
                label: name, heading: name, countHeading: name,
                groups: [.init(name: name, tone: .bad, bars: [.init(label: name, count: 1)])]),
            FunnelChart(
                label: name, stages: [.init(name: name, count: 1, leaks: [.init(reason: name, count: 1)])]),
            PartsBar(id: "id", parts: [.init(name: name, value: 1, text: name)]),
        ]
        for drawing in drawings {
            let xml = try ChartXML(drawing.markup)
            #expect(xml.all("script").isEmpty)
            #expect(xml.elements.contains { $0.text == name })
        }
    }
}
