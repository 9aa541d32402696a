import Foundation
import NIOCore
import Testing

@testable import Web

@Suite struct SiteFilesTests {
    private func path(_ name: String) throws -> SitePath {
        try #require(SitePath("/dashboards/" + name))
    }

    private func text(_ item: SiteItem) -> String? {
        guard case .file(let file) = item else { return nil }
        return String(buffer: file.reply(acceptEncoding: nil, ifNoneMatch: nil).body)
    }

    private func isNothing(_ item: SiteItem) -> Bool {
        if case .nothing = item { true } else { false }
    }

    @Test func aFileIsKeptUntilItIsReplacedChangedOrRemoved() async throws {
        let folder = try SiteFolder()
        let files = SiteFiles(folder: folder.path)
        let page = try path("index.html")
        #expect(isNothing(try await files.item(at: page)) && files.current(page) == nil)
        try folder.write("one", to: "index.html")
        #expect(text(try await files.item(at: page)) == "one")
        let first = try #require(files.current(page))
        #expect(files.current(page) === first)
        // The same length, as nothing but the file itself tells of the change.
        try folder.write("two", to: "index.html")
        #expect(files.current(page) == nil)
        #expect(text(try await files.item(at: page)) == "two")
        try folder.remove("index.html")
        #expect(files.current(page) == nil)
        #expect(isNothing(try await files.item(at: page)))
    }

    @Test func theSameContentHasTheSameTagWhoeverWroteItWhen() async throws {
        let folder = try SiteFolder()
        let files = SiteFiles(folder: folder.path)
        func tag() async throws -> String? {
            guard case .file(let file) = try await files.item(at: try path("a.csv")) else { return nil }
            return file.reply(acceptEncoding: nil, ifNoneMatch: nil).head.headerFields[.eTag]
        }
        try folder.write("a,b\n", to: "a.csv")
        let first = try #require(try await tag())
        try folder.write("a,c\n", to: "a.csv")
        #expect(try await tag() != first)
        try folder.write("a,b\n", to: "a.csv")
        #expect(try await tag() == first)
    }

    @Test func linksAreFollowedOnlyWithinTheFolder() async throws {
        let folder = try SiteFolder()
        let files = SiteFiles(folder: folder.path)
        try folder.write("secret", to: "../secret.txt")
        try folder.write("secret", to: "../site-of-another/index.html")
        try folder.write("north", to: "teams/north.html")
        try folder.link("out.txt", to: "../secret.txt")
        try folder.link("absolute.txt", to: "/etc/passwd")
        try folder.link("folder", to: "..")
        try folder.link("neighbour", to: "../site-of-another")
        try folder.link("loop.html", to: "loop.html")
        try folder.link("inside.html", to: "teams/north.html")
        for name in ["out.txt", "absolute.txt", "folder", "folder/secret.txt", "neighbour/", "loop.html"] {
            #expect(isNothing(try await files.item(at: try path(name))), "\(name)")
        }
        #expect(text(try await files.item(at: try path("inside.html"))) == "north")
        // A link that is turned round after it was followed is looked at again.
        try folder.remove("inside.html")
        try folder.link("inside.html", to: "../secret.txt")
        #expect(files.current(try path("inside.html")) == nil)
        #expect(isNothing(try await files.item(at: try path("inside.html"))))
    }

    @Test func onlyFilesOfTheKindsOfASiteAreThere() async throws {
        let folder = try SiteFolder()
        let files = SiteFiles(folder: folder.path)
        for name in ["a.html", "a.csv", "a.json", "a.svg", "a.txt"] {
            try folder.write("a", to: name)
            #expect(text(try await files.item(at: try path(name))) == "a")
        }
        for name in ["a", "a.php", "html", "a.HTML", "a.html~", "a.htm"] {
            try folder.write("a", to: name)
            #expect(isNothing(try await files.item(at: try path(name))), "\(name)")
        }
        try #require(mkfifo(folder.path + "/pipe.txt", 0o600) == 0)
        #expect(isNothing(try await files.item(at: try path("pipe.txt"))))
        try folder.write("", to: "empty.txt")
        #expect(text(try await files.item(at: try path("empty.txt"))) == "")
        if case .folder = try await files.item(at: try #require(SitePath("/dashboards"))) {
        } else {
            Issue.record("no folder")
        }
    }

    @Test func whatWasNotAskedForTheLongestMakesRoom() async throws {
        let folder = try SiteFolder()
        // Content that does not compress counts once.
        let files = SiteFiles(folder: folder.path, capacity: 25, largest: 20)
        for name in ["a", "b", "c"] { try folder.write("012345678" + name, to: name + ".txt") }
        _ = try await files.item(at: try path("a.txt"))
        _ = try await files.item(at: try path("b.txt"))
        #expect(files.current(try path("a.txt")) != nil)
        _ = try await files.item(at: try path("c.txt"))
        #expect(files.current(try path("b.txt")) == nil)
        for name in ["a.txt", "c.txt"] { #expect(files.current(try path(name)) != nil) }
        try folder.write(String(repeating: "x", count: 21), to: "large.txt")
        if case .large = try await files.item(at: try path("large.txt")) {} else { Issue.record("it was kept") }
    }
}
