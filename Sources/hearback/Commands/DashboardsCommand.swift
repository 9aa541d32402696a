import ArgumentParser
import Dashboards
import Foundation
import Store

/// `hearback dashboards`: the static site.
struct DashboardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboards", abstract: "Build the static dashboards.", subcommands: [Build.self, Refresh.self])

    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Build the dashboards into a folder that any web host can serve, or that is opened from disk.",
            discussion: """
                "hearback serve" does this by itself within seconds of each change. A site shows everything, or only what belongs \
                to one team, portfolio or agent.
                  hearback dashboards build --out site
                  hearback dashboards build --team "Early care" --out early-care
                """)

        @Option(help: ArgumentHelp("The folder; by default \"site\" in the data folder.", valueName: "folder"))
        var out: String?
        @OptionGroup var scope: ScopeOptions
        @Flag(help: ArgumentHelp("Tell how long it took.", visibility: .hidden))
        var timing = false
        @OptionGroup var data: DataOptions

        func run() async throws {
            guard out != nil || (scope.team ?? scope.portfolio ?? scope.agent) == nil else {
                throw ValidationError(
                    "give --out for a part of the site; \"hearback serve\" keeps the whole one in the data folder")
            }
            let folder = out ?? data.folder + "/site"
            let bar = SharedProgressBar("Writing pages", total: 1000)
            let written = try await data.withStore { store in
                defer { bar.clear() }
                try await store.refreshCells(now: Date())
                return try await SiteBuilder(store: store, folder: folder, scope: try await scope.scope(in: store))
                    .build(now: Date()) { done, total in bar.show(done * 1000 / max(total, 1)) }
            }
            printOut(
                written.files == 0
                    ? "Nothing has changed in \(folder).\n" : "Wrote \(written.files) files to \(folder).\n")
            if timing { printOut("pages: \(written.pages) in \(written.seconds) s\n") }
        }
    }

    struct Refresh: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring the figures up to date with the facts, without writing pages.")

        @Flag(help: ArgumentHelp("Tell how long it took.", visibility: .hidden))
        var timing = false
        @OptionGroup var data: DataOptions

        func run() async throws {
            let (days, took) = try await data.withStore { store in
                let started = ContinuousClock.now
                let days = try await store.refreshCells(now: Date())
                return (days, started.duration(to: .now))
            }
            printOut("Computed the figures of \(days) days.\n")
            if timing {
                let (seconds, attoseconds) = took.components
                printOut("refreshed: \(Double(seconds) * 1000 + Double(attoseconds) / 1e15) ms\n")
            }
        }
    }
}
