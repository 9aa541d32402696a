import Statistics
import Testing

@testable import Dashboards

@Suite struct ValueAxisTests {
    @Test(arguments: [
        (MeasureKind.nps, [0.24, 0.39], 0.1, 0.6),
        (.nps, [-0.95, -0.9], -1.0, -0.6),
        (.csat, [0.78, 0.84], 0.7, 0.95),
        (.csat, [1, 1], 0.8, 1.0),
        (.csat, [0, 0], 0.0, 0.2),
        (.responseRate, [0.17, 0.19], 0.05, 0.3),
        (.ces(.effort), [2.1, 2.4], 1.5, 3.0),
        (.ces(.effort), [1, 1], 1.0, 2.0),
        (.ces(.ease), [1, 7], 1.0, 7.0),
        (.aht, [285, 285], 255.0, 315.0),
        (.aht, [4, 9], 0.0, 60.0),
    ])
    func axesHaveRoundLimitsAroundTheirValues(kind: MeasureKind, values: [Double], lower: Double, upper: Double) {
        let axis = kind.axis(fitting: values)
        #expect(abs(axis.lower - lower) < 1e-9)
        #expect(abs(axis.upper - upper) < 1e-9)
    }

    @Test(arguments: [MeasureKind.nps, .csat, .ces(.effort), .ces(.ease), .fcrStated, .aht, .responseRate])
    func everyValueLiesOnItsAxisWithFewLines(kind: MeasureKind) {
        let bounds = kind.bounds ?? 0...5000
        for low in 0..<20 {
            for high in low...20 {
                let values = [low, high].map {
                    bounds.lowerBound + (bounds.upperBound - bounds.lowerBound) * Double($0) / 20
                }
                let axis = kind.axis(fitting: values)
                #expect(axis.lower <= values[0] + 1e-6 && axis.upper >= values[1] - 1e-6)
                #expect((2...6).contains(axis.ticks.count))
                if let limits = kind.bounds {
                    #expect(axis.lower >= limits.lowerBound - 1e-6 && axis.upper <= limits.upperBound + 1e-6)
                }
            }
        }
    }

    @Test func noValuesStillMakeAnAxis() {
        #expect(MeasureKind.csat.axis(fitting: []).ticks.count > 1)
        #expect(MeasureKind.aht.axis(fitting: []).upper == 60)
    }

    @Test func aVeryLongHandleTimeStillHasFewLines() {
        #expect(MeasureKind.aht.axis(fitting: [10, 1_000_000]).ticks.count <= 7)
    }
}
