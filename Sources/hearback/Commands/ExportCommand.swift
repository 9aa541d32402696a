import ArgumentParser
import Foundation
import Postgres
import Store

/// `hearback export`: rows for spreadsheets and programs.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write answers, interactions or decisions as CSV, a row a line.",
        discussion: """
            Answers count on the day they were given and for whom they were frozen when the customer was invited; \
            interactions on the day they began, decisions on the day they were taken. Times are in UTC. A text that a \
            spreadsheet might take for a formula begins with an apostrophe.
              hearback export responses --from 2026-10-01 --to 2026-10-31 --team North --out october.csv
            """)

    @Argument(help: "What: \(ExportKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: ExportKind

    @Option(help: ArgumentHelp("The first day; by default the first of all.", valueName: "YYYY-MM-DD"))
    var from: CalendarDay?

    @Option(help: ArgumentHelp("The last day; by default the last of all.", valueName: "YYYY-MM-DD"))
    var to: CalendarDay?

    @Option(help: ArgumentHelp("Only this team.", valueName: "ref"))
    var team: String?

    @Option(help: ArgumentHelp("Only this agent.", valueName: "ref"))
    var agent: String?

    @Option(help: ArgumentHelp("Only this portfolio.", valueName: "ref"))
    var portfolio: String?

    @Option(help: ArgumentHelp("Only this topic.", valueName: "name"))
    var topic: String?

    @Option(help: ArgumentHelp("Only this channel.", valueName: "name"))
    var channel: String?

    @Option(help: ArgumentHelp("The file to write; by default to standard output.", valueName: "file"))
    var out: String?

    @OptionGroup var data: DataOptions

    func run() async throws {
        var filter = ExportFilter()
        (filter.firstDay, filter.lastDay) = (from, to)
        (filter.team, filter.agent, filter.portfolio) = (team, agent, portfolio)
        (filter.topic, filter.channel) = (topic, channel)
        do {
            try await data.withStore { [kind, out, filter] store in
                let selection = try await store.exportSelection(filter)
                let target = try ExportTarget(out)
                defer { target.discard() }
                try await store.export(kind, selection, by: .command(user: NSUserName()), now: Date()) { rows in
                    for try await chunk in rows { try target.write(chunk) }
                }
                try target.finish()
            }
        } catch let refusal as ExportRefusal {
            throw ValidationError(refusal.description)
        }
    }
}

extension ExportKind: ExpressibleByArgument {}
