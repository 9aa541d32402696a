import Statistics
import Testing

@testable import Dashboards

@Suite struct TrendChartTests {
    private func chart(
        _ kinds: [TrendPoint.Kind?], values: [Double]? = nil, title: String = "Title",
        bounds: ClosedRange<Double> = 0...1
    ) -> TrendChart {
        let stretches = kinds.enumerated().map { index, kind in
            let value = values?[index] ?? 0.5
            return (
                label: "W\(index)",
                point: kind.map {
                    TrendPoint(tip: "tip \(index)", value: value, lower: value - 0.1, upper: value + 0.1, kind: $0)
                }
            )
        }
        return TrendChart(
            id: "id", title: title, description: "Described", heading: "Week of", stretches: stretches,
            axis: ValueAxis(
                fitting: [bounds.lowerBound, bounds.upperBound], steps: [0.25], leastSpan: 0, bounds: bounds),
            tickLabel: { Figures.text(Figures.percent($0)) })
    }

    @Test func aChartIsAnImageWithATitleAndADescription() throws {
        let xml = try ChartXML(chart([.full, .full]).svg)
        let image = try #require(xml.all("svg", in: "lines").first)
        #expect(image.attributes["role"] == "img")
        let named = image.attributes["aria-labelledby"]?.split(separator: " ").map(String.init) ?? []
        #expect(
            named
                == xml.elements.filter { ["title", "desc"].contains($0.name) }.prefix(2).compactMap {
                    $0.attributes["id"]
                })
        #expect(xml.all("desc").map(\.text) == ["Described"])
    }

    @Test(arguments: ["<script>alert(1)</script>", "\"\u{301} x=\"", "]]> & \u{1} \u{FFFF}"])
    func hostileTextsKeepTheDrawingWellFormed(text: String) throws {
        let xml = try ChartXML(chart([.full, nil, .unfinished], title: text).svg)
        #expect(xml.all("script").isEmpty)
        #expect(xml.all("title").first?.text.unicodeScalars.count == text.unicodeScalars.count)
    }

    @Test func higherValuesStandHigherAndLaterWeeksFurtherRight() throws {
        let points = try ChartXML(chart([.full, .full, .full], values: [0.2, 0.4, 0.8]).svg).all("circle")
        let (x, y) = (points.compactMap { $0.number("cx") }, points.compactMap { $0.number("cy") })
        #expect(x == x.sorted() && Set(x).count == 3)
        #expect(y == y.sorted(by: >) && Set(y).count == 3)
        // The heights keep the proportions of the values.
        #expect(abs((y[0] - y[1]) * 2 - (y[1] - y[2])) < 0.05)
    }

    @Test func aWeekWithoutAPointLeavesAGap() throws {
        let xml = try ChartXML(chart([.full, .full, nil, .full, .full, .full]).svg)
        #expect(xml.all("circle").count == 5)
        #expect(xml.all("polygon", in: "band").count == 2)
        #expect(xml.all("polyline").count == 3)
    }

    @Test func aLonelyWeekGetsAWhiskerBecauseABandNeedsTwo() throws {
        let xml = try ChartXML(chart([.full, nil, .full, .full]).svg)
        #expect(xml.all("line", in: "reach").count == 1)
        #expect(xml.all("polygon", in: "band").count == 1)
    }

    @Test func theUnfinishedWeekIsHollowAndOutsideTheBand() throws {
        let xml = try ChartXML(chart([.full, .full, .unfinished]).svg)
        #expect(xml.all("circle", in: "open").count == 1)
        #expect(xml.all("polyline", in: "line open").count == 1)
        #expect(xml.all("polygon").first?.attributes["points"]?.split(separator: " ").count == 4)
        #expect(xml.all("text", in: "value").count == 1)
    }

    @Test func fewAnswersHaveNoColour() throws {
        let xml = try ChartXML(chart([.full, .provisional, .full]).svg)
        #expect(xml.all("circle", in: "few").count == 1)
        #expect(xml.all("polyline", in: "line").isEmpty)
        #expect(xml.all("polyline", in: "line few").count == 2)
    }

    @Test(arguments: [1, 2, 7, 13, 26, 53, 104]) func stretchesAreLabelledSparselyAndTheLastOneAlways(count: Int) throws
    {
        let labels = try ChartXML(chart(Array(repeating: .full, count: count)).svg).elements
            .filter { $0.attributes["class"]?.hasPrefix("label") == true }
        #expect((1...8).contains(labels.count))
        #expect((1...4).contains(labels.count { $0.attributes["class"] == "label" }))
        #expect(labels.last?.text == "W\(count - 1)")
    }

    @Test func noWeeksStillMakeADrawing() throws {
        let xml = try ChartXML(chart([]).svg)
        #expect(xml.all("circle").isEmpty)
        #expect(xml.all("line", in: "grid").count > 1)
    }

    @Test func theValueOfTheLastFinishedWeekIsWrittenAwayFromTheLine() throws {
        func label(_ values: [Double]) throws -> (label: Double, point: Double) {
            let xml = try ChartXML(chart([.full, .full], values: values).svg)
            return try (
                #require(xml.all("text", in: "value").first?.number("y")),
                #require(xml.all("circle").last?.number("cy"))
            )
        }
        let (rising, falling) = try (label([0.3, 0.6]), label([0.6, 0.3]))
        #expect(rising.label < rising.point)
        #expect(falling.label > falling.point)
    }

    @Test func aWhiskerKeepsItsOrderAndStaysInsideItsScale() throws {
        let estimate = Estimate(point: 0.99, lower: 0.9, upper: 1.2, n: 40)
        let xml = try ChartXML(IntervalWhisker(estimate: estimate, scale: 0...1).svg)
        let interval = try #require(xml.all("line", in: "interval").first)
        let (lower, upper) = try (#require(interval.number("x1")), #require(interval.number("x2")))
        let point = try #require(xml.all("circle").first?.number("cx"))
        #expect(lower < point && point < upper && upper <= 100)
    }
}
