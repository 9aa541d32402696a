import Statistics
import Testing

@Suite struct MeanChartTests {
    private static let periods = ChartPeriods(lastIsUnfinished: false)
    private static let scores = [
        (30, 20, 70), (25, 30, 65), (80, 100, 260), (12, 9, 30), (40, 40, 90), (33, 21, 96),
    ].map { NPSCounts(detractors: $0.0, passives: $0.1, promoters: $0.2) }

    /// n, sum and sum of squares of handle times; the last lies far above the others.
    private static let handleTimes = [
        (240, 72_000, 24_600_000), (180, 55_800, 19_900_000), (310, 91_450, 30_200_000), (95, 31_350, 12_100_000),
        (260, 79_300, 27_500_000), (400, 148_000, 62_000_000),
    ].map { Moments(n: $0.0, sum: $0.1, sumOfSquares: $0.2) }

    // The figures of both charts are computed with NumPy 2.4 from the formulas, by arrays.

    @Test func theChartOfAScoreAgreesWithTheFormulas() throws {
        let plain = try #require(MeanChart(Self.scores, periods: Self.periods, method: .plain))
        #expect(isClose(plain.centre, 0.3720266412940057) && plain.stretch == 1)
        #expect(areClose(ends(plain, 2), [0.25651940492693637, 0.48753387766107503]))
        #expect(areClose(ends(plain, 3), [0.03275274744590323, 0.7113005351421082]))
        let chart = try #require(MeanChart(Self.scores, periods: Self.periods))
        #expect(chart.method == .laney && isClose(chart.stretch, 1.0094211999683749))
        #expect(areClose(ends(chart, 2), [0.2554311881553279, 0.4886220944326835]))
        #expect(areClose(ends(chart, 3), [0.029556380247911074, 0.7144969023401003]))
        #expect(chart.signals.isEmpty && chart.baseline == 0..<6)
    }

    @Test func theChartOfAMeanAgreesWithTheFormulasAndSeesWhatLiesOutside() throws {
        let periods = ChartPeriods(baseline: 0..<5, lastIsUnfinished: false)
        let plain = try #require(
            MeanChart(Self.handleTimes, within: 0 ... .infinity, periods: periods, method: .plain))
        #expect(isClose(plain.centre, 304.0552995391705))
        #expect(areClose(ends(plain, 3), [269.08598328034, 339.02461579800104]))
        #expect(areClose(ends(plain, 5), [287.0133628415002, 321.0972362368408]))
        let chart = try #require(MeanChart(Self.handleTimes, within: 0 ... .infinity, periods: periods))
        #expect(chart.method == .laney && isClose(chart.stretch, 2.012654667516348))
        #expect(areClose(ends(chart, 3), [233.67414195097996, 374.43645712736105]))
        #expect(areClose(ends(chart, 5), [269.7557661010863, 338.3548329772547]))
        #expect(plain.signals == [.outsideLimits(5)] && chart.signals == [.outsideLimits(5)])
    }

    @Test func aScoreWithoutPassivesIsTheChartOfAShareStretchedToItsScale() throws {
        var generator = SeededGenerator(seed: 24)
        for (method, shareMethod) in [(MeanChart.Method.plain, ShareChart.Method.pChart), (.laney, .laney)] {
            let shares = (0..<30).map { _ in
                let n = Int.random(in: 5...300, using: &generator)
                return Share(Int.random(in: n / 2...n, using: &generator), of: n)
            }
            let scores = shares.map { NPSCounts(detractors: $0.total - $0.count, passives: 0, promoters: $0.count) }
            let share = try #require(ShareChart(shares, periods: Self.periods, method: shareMethod))
            let score = try #require(MeanChart(scores, periods: Self.periods, method: method))
            #expect(isClose(score.centre, 2 * share.centre - 1) && isClose(score.stretch, share.stretch, 1e-9))
            #expect(score.signals == share.signals && share.signals.isEmpty == (method == .laney))
            for (limits, ofShare) in zip(score.limits, share.limits) {
                let (limits, ofShare) = (try #require(limits), try #require(ofShare))
                #expect(isClose(limits.lowerBound, 2 * ofShare.lowerBound - 1, 1e-9))
                #expect(isClose(limits.upperBound, 2 * ofShare.upperBound - 1, 1e-9))
            }
        }
    }

    @Test func limitsHoldTheCentreStayInBoundsAndNarrowWithN() throws {
        var generator = SeededGenerator(seed: 25)
        for _ in 0..<200 {
            let answers = (0..<20).map { _ in
                Moments(
                    (0..<Int.random(in: 1...60, using: &generator)).map { _ in Int.random(in: 1...5, using: &generator)
                    })
            }
            let chart = try #require(MeanChart(answers, within: 1...5, periods: Self.periods))
            #expect(chart.method == .plain)
            let limits = chart.limits.compactMap(\.self)
            #expect(limits.count == 20 && limits.allSatisfy { (1...5).contains($0.lowerBound) && $0.upperBound <= 5 })
            #expect(limits.allSatisfy { $0.contains(chart.centre) })
            let bySize = zip(answers, limits).sorted { $0.0.n < $1.0.n }.map { $0.1.upperBound - $0.1.lowerBound }
            #expect(zip(bySize, bySize.dropFirst()).allSatisfy { $0 >= $1 })
        }
    }

    @Test func anUnfinishedOrEmptyPeriodHasNoLimits() throws {
        let scores = [Self.scores[0], .none, Self.scores[1], NPSCounts(detractors: 900, passives: 0, promoters: 0)]
        let chart = try #require(MeanChart(scores, periods: ChartPeriods(lastIsUnfinished: true)))
        #expect(chart.limits.map { $0 == nil } == [false, true, false, true])
        #expect(chart.centre == (Self.scores[0] + Self.scores[1]).score && chart.signals.isEmpty)
    }

    @Test func answersThatAllAgreeHaveLimitsWithoutWidth() throws {
        let fives = [120, 150, 200].map { Moments(n: $0, sum: 5 * $0, sumOfSquares: 25 * $0) }
        let chart = try #require(MeanChart(fives, within: 1...5, periods: Self.periods))
        #expect(chart.limits == [5...5, 5...5, 5...5] && chart.signals.isEmpty && chart.stretch == 0)
    }

    @Test func aMeanChartOfNothingOrOfWhatCannotBeIsRefused() {
        #expect(MeanChart([NPSCounts](), periods: Self.periods) == nil)
        #expect(MeanChart([Self.scores[0], .none], periods: Self.periods) == nil)
        #expect(MeanChart(Self.scores, periods: ChartPeriods(baseline: 4..<9, lastIsUnfinished: false)) == nil)
        #expect(MeanChart(Self.scores + [NPSCounts([-1, 2, 3])], periods: Self.periods) == nil)
        let answers = [Moments([1, 2]), Moments([2, 3])]
        #expect(MeanChart(answers, within: 1...5, periods: Self.periods) != nil)
        #expect(MeanChart(answers, within: 3...5, periods: Self.periods) == nil)
        #expect(
            MeanChart(answers + [Moments(n: 0, sum: 4, sumOfSquares: 4)], within: 1...5, periods: Self.periods) == nil)
    }

    private func ends(_ chart: MeanChart, _ index: Int) -> [Double]? {
        chart.limits[index].map { [$0.lowerBound, $0.upperBound] }
    }
}
