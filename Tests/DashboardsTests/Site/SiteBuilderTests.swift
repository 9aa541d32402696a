import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Dashboards
@testable import Store

@Suite(.migrated) struct SiteBuilderTests {
    private func answer(_ invitations: some Sequence<Int64>, nps: Int16 = 9, at now: Date) async throws {
        let submissions = invitations.map {
            Submission(invitation: $0, surveyVersion: 1, language: "en", answers: Answers(nps: nps, csat: 5))
        }
        _ = try await TestDatabase.store.submitAnswers(submissions, now: now)
    }

    /// A site of one agent's answers.
    private func answered(_ count: Int = 6) async throws -> [Int64] {
        let invitations = try await TestDatabase.store.invite(count + 10, at: .test.days(-1))
        try await answer(invitations.prefix(count), at: .test.hours(-2))
        try await TestDatabase.store.refreshCells(now: .test)
        return Array(invitations.dropFirst(count))
    }

    @Test func theSameFiguresGiveTheSameBytesAndNothingIsWrittenTwice() async throws {
        _ = try await answered()
        let (first, second) = (SiteCopy(), SiteCopy())
        defer { first.remove(); second.remove() }
        let store = try TestDatabase.store
        let builder = SiteBuilder(store: store, folder: first.path)
        #expect(try await builder.build(now: .test).files > 40)
        #expect(try await builder.build(now: .test.hours(1)).files == 0)
        #expect(try await SiteBuilder(store: store, folder: first.path).build(now: .test.hours(1)).files == 0)
        _ = try await SiteBuilder(store: store, folder: second.path).build(now: .test.hours(1))
        let bytes = try first.files()
        #expect(bytes.keys.contains("index.html") && bytes.keys.contains("last-7-days/agents/1.csv"))
        #expect(try second.files() == bytes)
    }

    @Test func onlyPagesWhoseFiguresChangedAreWritten() async throws {
        let store = try TestDatabase.store
        let open = try await answered()
        try await store.take(
            .interactions,
            #"[{"ref": "early", "customer": "x", "agent": "B2", "started_at": "2026-08-01T10:00:00Z", "talk_seconds": 9}]"#
        )
        try await store.refreshCells(now: .test)
        let site = SiteCopy()
        defer { site.remove() }
        let builder = SiteBuilder(store: store, folder: site.path)
        _ = try await builder.build(now: .test)
        let before = try site.files()
        try await answer(open.prefix(3), nps: 2, at: .test.hours(-1))
        try await store.refreshCells(now: .test)
        let changes = try await builder.build(now: .test)
        let after = try site.files()
        let changed = Set(after.keys.filter { after[$0] != before[$0] })
        #expect(changed.count == changes.files + 1)  // and the manifest
        #expect(changed.isSuperset(of: ["index.html", "2026-11/index.csv", "agents/1.html", "answers/2026-11.html"]))
        #expect(
            !changed.contains { $0.hasPrefix("2026-08/") || $0.hasSuffix("agents/2.html") || $0 == "definitions.html" })
    }

    @Test func pagesThatTheSiteDoesNotHaveAnyMoreAreRemoved() async throws {
        _ = try await answered()
        let site = SiteCopy()
        defer { site.remove() }
        let store = try TestDatabase.store
        _ = try await SiteBuilder(store: store, folder: site.path).build(now: .test)
        #expect(try site.files().keys.contains("agents/1.html"))
        try site.write("not ours", as: "notes.txt")
        // The same folder becomes the site of one agent, which has no pages about others.
        _ = try await SiteBuilder(store: store, folder: site.path, scope: .agent(1)).build(now: .test)
        let names = Set(try site.files().keys)
        #expect(
            !names.contains("agents/1.html") && !names.contains("teams.html") && !names.contains("answers/2026-11.html")
        )
        #expect(names.isSuperset(of: ["index.html", "definitions.html", "manifest.json", "notes.txt"]))
    }

    @Test func overviewsAreWrittenFirstAndTheRestPartByPart() async throws {
        let open = try await answered()
        let site = SiteCopy()
        defer { site.remove() }
        let store = try TestDatabase.store
        let builder = SiteBuilder(store: store, folder: site.path)
        _ = try await builder.build(now: .test)
        try await answer(open.prefix(3), nps: 2, at: .test.hours(-1))
        try await store.refreshCells(now: .test)
        let before = try site.files()
        _ = try await builder.build(.overviews, now: .test)
        let first = try site.files()
        #expect(first["index.html"] != before["index.html"])
        #expect(first["agents/1.html"] == before["agents/1.html"])
        #expect(first["manifest.json"] == before["manifest.json"])
        // Answers go on; what has waited for longest is made before what is young.
        for round in 3..<10 {
            try await answer([open[round]], nps: 2, at: .test.hours(-1))
            try await store.refreshCells(.totals, now: .test)
            _ = try await builder.build(.overviews, now: .test)
            // Also between the totals and the others.
            if round.isMultiple(of: 3) {
                while try await builder.build(.further(1), now: .test).pages > 0 {}
            }
            try await store.refreshCells(.answers, now: .test)
            _ = try await builder.build(.further(1), now: .test)
            let overview = try #require(try site.files()["index.csv"])
            #expect(String(decoding: overview, as: UTF8.self).contains(",\(6 + round + 1),") == true)
        }
        while try await builder.build(.further(1), now: .test).pages > 0 {}
        let whole = SiteCopy()
        defer { whole.remove() }
        _ = try await SiteBuilder(store: store, folder: whole.path).build(now: .test)
        var (parted, made) = (try site.files(), try whole.files())
        parted["manifest.json"] = nil
        made["manifest.json"] = nil
        #expect(parted == made)
    }

    @Test func whatAnInterruptedBuildingLeftIsWrittenAnew() async throws {
        _ = try await answered()
        let site = SiteCopy()
        defer { site.remove() }
        let store = try TestDatabase.store
        _ = try await SiteBuilder(store: store, folder: site.path).build(now: .test)
        let whole = try site.files()
        // A page was moved into place, and then the process was killed before the manifest was.
        try site.write("newer", as: "index.html")
        try site.write("newer", as: ".unfinished/teams.html")
        _ = try await SiteBuilder(store: store, folder: site.path).build(now: .test)
        #expect(try site.files() == whole)
    }

    @Test func aFolderThatCannotBeWrittenLeavesTheOldSiteWholeAndIsCaughtUpLater() async throws {
        let open = try await answered()
        let site = SiteCopy()
        defer { site.remove() }
        let store = try TestDatabase.store
        let builder = SiteBuilder(store: store, folder: site.path)
        _ = try await builder.build(now: .test)
        let before = try site.files()
        try await answer(open.prefix(3), nps: 2, at: .test.hours(-1))
        try await store.refreshCells(now: .test)
        // A file where the folder of unfinished pages should be.
        try site.write("in the way", as: ".unfinished")
        await #expect(throws: SiteError.self) { try await builder.build(now: .test) }
        try site.remove(".unfinished")
        #expect(try site.files() == before)
        #expect(try await builder.build(now: .test).files > 0)
        #expect(try site.files()["index.html"] != before["index.html"])
    }
}
