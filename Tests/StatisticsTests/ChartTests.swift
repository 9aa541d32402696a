import Testing

@testable import Statistics

@Suite struct ChartTests {
    @Test func individualsChartAgreesWithThePublishedViscosityData() throws {
        let vector = try Vectors.load().xmr
        let chart = try #require(IndividualsChart(vector.x, periods: ChartPeriods(lastIsUnfinished: false)))
        #expect(isClose(chart.mean, vector.mean))
        #expect(isClose(chart.meanMovingRange, vector.mrBar))
        #expect(areClose([chart.limits.lowerBound, chart.limits.upperBound], vector.limits))
        // 2.66 and 3.268 are the same factors, rounded as older tables print them.
        let rounded = [-2.66, 2.66].map { chart.mean + $0 * chart.meanMovingRange }
        #expect(areClose(rounded, vector.limits266))
        #expect(areClose([chart.limits.lowerBound, chart.limits.upperBound], vector.limits266, 1e-4))
        #expect(isClose(chart.upperRangeLimit, vector.url3268 / 3.268 * 3.267))
        #expect(chart.signals == vector.signals.map { .outsideLimits($0 - 1) })
        // The vector counts each range at its later period.
        #expect(chart.rangeSignals == vector.rangeSignals.map { $0 - 1 })
        #expect(chart.movingRanges.first == .some(nil) && chart.movingRanges.count == vector.x.count)
    }

    @Test func shareChartAgreesWithThePublishedOrangeJuiceData() throws {
        let vector = try Vectors.load().pChart
        let shares = vector.x.map { Share($0, of: vector.n) }
        let chart = try #require(
            ShareChart(shares, periods: ChartPeriods(lastIsUnfinished: false), method: .pChart))
        #expect(isClose(chart.centre, vector.pBar))
        #expect(isClose(ShareChart.binomialError(chart.centre, n: vector.n), vector.sigma))
        for limits in chart.limits {
            #expect(areClose(limits.map { [$0.lowerBound, $0.upperBound] }, [vector.lcl, vector.ucl]))
        }
        #expect(chart.signals.outside == vector.signals.map { $0 - 1 })

