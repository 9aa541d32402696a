import ArgumentParser
import Dashboards
import Foundation
import Postgres
import Store

/// `hearback dashboards`: the static site.
struct DashboardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboards", abstract: "Build the static dashboards.", subcommands: [Build.self])

    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Build the dashboards into a folder that any web host can serve, or that is opened from disk.",
            discussion: "\"hearback serve\" does this by itself within seconds of each change.")

        @Option(help: ArgumentHelp("The folder; by default \"site\" in the data folder.", valueName: "folder"))
        var out: String?

        @Option(help: ArgumentHelp("The first day; by default 52 full weeks before this one.", valueName: "YYYY-MM-DD"))
        var from: CalendarDay?

        @Option(help: ArgumentHelp("The last day; by default today.", valueName: "YYYY-MM-DD"))
        var to: CalendarDay?

        @OptionGroup var data: DataOptions

        func run() async throws {
            let folder = out ?? data.folder + "/site"
            let written = try await data.withStore { store in
                try await store.refreshCells(now: Date())
                let choice = PeriodChoice(from: from, to: to, days: 365)
                let period = from == nil && to == nil ? nil : try await choice.period(in: store, now: Date())
                return try await SiteBuilder(store: store, folder: folder).build(period, now: Date())
            }
            printOut(
                written.isEmpty
                    ? "Nothing has changed in \(folder).\n" : "Wrote \(written.joined(separator: ", ")) to \(folder).\n"
            )
        }
    }
}
