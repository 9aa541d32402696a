import Statistics
import Testing

@Suite struct ResponseRateTests {
    @Test func theSixResponseRatesAgreeWithTheVector() throws {
        let vector = try Vectors.load().aapor
        let dispositions = Dispositions(vector)
        #expect(isClose(dispositions.responseRate1.proportion, vector.rate1))
        #expect(isClose(dispositions.responseRate2.proportion, vector.rate2))
        #expect(isClose(dispositions.responseRate3(eligibility: vector.eligibility), vector.rate3, 1e-10))
        #expect(isClose(dispositions.responseRate4(eligibility: vector.eligibility), vector.rate4, 1e-10))
        #expect(isClose(dispositions.responseRate5.proportion, vector.rate5, 1e-10))
        #expect(isClose(dispositions.responseRate6.proportion, vector.rate6, 1e-10))
    }

    @Test func theEligibilityOfTheUnknownRunsFromAllToNone() throws {
        let dispositions = Dispositions(try Vectors.load().aapor)
        #expect(dispositions.responseRate3(eligibility: 1) == dispositions.responseRate1.proportion)
        #expect(dispositions.responseRate4(eligibility: 0) == dispositions.responseRate6.proportion)
        #expect([-0.1, 1.1, .nan].allSatisfy { dispositions.responseRate3(eligibility: $0) == nil })
    }

    @Test func completionIsAmongThoseWhoBegan() {
        let dispositions = Dispositions(
            complete: 80, partial: 10, refused: 500, noContact: 900, other: 0, unknownDelivery: 30, unknownOther: 0)
        #expect(dispositions.completionRate(brokenOff: 10) == Share(80, of: 100))
        let twice = dispositions + dispositions
        #expect(twice.responseRate2 == dispositions.responseRate2 + dispositions.responseRate2)
    }

    @Test func noInvitationsAreNotEnoughData() {
        let none = Dispositions(
            complete: 0, partial: 0, refused: 0, noContact: 0, other: 0, unknownDelivery: 0, unknownOther: 0)
        #expect(none.responseRate2.estimate() == nil && none.responseRate4(eligibility: 0.5) == nil)
        #expect(none.completionRate(brokenOff: 0).estimate() == nil)
    }

    @Test func postStratificationAgreesWithTheVector() throws {
        let vector = try Vectors.load().poststrat
        let strata = vector.populations.indices.compactMap { index in
            let yes = Int((vector.p[index] * Double(vector.n[index])).rounded())
            return PostStratification.Stratum(
                population: vector.populations[index], share: Share(yes, of: vector.n[index]))
        }
        let weighted = try #require(PostStratification(strata))
        #expect(isClose(weighted.raw, vector.raw) && isClose(weighted.weighted.point, vector.weighted))
        #expect(isClose(weighted.standardError, vector.standardError, 1e-10))
        #expect(isClose(weighted.designEffect, vector.kishDeff, 1e-10))
        #expect(isClose(weighted.effectiveN, vector.effectiveN, 1e-6))
        #expect(weighted.weighted.n == 500)
    }

    @Test func strataOfAnswersAreWeightedAsSharesAre() throws {
        let ones = [1, 1, 1, 0, 0]
        let share = try #require(PostStratification.Stratum(population: 50, share: Share(3, of: 5)))
        let answers = try #require(PostStratification.Stratum(population: 50, answers: Moments(ones)))
        #expect(isClose(share.mean, answers.mean) && isClose(share.variance, answers.variance))
    }

    @Test func aStratumWithTooFewAnswersMustBeJoinedFirst() {
        #expect(PostStratification.Stratum(population: 50, share: Share(1, of: 1)) == nil)
        #expect(PostStratification.Stratum(population: 50, share: .none) == nil)
        #expect(PostStratification.Stratum(population: 3, share: Share(2, of: 4)) == nil)
        #expect(PostStratification([]) == nil)
    }
}

extension Dispositions {
    fileprivate init(_ vector: AAPORVector) {
        self.init(
            complete: vector.complete, partial: vector.partial, refused: vector.refused, noContact: vector.noContact,
            other: vector.other, unknownDelivery: vector.unknownDelivery, unknownOther: vector.unknownOther)
    }
}
