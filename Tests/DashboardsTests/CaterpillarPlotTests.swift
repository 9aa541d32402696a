import Testing

@testable import Dashboards

@Suite struct CaterpillarPlotTests {
    private func row(_ name: String, _ value: Double? = 0.5, address: String? = nil) -> CaterpillarPlot.Row {
        .init(
            name: LinkedName(name, address: address),
            estimate: value.map { .init(raw: $0 + 0.05, shrunken: $0, lower: $0 - 0.1, upper: $0 + 0.1) },
            words: value == nil ? "withheld" : "50 % (40 % to 60 %), 412 answers", ranks: value == nil ? "" : "3–11")
    }

    private func drawn(_ rows: [CaterpillarPlot.Row]) throws -> ChartXML {
        let axis = ValueAxis(fitting: [0, 1], steps: [0.25], leastSpan: 0, bounds: 0...1)
        return try ChartXML(
            CaterpillarPlot(
                id: "id", heading: "Team", wordsHeading: "CSAT", axis: axis,
                tickLabel: { Figures.text(Figures.percent($0)) }, pooled: (0.5, "all 50 %"), rows: rows
            ).markup)
    }

    @Test(arguments: [0, 1, 500]) func everyRowIsTextWithAWhiskerAndRanks(count: Int) throws {
        let xml = try drawn((0..<count).map { row("Team \($0)", Double($0) / 1000) })
        #expect(xml.all("bdi").map(\.text) == (0..<count).map { "Team \($0)" })
        // The key shows one of each.
        #expect(xml.all("line", in: "interval").count == count + 1)
        #expect(xml.all("circle", in: "point").count == count + 1)
        #expect(xml.all("circle", in: "counted").count == count + 1)
        #expect(xml.all("span", in: "ranks").count { $0.text.contains("3–11") } == count)
    }

    @Test func theScaleIsTheSameAboveBelowAndInEveryRow() throws {
        let xml = try drawn([row("a"), row("b")])
        let ticks = xml.all("text", in: "tick")
        #expect(
            ticks.map(\.text)
                == Array(repeating: ["0", "25", "50", "75", "100"].map { "\($0)\u{202F}%" }, count: 2).flatMap(\.self))
        #expect(ticks.prefix(5).map { $0.attributes["x"] } == ticks.suffix(5).map { $0.attributes["x"] })
        #expect(xml.all("line", in: "grid").map { $0.attributes["x1"] } == ticks.prefix(5).map { $0.attributes["x"] })
        #expect(xml.all("g").map { $0.attributes["id"] } == ["id-grid"])
        #expect(xml.all("use").map { $0.attributes["href"] } == ["#id-grid", "#id-grid"])
    }

    @Test func valuesKeepTheirOrderAndStayInside() throws {
        let xml = try drawn([row("a", 0.2), row("b", 0.6), row("c", 0.99)])
        let points = xml.all("circle", in: "point").prefix(3).compactMap { $0.number("cx") }
        #expect(points == points.sorted() && Set(points).count == 3)
        for (interval, point) in zip(xml.all("line", in: "interval"), points) {
            let (lower, upper) = try (#require(interval.number("x1")), #require(interval.number("x2")))
            #expect(lower < point && point < upper && upper <= 100)
        }
        #expect(xml.all("line", in: "pooled").first?.number("x1") == xml.all("text", in: "value").first?.number("x"))
    }

    @Test func aWithheldRowSaysSoAndDrawsNothing() throws {
        let xml = try drawn([row("a", nil)])
        #expect(xml.all("span", in: "words").map(\.text).contains("withheld"))
        #expect(xml.all("circle", in: "point").count == 1)
        #expect(!xml.all("small").contains { $0.text.contains("rank") })
    }

    @Test(arguments: ["<script>alert(1)</script>", "مركز الاتصال \"الشمالي\"", String(repeating: "W", count: 60)])
    func anyNameStaysText(name: String) throws {
        let xml = try drawn([row(name, address: "team.html?n=\(name)")])
        #expect(xml.all("script").isEmpty)
        #expect(xml.all("bdi").map(\.text) == [name])
        #expect(xml.all("a").map { $0.attributes["href"] } == ["team.html?n=\(name)"])
    }
}