        let trimmed = shares.indices.filter { !vector.signals.contains($0 + 1) }.map { shares[$0] }
        let second = try #require(
            ShareChart(trimmed, periods: ChartPeriods(lastIsUnfinished: false), method: .pChart))
        #expect(isClose(second.centre, vector.trimmedPBar))
        let limits = try #require(second.limits.first ?? nil)
        #expect(areClose([limits.lowerBound, limits.upperBound], [vector.trimmedLcl, vector.trimmedUcl], 1e-9))
    }

    @Test func laneyStretchesTheLimitsByTheVariationBetweenPeriods() throws {
        let vector = try Vectors.load().pChart
        let shares = vector.x.map { Share($0, of: vector.n) }
        let chart = try #require(ShareChart(shares, periods: ChartPeriods(lastIsUnfinished: false), method: .laney))
        #expect(isClose(chart.stretch, vector.laneySigmaZ))
        let reach = 3 * chart.stretch * ShareChart.binomialError(chart.centre, n: vector.n)
        #expect(areClose([chart.centre - reach, chart.centre + reach], vector.laneyUnclamped))
        let limits = try #require(chart.limits.first ?? nil)
        #expect(limits.lowerBound == 0 && isClose(limits.upperBound, vector.laneyUnclamped[1]))
    }

    @Test func laneyFollowsPeriodsOfVaryingSize() throws {
        let vector = try Vectors.load().laneyVaryingN
        let shares = zip(vector.x, vector.n).map { Share($0, of: $1) }
        let periods = ChartPeriods(lastIsUnfinished: false)
        let chart = try #require(ShareChart(shares, periods: periods))
        #expect(chart.method == .laney)
        #expect(isClose(chart.centre, vector.pBar) && isClose(chart.stretch, vector.sigmaZ))
        let first = try #require(chart.limits.first ?? nil)
        #expect(areClose([first.lowerBound, first.upperBound], vector.firstPointLimits))
        let plain = try #require(ShareChart(shares, periods: periods, method: .pChart))
        let plainFirst = try #require(plain.limits.first ?? nil)
        #expect(areClose([plainFirst.lowerBound, plainFirst.upperBound], vector.firstPointPChart))
    }

    @Test func smallPeriodsGetBinomialLimitsUnlessAskedOtherwise() throws {
        let shares = [Share(5, of: 20), Share(7, of: 20), Share(6, of: 20)]
        let chart = try #require(ShareChart(shares, periods: ChartPeriods(lastIsUnfinished: false)))
        #expect(chart.method == .pChart && chart.stretch == 1)
    }

    @Test func theUnfinishedLastPeriodTakesNoPart() throws {
        let values = [10.0, 12, 11, 10, 12, 500]
        let chart = try #require(IndividualsChart(values, periods: ChartPeriods(lastIsUnfinished: true)))
        let finished = try #require(
            IndividualsChart(Array(values.dropLast()), periods: ChartPeriods(lastIsUnfinished: false)))
        #expect(chart == finished && chart.signals.isEmpty)

        let shares = [50, 52, 49, 51, 0].map { Share($0, of: 100) }
        let shareChart = try #require(ShareChart(shares, periods: ChartPeriods(lastIsUnfinished: true)))
        #expect(shareChart.limits.count == 5 && shareChart.limits[4] == nil)
        #expect(shareChart.baseline == 0..<4 && shareChart.signals.isEmpty && isClose(shareChart.centre, 0.505))
    }

    @Test func limitsComeFromTheStatedBaselineOnly() throws {
        let values = [90.0, 10, 11, 12, 11, 40]
        let chart = try #require(
            IndividualsChart(values, periods: ChartPeriods(baseline: 1..<5, lastIsUnfinished: false)))
        #expect(chart.mean == 11 && chart.meanMovingRange == 1 && chart.baseline == 1..<5)
        #expect(chart.signals == [.outsideLimits(0), .outsideLimits(5)])
        #expect(chart.rangeSignals == [1, 5])
    }

    @Test(arguments: [4..<8, 0..<1, 5..<6]) func aBaselineBeyondTheFinishedPeriodsOrOfOneIsRefused(baseline: Range<Int>)
    {
        let periods = ChartPeriods(baseline: baseline, lastIsUnfinished: true)
        #expect(IndividualsChart([1, 2, 3, 4, 5, 6], periods: periods) == nil)
        #expect(ShareChart([1, 2, 3, 4, 5, 6].map { Share($0, of: 9) }, periods: periods) == nil)
    }

    @Test func eightInARowOnOneSideAreASignalAndSevenAreNot() {
        let limits = [ClosedRange<Double>?](repeating: -9...9, count: 20)
        let signals = { (values: [Double?]) in
            chartSignals(values: values, centre: 0, limits: Array(limits.prefix(values.count)))
        }
        #expect(signals(Array(repeating: 1, count: 7)).isEmpty)
        #expect(signals(Array(repeating: -1, count: 8)) == [.run(0...7)])
        #expect(signals([-1] + Array(repeating: 1, count: 10) + [-1]) == [.run(1...10)])
        // A point on the centre line ends a run; a period without observations does not.
        #expect(signals([1, 1, 1, 1, 0, 1, 1, 1, 1]).isEmpty)
        #expect(signals([1, 1, 1, 1, nil, 1, 1, 1, 1]) == [.run(0...8)])
    }

    @Test func aPeriodWithoutAnswersHasNoLimits() throws {
        let shares = [Share(5, of: 10), .none, Share(6, of: 10), Share(4, of: 10)]
        let chart = try #require(ShareChart(shares, periods: ChartPeriods(lastIsUnfinished: false)))
        #expect(chart.limits.map { $0 == nil } == [false, true, false, false])
        #expect(chart.centre == 0.5)
    }

    @Test func aChartOfNothingIsNotEnoughData() {
        let periods = ChartPeriods(lastIsUnfinished: true)
        #expect(IndividualsChart([], periods: periods) == nil)
        #expect(IndividualsChart([1, 2], periods: periods) == nil)
        #expect(IndividualsChart([1, .nan, 3, 4], periods: periods) == nil)
        #expect(ShareChart([], periods: periods) == nil)
        #expect(ShareChart([.none, .none, .none], periods: periods) == nil)
        #expect(ShareChart([Share(3, of: 2), Share(1, of: 2), Share(1, of: 2)], periods: periods) == nil)
    }

    @Test func aShareThatNeverVariesHasLimitsWithoutWidth() throws {
        let shares = [Share(300, of: 300), Share(200, of: 200), Share(400, of: 400)]
        let chart = try #require(ShareChart(shares, periods: ChartPeriods(lastIsUnfinished: false)))
        #expect(chart.limits == [1...1, 1...1, 1...1] && chart.signals.isEmpty)
    }
}

extension [ChartSignal] {
    fileprivate var outside: [Int] {
        compactMap { signal in
            switch signal {
            case .outsideLimits(let index): index
            case .run: nil
            }
        }
    }
}
