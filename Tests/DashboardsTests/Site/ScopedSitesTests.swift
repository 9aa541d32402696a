import Foundation
import Postgres
import TestSupport
import Testing

@testable import Dashboards
@testable import Store

/// Sites come and go with whoever sees them, and one that fails keeps no other from being built.
@Suite(.migrated) struct ScopedSitesTests {
    @Test func aSiteThatCannotBeWrittenIsNoOthersFailure() async throws {
        let store = try TestDatabase.store
        try await store.take(
            .agents, #"[{"ref": "A1", "name": "A", "team": "Early"}, {"ref": "A2", "name": "B", "team": "Late"}]"#)
        _ = try await store.invite(1)
        try await store.refreshCells(now: .test)
        for (email, team) in [("e@example.com", "Early"), ("l@example.com", "Late")] {
            _ = try await store.addPerson(
                PersonSettings(email: email, name: "M", role: .qualityManager, teams: [team]), by: .program, now: .test)
        }
        let site = SiteCopy()
        defer { site.remove() }
        let folder = URL(filePath: site.path).appending(path: SiteBuilder.partsFolder)
        let keys = try await store.seenScopes().map(\.siteKey)
        #expect(keys.count == 2)
        func overview(_ key: String) -> Bool {
            FileManager.default.fileExists(atPath: folder.appending(path: "\(key)/index.html").path)
        }
        // What stands in the way of the first one is a file of its name.
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data().write(to: folder.appending(path: keys[0]))
        try FileManager.default.createDirectory(
            at: folder.appending(path: "nobodys"), withIntermediateDirectories: true)
        let sites = ScopedSites(store: store, site: site.path)
        let (files, failures) = try await sites.build(now: .test)
        #expect(failures.count == 1 && files > 0)
        #expect(!overview(keys[0]) && overview(keys[1]))
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "nobodys").path))
        // As soon as it can be written, it is.
        try FileManager.default.removeItem(at: folder.appending(path: keys[0]))
        let (_, later) = try await sites.build(now: .test)
        #expect(later.isEmpty && overview(keys[0]))
    }
}
