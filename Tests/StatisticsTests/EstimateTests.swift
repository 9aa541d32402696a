import Statistics
import Testing

@Suite struct EstimateTests {
    @Test func theStandardConfidenceIsTheSpecifiedConstant() throws {
        #expect(Confidence.ninetyFive.z == (try Vectors.load().z975))
        #expect(Confidence.ninetyFive.level == 0.95)
        #expect(isClose(Confidence(level: 0.95)?.z, 1.959963984540054, 1e-14))
        #expect(isClose(Confidence(level: 0.99)?.z, 2.5758293035489004, 1e-14))
    }

    @Test(arguments: [-0.5, 0, 1, 2, .nan]) func aConfidenceLiesStrictlyBetweenNothingAndCertainty(level: Double) {
        #expect(Confidence(level: level) == nil)
    }

    @Test func fewerThanFiveAnswersAreWithheldAndThirtyAreShownInFull() {
        let rule = SufficiencyRule.standard
        #expect([-1, 0, 4].map(rule.sufficiency) == [.withheld, .withheld, .withheld])
        #expect([5, 29].map(rule.sufficiency) == [.provisional, .provisional])
        #expect([30, 1_000_000].map(rule.sufficiency) == [.full, .full])
    }

    @Test func sufficiencyThresholdsCanBeConfiguredButNeverShowNothing() throws {
        let strict = try #require(SufficiencyRule(shownFrom: 10, fullFrom: 10))
        #expect([9, 10].map(strict.sufficiency) == [.withheld, .full])
        #expect(SufficiencyRule(shownFrom: 0, fullFrom: 30) == nil)
        #expect(SufficiencyRule(shownFrom: 10, fullFrom: 9) == nil)
    }

    @Test func aDifferenceIsDetectableOnlyWhenItsIntervalLeavesOutZero() throws {
        let same = try #require(Share(50, of: 100).difference(from: Share(50, of: 100)))
        let up = try #require(Share(90, of: 100).difference(from: Share(50, of: 100)))
        let down = try #require(Share(50, of: 100).difference(from: Share(90, of: 100)))
        #expect([same, up, down].map(\.isDetectable) == [false, true, true])
    }
}
