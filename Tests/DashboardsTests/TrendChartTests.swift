import Statistics
import Testing

@testable import Dashboards

@Suite struct TrendChartTests {
    private func chart(
        _ kinds: [TrendPoint.Kind?], values: [Double]? = nil, title: String = "Title",
        bounds: ClosedRange<Double> = 0...1, limits: [ControlLimits?] = [], signals: Set<Int> = [],
        events: [TrendEvent] = [], shaded: Range<Int>? = nil
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
            tickLabel: { Figures.text(Figures.percent($0)) }, limits: limits, signals: signals, events: events,
            shaded: shaded)
    }

    private func corners(_ line: ChartXML.Element) -> Int? {
        line.attributes["points"]?.split(separator: " ").count
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
        #expect(xml.all("polyline").map(corners) == [2, 3])
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
        #expect(xml.all("polyline", in: "line few").map(corners) == [3])
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

    @Test func theLastValueIsWrittenOutsideAZigzag() throws {
        let values = (0..<40).map { $0.isMultiple(of: 2) ? 0.4 : 0.6 }
        let xml = try ChartXML(chart(Array(repeating: .full, count: 40), values: values).svg)
        let label = try #require(xml.all("text", in: "value").first?.number("y"))
        let points = xml.all("circle").compactMap { $0.number("cy") }
        #expect(try label < #require(points.min()) || label > #require(points.max()))
    }

    @Test func limitsStepWhereTheyChangeAndLeaveAGapWhereThereAreNone() throws {
        let narrow = ControlLimits(lower: 0.4, centre: 0.5, upper: 0.6)
        let wide = ControlLimits(lower: 0.25, centre: 0.5, upper: 0.75)
        let xml = try ChartXML(
            chart([.full, .full, .full, .full, .full], limits: [narrow, narrow, wide, nil, wide]).svg)
        // The axis runs from 184 at 0 to 14 at 1.
        #expect(xml.all("path", in: "centre").map { $0.attributes["d"] } == ["M0,99H600M800,99H1000"])
        #expect(
            xml.all("path", in: "limit").map { $0.attributes["d"] } == [
                "M0,116H400V141.5H600M800,141.5H1000",
                "M0,82H400V56.5H600M800,56.5H1000",
            ])
        #expect(xml.all("text", in: "name").map(\.text) == ["Upper limit", "Lower limit"])
    }

    @Test func withoutLimitsThereIsNothingOfThem() throws {
        let xml = try ChartXML(chart([.full, .full], limits: [nil, nil]).svg)
        #expect(xml.all("path").isEmpty)
        #expect(xml.all("text", in: "name").isEmpty)
    }

    @Test func signalsAreRingedWhereTheirPointsAre() throws {
        let xml = try ChartXML(chart([.full, nil, .full], values: [0.2, 0.5, 0.9], signals: [1, 2]).svg)
        let rings = xml.all("circle", in: "signal")
        #expect(rings.map { $0.attributes["cy"] } == [xml.all("circle", in: "full")[1].attributes["cy"]])
    }

    @Test func anEventStandsAtTheStartOfItsStretchAndCloseLabelsBelowEachOther() throws {
        let events = [
            TrendEvent(stretch: 1, label: "<b>"), TrendEvent(stretch: 2, label: "2"),
            TrendEvent(stretch: 9, label: "9"),
        ]
        let xml = try ChartXML(chart(Array(repeating: .full, count: 10), events: events).svg)
        #expect(xml.all("line", in: "event").map { $0.number("x1") } == [10, 20, 90])
        let labels = xml.all("text", in: "name")
        #expect(labels.map(\.text) == ["<b>", "2", "9"])
        #expect(labels.map { $0.number("y") } == [9, 22, 9])
        #expect(labels.map { $0.attributes["text-anchor"] } == ["start", "start", "end"])
    }

    @Test(arguments: [(2..<4, 50.0, 50.0), (3..<9, 75.0, 25.0)])
    func theShadedPeriodStaysWithinTheChart(shaded: Range<Int>, start: Double, width: Double) throws {
        let xml = try ChartXML(chart([.full, .full, .full, .full], shaded: shaded).svg)
        let shade = try #require(xml.all("rect", in: "shade").first)
        #expect(shade.number("x") == start && shade.number("width") == width)
        #expect(xml.all("line", in: "span").count == 1)
    }

    @Test func aPeriodOutsideTheChartIsNotShaded() throws {
        #expect(try ChartXML(chart([.full], shaded: 5..<9).svg).all("rect").isEmpty)
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
