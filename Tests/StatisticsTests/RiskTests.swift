import Statistics
import Testing

@Suite struct RiskTests {
    private var rows: [[Double]] {
        SpectorData.improved.indices.map {
            [SpectorData.gradePointAverage[$0], SpectorData.testScore[$0], SpectorData.taughtNewWay[$0]]
        }
    }
    private var outcomes: [Bool] { SpectorData.improved.map { $0 == 1 } }

    @Test func logisticRegressionAgreesWithThePublishedSpectorFit() throws {
        let vector = try Vectors.load().logitSpector
        let model = try LogisticRegression(rows: rows, outcomes: outcomes)
        #expect(areClose(model.coefficients, vector.params.inOrder, 1e-9))
        #expect(areClose(model.standardErrors, vector.bse.inOrder, 1e-7))
        #expect(isClose(model.logLikelihood, vector.llf))
        #expect(isClose(model.mcFaddenRSquared, vector.mcfadden))

        let quality = try #require(
            PredictionQuality(predictions: rows.compactMap(model.probability), outcomes: outcomes))
        #expect(isClose(quality.areaUnderCurve, vector.auc))
        #expect(isClose(quality.brierScore, vector.brier, 1e-9))
        #expect(quality.brierScore < quality.naiveBrierScore)
    }

    @Test func areaUnderTheCurveCountsTiesAsHalf() throws {
        for vector in try Vectors.load().auc {
            let quality = try #require(
                PredictionQuality(predictions: vector.s, outcomes: vector.y.map { $0 == 1 }))
            let pairs = vector.y.indices.flatMap { event in vector.y.indices.map { (event, $0) } }
                .filter { vector.y[$0.0] == 1 && vector.y[$0.1] == 0 }
            let wins = pairs.reduce(0.0) { sum, pair in
                let (event, other) = (vector.s[pair.0], vector.s[pair.1])
                return sum + (event > other ? 1 : event == other ? 0.5 : 0)
            }
            #expect(isClose(quality.areaUnderCurve, wins / Double(pairs.count)))
            #expect(isClose(quality.areaUnderCurve, vector.auc))
        }
    }

    @Test func thePredictionsOfAFitAddUpToTheEvents() throws {
        let model = try LogisticRegression(rows: rows, outcomes: outcomes)
        let predictions = rows.compactMap(model.probability)
        #expect(isClose(predictions.reduce(0, +), Double(outcomes.count { $0 }), 1e-9))
        #expect(model.probability([1, 2]) == nil)
    }

    @Test func aModelOfTheConstantAloneIsTheBaseRate() throws {
        let model = try LogisticRegression(rows: [[], [], [], []], outcomes: [true, false, true, true])
        #expect(isClose(model.probability([]), 0.75))
        #expect(isClose(model.mcFaddenRSquared, 0, 1e-12))
    }

    @Test func dataThatAllowNoFitAreNamed() {
        let fit = { (rows: [[Double]], outcomes: [Bool]) -> LogisticRegression.FitError? in
            do throws(LogisticRegression.FitError) {
                _ = try LogisticRegression(rows: rows, outcomes: outcomes)
                return nil
            } catch {
                return error
            }
        }
        let mixed = [false, true, false, true, false]
        #expect(fit([], []) == .notEnoughData)
        #expect(fit([[1], [2]], [true, false]) == .notEnoughData)
        #expect(fit([[1], [2], [.nan], [4], [5]], mixed) == .notEnoughData)
        #expect(fit([[1], [2], [3, 4], [4], [5]], mixed) == .notEnoughData)
        #expect(fit([[1], [2], [3], [4], [5]], [true, true, true, true, true]) == .outcomesDoNotVary)
        #expect(fit([[7], [7], [7], [7], [7]], mixed) == .predictorsOverlap)
        #expect(fit([[1, 2], [2, 4], [3, 6], [4, 8], [5, 10]], mixed) == .predictorsOverlap)
        #expect(fit([[1], [2], [3], [4], [5]], [false, false, true, true, true]) == .separated)
        #expect(fit([[1], [2], [3], [4], [5]], mixed) == nil)
    }

    @Test func calibrationGroupsHoldEveryCaseOnceInOrder() throws {
        let predictions = (0..<25).map { Double($0) / 25 }
        let outcomes = (0..<25).map { $0 % 3 == 0 }
        let quality = try #require(PredictionQuality(predictions: predictions.reversed(), outcomes: outcomes))
        let groups = quality.calibration()
        #expect(groups.count == 10 && groups.reduce(.none) { $0 + $1.observed } == quality.baseRate)
        #expect(zip(groups, groups.dropFirst()).allSatisfy { $0.predicted < $1.predicted })
        #expect(quality.calibration(groups: 100).count == 25 && quality.calibration(groups: 0).isEmpty)
    }

    @Test func noPredictionsAreNotEnoughData() {
        #expect(PredictionQuality(predictions: [], outcomes: []) == nil)
        #expect(PredictionQuality(predictions: [0.5], outcomes: []) == nil)
        #expect(PredictionQuality(predictions: [.nan], outcomes: [true]) == nil)
        #expect(PredictionQuality(predictions: [0.5, 0.6], outcomes: [true, true])?.areaUnderCurve == nil)
    }
}
