import Statistics
import Testing

@testable import Dashboards
@testable import Store

/// What is known of measures besides their values: where they are kept, and from when on they stay as they are.
@Suite struct MeasureKindTests {
    private static let kinds = MeasureKind.all(instruments: [.effort])

    @Test(arguments: MeasureDimension.allCases) func whatIsAskedIsKeptByEverythingAndWorkIsNotByAnswers(
        dimension: MeasureDimension
    ) {
        #expect(MeasureKind.nps.isKept(by: dimension, within: .everything))
        let isAboutAnswers = [.category, .language, .surveyChannel, .surveyVersion].contains(dimension)
        #expect(MeasureKind.aht.isKept(by: dimension, within: .everything) == !isAboutAnswers)
        #expect(MeasureKind.fcrObserved.isKept(by: dimension, within: .everything) == !isAboutAnswers)
    }

    @Test(arguments: [FigureScope.everything, .team(1), .portfolio(1), .agent(1)])
    func everythingIsKeptOfTheScopeItself(scope: FigureScope) {
        #expect(Self.kinds.allSatisfy { $0.isKept(by: .all, within: scope) })
        #expect(Self.kinds.allSatisfy { $0.isKept(by: scope.dimension, within: scope) })
    }

    @Test func withinATeamContactsAndWindowsAreNotToldApart() {
        let kept = Set(Self.kinds.filter { $0.isKept(by: .topic, within: .team(1)) })
        #expect(kept.isSuperset(of: [.csat, .fcrObserved, .aht, .complaintsReceived]))
        #expect(!kept.contains(.handleTime(.contact, .mean)) && !kept.contains(.fcrWindow(.first, days: 7)))
        #expect(!kept.contains(.handleTime(.leg, .median)))
        #expect(MeasureKind.handleTime(.leg, .median).isKept(by: .agent, within: .team(1)))
    }

    @Test func aWeekIsFinishedOnceItsConfiguredWindowHasClosed() throws {
        let context = try TestContext.make()
        // Monday to Sunday, and seven days after it.
        let week = TestContext.today.adding(days: -14)
        #expect(MeasureKind.fcrObserved.isFinished(weekOf: week, in: context))
        #expect(!MeasureKind.fcrObserved.isFinished(weekOf: week.adding(days: 7), in: context))
        #expect(!MeasureKind.fcrWindow(.first, days: 30).isFinished(weekOf: week, in: context))
        #expect(!MeasureKind.complaintsReopened.isFinished(weekOf: week, in: context))
        #expect(MeasureKind.aht.isFinished(weekOf: week.adding(days: 7), in: context))
    }

    @Test func youngClosingsAreNotComparedWithOldOnes() throws {
        let context = try TestContext.make()
        let series = TestContext.series(
            weeks: [], total: TestContext.counts(400, good: 0.9), previous: TestContext.counts(400, good: 0.5),
            in: context)
        let young = MeasureSeries(.complaintsReopened, series, in: context)
        #expect(young.change == nil && young.total != nil && young.previous != nil)
        #expect(
            ChangeWords.short(young, comparison: "the 28 days before", rule: context.rule)
                == "Not compared while closings are younger than 30 days")
        var old = context
        old.period = SitePeriod(TestContext.today.adding(days: -90)...TestContext.today.adding(days: -60))
        #expect(MeasureSeries(.complaintsReopened, series, in: old).change?.isDetectable == true)
    }
}
