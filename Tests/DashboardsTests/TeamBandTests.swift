import Postgres
import Statistics
import Testing

@testable import Dashboards
@testable import Store

/// What an agent reads about their team, about what does not count, and about what is missing.
@Suite struct TeamBandTests {
    private let day = TestContext.day(2026, 11, 1)

    /// Agents 1, 2, 3 … with so many answers each, of which such shares are good.
    private func team(_ shares: [Double], answers: Int = 200) -> [MeasureRow] {
        shares.enumerated().map { place, good in
            MeasureRow(start: day, value: Int32(place + 1), counts: TestContext.counts(answers, good: good))
        }
    }

    private func rows(_ team: [MeasureRow], of agent: Int32 = 1, _ kinds: [MeasureKind] = [.csat]) throws -> String {
        let own = try #require(team.first { $0.value == agent }).counts
        return TeamBand(of: agent, own, team: team, rule: .standard).section(kinds).markup
    }

    @Test func aSmallTeamHasNoBand() throws {
        let markup = try rows(team([0.2, 0.5, 0.6, 0.9]))
        #expect(markup.contains("too few agents with enough data") && !markup.contains(" of 4"))
        // Those with too few answers are not counted.
        let few = try rows(team([0.2, 0.5, 0.6, 0.9]) + team([0.1], answers: 4))
        #expect(few.contains("too few agents with enough data"))
    }

    @Test(arguments: [[MeasureKind.csat], [.nps], [.aht]]) func agentsWhoDoNotDifferAreNotToldApart(
        kinds: [MeasureKind]
    ) throws {
        let markup = try rows(team([0.6, 0.6, 0.61, 0.6, 0.59, 0.6]), kinds)
        #expect(markup.contains("not told apart") && !markup.contains(" of 6"))
    }

    @Test func agentsWhoDifferHaveABandAndAPlaceThatIsARange() throws {
        let shares = [0.9, 0.3, 0.45, 0.6, 0.75, 0.8]
        let best = try rows(team(shares)), worst = try rows(team(shares), of: 2)
        #expect(best.contains("1–2 of 6") || best.contains(">1 of 6") || best.contains("1–3 of 6"))
        #expect(worst.contains("6 of 6"))
        // The middle half of the estimates lies within what was counted of the second best and second worst.
        let band = try #require(best.firstMatch(of: /(\d+)[^0-9<]*% to (\d+)[^0-9<]*%/))
        let (lower, upper) = (try #require(Int(band.1)), try #require(Int(band.2)))
        #expect((45...60).contains(lower) && (75...80).contains(upper))
        // Means and scores have a band, and no place.
        let nps = try rows(team(shares), [.nps])
        #expect(nps.contains(" to ") && !nps.contains(" of 6"))
    }

    @Test func nobodyIsNamed() throws {
        let markup = try rows(team([0.9, 0.3, 0.45, 0.6, 0.75, 0.8]), MeasureKind.headline(instruments: [.effort]))
        #expect(!markup.contains("<a ") && !markup.contains("Agent 2"))
    }

    @Test func figuresStandWithAndWithoutWhatDoesNotCount() throws {
        let context = try TestContext.make(scope: .agent(7))
        var counts = TestContext.counts(40, good: 1)
        #expect(
            ExcludedAnswers.section(counts, in: context) == nil && ExcludedAnswers.counts(counts, in: context).isEmpty)
        counts.excludedScores = TestContext.counts(10, good: 0).scores
        let section = try #require(ExcludedAnswers.section(counts, in: context)).markup
        #expect(section.contains("10 answers of this period do not count"))
        #expect(section.contains("+100") && section.contains("+60"))
        let rows = ExcludedAnswers.counts(counts, in: context).map(\.row)
        #expect(rows.contains { $0[0] == "excluded-answers" && $0[5] == "10" })
        #expect(rows.contains { $0[0] == "csat-with-excluded" && $0[5] == "0.8" && $0[8] == "50" })
        #expect(counts.note(on: .nps)?.contains("10 of 50 answers do not count here") == true)
        #expect(counts.note(on: .aht) == nil)
    }

    @Test func whatIsMissingIsCountedAndWhatBecameBetterComesFirst() throws {
        let context = try TestContext.make(scope: .agent(7))
        func series(_ now: MeasureCounts, _ before: MeasureCounts) -> [MeasureSeries] {
            [MeasureKind.nps, .ces(.effort), .csat].map {
                MeasureSeries(MeasureTrend($0, [:], in: context), now, before, in: context)
            }
        }
        let few = OwnFigures.summary(series(TestContext.counts(4), TestContext.counts(40)), in: context)
        #expect(
            few == ["Still missing before a figure is shown: NPS 1 more answer, CES 1 more answer, CSAT 1 more answer."]
        )
        var now = TestContext.counts(400, good: 0.2)
        now.scores["csat"] = TestContext.counts(400, good: 0.9).scores["csat"]
        let changed = OwnFigures.summary(series(now, TestContext.counts(400, good: 0.5)), in: context)
        #expect(changed.count == 3 && changed[0].hasPrefix("CSAT rose") && changed[1].hasPrefix("NPS fell"))
    }
}
