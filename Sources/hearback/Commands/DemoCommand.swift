import ArgumentParser
import DemoCentre
import Foundation
import Store

/// `hearback demo`: made-up data to try things with.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Make made-up data to try things with.", subcommands: [Fill.self, Calls.self])

    struct Fill: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fill an empty database with a year of a made-up centre.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            let isFilled = try await data.withStore { store in try await fillDemo(store) }
            guard isFilled else {
                throw ValidationError("the database holds facts already; choose another --data folder")
            }
        }
    }

    struct Calls: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a CSV file of made-up interactions, to try an import with.")

        @Option(help: "How many rows.")
        var count = 10_000

        @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
        var out: String

        func run() throws {
            try InteractionFile(rows: count).write(to: out)
            printOut("Wrote \(count) interactions to \(out). Import them with: hearback import interactions \(out)\n")
        }
    }
}

/// Fills an empty store with the demo's year, with a progress bar.
///
/// - Returns: Whether there was anything to do.
func fillDemo(_ store: Store) async throws -> Bool {
    let bar = SharedProgressBar("Making a year of a demo centre", total: 365)
    defer { bar.clear() }
    return try await DemoYear(store).fill(now: Date()) { done, _ in bar.show(done) }
}
