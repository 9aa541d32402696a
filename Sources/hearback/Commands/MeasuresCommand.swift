import ArgumentParser
import Dashboards
import Foundation
import Postgres
import Store

/// `hearback measures`: the same figures as the dashboards, as a table.
struct MeasuresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measures",
        abstract: "Print the measures of a period, each with its n and 95 % interval.",
        discussion: """
            NPS runs from -1 to 1 and shares from 0 to 1, unrounded in csv and json. A figure from fewer than 5 answers is \
            withheld. Answers count for the team and agent that were frozen when the customer was invited.
              hearback measures --from 2026-10-01 --to 2026-10-31 --by team
            """)

    @Option(help: ArgumentHelp("The first day; by default 90 days before the last.", valueName: "YYYY-MM-DD"))
    var from: CalendarDay?

    @Option(help: ArgumentHelp("The last day; by default today.", valueName: "YYYY-MM-DD"))
    var to: CalendarDay?

    @Option(help: "Tell apart by: \(MeasureDimension.allCases.dropFirst().map(\.rawValue).joined(separator: ", ")).")
    var by = MeasureDimension.all

    @Option(help: "table, csv or json.")
    var format = OutputFormat.table

    @OptionGroup var data: DataOptions

    func run() async throws {
        let rows = try await data.withStore { store in
            try await store.refreshCells(now: Date())
            let period = try await PeriodChoice(from: from, to: to, days: 90).period(in: store, now: Date())
            return try await store.readingFigures { try await $0.measureCounts(period, cut: .whole, by: by) }
        }
        printOut(try MeasureListing(rows, by: by).text(format))
    }
}

extension MeasureDimension: ExpressibleByArgument {}
