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
            NPS runs from -1 to 1 and shares from 0 to 1, unrounded in csv and json. A figure from too few answers is \
            withheld (fewer than 5, unless set otherwise). Answers count for the team and agent that were frozen when the customer was invited.
              hearback measures --from 2026-10-01 --to 2026-10-31 --by team
              hearback measures --team "Early care" --by agent --cut month --all
            """)

    @Option(help: ArgumentHelp("The first day; by default 90 days before the last.", valueName: "YYYY-MM-DD"))
    var from: CalendarDay?
    @Option(help: ArgumentHelp("The last day; by default today.", valueName: "YYYY-MM-DD"))
    var to: CalendarDay?
    @Option(help: "Tell apart by: \(MeasureDimension.allCases.dropFirst().map(\.rawValue).joined(separator: ", ")).")
    var by = MeasureDimension.all
    @Option(help: "Cut the period into: \(PeriodCut.allCases.dropFirst().map(\.rawValue).joined(separator: ", ")).")
    var cut = PeriodCut.whole
    @Flag(help: "Every measure, not only those of the dashboards' tiles.")
    var all = false
    @OptionGroup var scope: ScopeOptions
    @Option(help: "table, csv or json.")
    var format = OutputFormat.table
    @Flag(help: ArgumentHelp("Tell how long reading the figures takes, on standard error.", visibility: .hidden))
    var timing = false
    @OptionGroup var data: DataOptions

    func run() async throws {
        let listing = try await data.withStore { store in
            try await store.refreshCells(now: Date())
            let period = try await PeriodChoice(from: from, to: to, days: 90).period(in: store, now: Date())
            let query = FigureQuery(try await scope.scope(in: store), by: by, period, cut: cut)
            if timing { try await tellTiming(store, period) }
            let report: FigureReport
            do {
                report = try await store.readingFigures { try await FigureReport.read(query, from: $0) }
            } catch let error as FiguresNotKept {
                throw ValidationError(error.description)
            }
            let kinds =
                all
                ? MeasureKind.all(instruments: report.instruments)
                : MeasureKind.headline(instruments: report.instruments)
            return MeasureListing(report, kinds: kinds, rule: try await store.organisation().rule)
        }
        printOut(try listing.text(format))
    }

    /// Reads what an overview page of the period shows again and again, and tells the median time.
    private func tellTiming(_ store: Store, _ period: ClosedRange<CalendarDay>) async throws {
        var times: [Duration] = []
        for _ in 0..<20 {
            let started = ContinuousClock.now
            try await SiteBuilder.readOverview(of: period, in: store, now: Date())
            times.append(started.duration(to: .now))
        }
        let (seconds, attoseconds) = times.sorted()[times.count / 2].components
        let text = String(format: "figures: %.3f ms\n", Double(seconds) * 1000 + Double(attoseconds) / 1e15)
        FileHandle.standardError.write(Data(text.utf8))
    }
}

extension MeasureDimension: ExpressibleByArgument {}
extension PeriodCut: ExpressibleByArgument {}
