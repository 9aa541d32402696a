import Testing

@testable import Dashboards

@Suite struct SmallMultiplesTests {
    private let axis = ValueAxis(fitting: [0, 1], steps: [0.25], leastSpan: 0, bounds: 0...1)

    private func points(_ values: [Double?], unfinished: Bool = false) -> [TrendPoint?] {
        values.enumerated().map { index, value in
            value.map {
                TrendPoint(
                    tip: "", value: $0, lower: $0 - 0.1, upper: $0 + 0.1,
                    kind: unfinished && index == values.count - 1 ? .unfinished : .full)
            }
        }
    }

    private func drawn(_ panels: [SmallMultiples.Panel]) throws -> ChartXML {
        try ChartXML(
            SmallMultiples(
                label: "Label", axis: axis, tickLabel: { Figures.text(Figures.percent($0)) },
                ends: ("Nov 2025", "Nov 2026"), panels: panels
            ).markup)
    }

    @Test func equalValuesStandEquallyHighInAllPanels() throws {
        let xml = try drawn([
            .init(LinkedName("a"), description: "d", points: points([0.1, 0.5])),
            .init(LinkedName("b"), description: "d", points: points([0.9, 0.9, 0.5])),
        ])
        let heights = xml.all("circle", in: "full").map { $0.attributes["cy"] }
        #expect(heights.count == 2 && Set(heights).count == 1)
        #expect(xml.all("text", in: "value").map(\.text) == ["50\u{202F}%", "50\u{202F}%"])
        #expect(
            xml.all("text").filter { $0.attributes["x"] == "40" }.map(\.text) == [
                "0\u{202F}%", "100\u{202F}%", "0\u{202F}%", "100\u{202F}%",
            ])
    }

    @Test func everyPanelIsAnImageThatIsTold() throws {
        let xml = try drawn([.init(LinkedName("a"), description: "\"Last\" 50 %", points: points([0.5, 0.5]))])
        let images = xml.elements.filter { $0.attributes["role"] == "img" }
        #expect(images.map { $0.attributes["aria-label"] } == ["\"Last\" 50 %"])
    }

    @Test func limitsAreDrawnWhereThereAreSome() throws {
        let limits = ControlLimits(lower: 0.4, centre: 0.5, upper: 0.6)
        let xml = try drawn([
            .init(LinkedName("a"), description: "d", points: points([0.5, 0.5]), limits: [limits, limits]),
            .init(LinkedName("b"), description: "d", points: points([0.5, 0.5])),
        ])
        #expect(xml.all("path", in: "limit").count == 2)
    }

    @Test(arguments: [0, 1, 500]) func everyPanelIsDrawn(count: Int) throws {
        let panels = (0..<count).map {
            SmallMultiples.Panel(LinkedName("\($0)", address: "\($0).html"), description: "d", points: points([0.5]))
        }
        let xml = try drawn(panels)
        #expect(xml.all("li").count == count)
        #expect(xml.all("a").count == count)
    }

    @Test(arguments: ["<script>alert(1)</script>", "مركز الاتصال", String(repeating: "W", count: 60)])
    func anyNameStaysText(name: String) throws {
        let xml = try drawn([.init(LinkedName(name), description: name, points: points([nil, nil]))])
        #expect(xml.all("script").isEmpty)
        #expect(xml.all("bdi").map(\.text) == [name])
        #expect(xml.all("circle").isEmpty)
    }

    @Test func aSparklineMarksItsLastFinishedAndItsUnfinishedPoint() throws {
        let xml = try ChartXML(Sparkline(points([0.2, nil, 0.4, 0.5, 0.8], unfinished: true), axis: axis).markup)
        #expect(xml.all("circle").map { $0.attributes["class"] } == ["full", "open"])
        #expect(xml.all("circle").map { $0.number("cx") } == [70, 90])
        #expect(xml.all("polyline").map { $0.attributes["class"] } == ["line", "line open"])
        #expect(xml.all("svg").first?.attributes["aria-hidden"] == "true")
        #expect(xml.all("polygon").isEmpty)
    }

    @Test func aSparklineOfNothingIsEmpty() throws {
        #expect(try ChartXML(Sparkline([], axis: axis).markup).all("circle").isEmpty)
    }
}
