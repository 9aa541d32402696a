import Testing

@testable import Statistics

@Suite struct DriverTests {
    @Test func weightsFromDataAgreeWithTheStatesOfTheUSA() throws {
        let vector = try Vectors.load().relativeWeightsStateX77
        let columns = [StateFacts.population, StateFacts.illiteracy, StateFacts.income, StateFacts.frost]
        let drivers = try #require(DriverCorrelations(columns: columns, outcome: StateFacts.murder))
        #expect(isClose(drivers.rSquared, vector.r2, 1e-5))
        #expect(areClose(drivers.relativeWeights, vector.johnson.inOrder, 1e-6))
        let percents = drivers.relativeWeights.map { 100 * $0 / drivers.rSquared }
        #expect(zip(percents, vector.johnsonPercent.inOrder).allSatisfy { abs($0 - $1) < 0.01 })
        #expect(areClose(drivers.shapleyShares, vector.shapley.inOrder, 1e-6))
        #expect(drivers.isShowable(n: 50) && !drivers.isShowable(n: 39))
    }

    @Test func weightsFromAMatrixAgreeWithTheVector() throws {
        let vector = try Vectors.load().relativeWeightsIopsych
        let matrix = vector.correlations.prefix(4).map { Array($0.prefix(4)) }
        let drivers = try #require(
            DriverCorrelations(drivers: matrix, outcome: vector.correlations.prefix(4).map { $0[4] }))
        #expect(isClose(drivers.rSquared, vector.r2, 1e-6))
        #expect(areClose(drivers.relativeWeights, vector.johnson, 1e-6))
        #expect(areClose(drivers.shapleyShares, vector.shapley, 1e-6))
    }

    @Test func bothKindsOfWeightsAddUpToTheExplainedShare() throws {
        var generator = SeededGenerator(seed: 5)
        for count in 1...7 {
            let columns = (0..<count).map { _ in (0..<30).map { _ in Double.random(in: 0...1, using: &generator) } }
            let outcome = (0..<30).map { row in
                columns.reduce(Double.random(in: 0...1, using: &generator)) { $0 + $1[row] }
            }
            let drivers = try #require(DriverCorrelations(columns: columns, outcome: outcome))
            let shapley = try #require(drivers.shapleyShares)
            #expect(isClose(drivers.relativeWeights.reduce(0, +), drivers.rSquared))
            #expect(isClose(shapley.reduce(0, +), drivers.rSquared))
            #expect(drivers.relativeWeights.allSatisfy { $0 >= 0 } && shapley.allSatisfy { $0 >= -1e-12 })
        }
    }

    @Test func uncorrelatedDriversWeighTheirSquaredCorrelation() throws {
        let drivers = try #require(DriverCorrelations(drivers: [[1, 0], [0, 1]], outcome: [0.6, 0.3]))
        #expect(areClose(drivers.relativeWeights, [0.36, 0.09]))
        #expect(areClose(drivers.shapleyShares, [0.36, 0.09]))
        #expect(!drivers.isShowable(n: 3))
    }

    @Test func weakDriversAreNotShown() throws {
        let drivers = try #require(DriverCorrelations(drivers: [[1]], outcome: [0.1]))
        // r = 0.1 has two-sided p = 0.0504 at n = 384 and 0.0498 at n = 386 (t test of a correlation).
        #expect(!drivers.isShowable(n: 384) && drivers.isShowable(n: 386))
    }

    @Test func correlationsNoDataCouldHaveAreRefused() {
        #expect(DriverCorrelations(drivers: [], outcome: []) == nil)
        #expect(DriverCorrelations(drivers: [[1, 1], [1, 1]], outcome: [0.5, 0.5]) == nil)
        #expect(DriverCorrelations(drivers: [[1, 0.2], [0.3, 1]], outcome: [0.5, 0.5]) == nil)
        #expect(DriverCorrelations(drivers: [[2]], outcome: [0.5]) == nil)
        #expect(DriverCorrelations(drivers: [[1, 0], [0, 1]], outcome: [0.8, 0.8]) == nil)
        #expect(DriverCorrelations(columns: [[1, 1, 1]], outcome: [1, 2, 3]) == nil)
        #expect(DriverCorrelations(columns: [[1, 2]], outcome: [1, 2]) == nil)
        #expect(DriverCorrelations(columns: [[1, 2, 3, 5], [2, 4, 6, 10]], outcome: [1, 2, 2, 1]) == nil)
    }

    @Test func moreDriversThanShapleyCanHandleAreRefusedByItAlone() throws {
        let identity = (0..<13).map { row in (0..<13).map { $0 == row ? 1.0 : 0 } }
        let drivers = try #require(DriverCorrelations(drivers: identity, outcome: Array(repeating: 0.1, count: 13)))
        #expect(drivers.shapleyShares == nil && drivers.relativeWeights.count == 13)
    }
}
