import ArgumentParser
import Foundation
import Intake
import Store

extension IntakeKind: ExpressibleByArgument {}

/// `hearback import`: files into facts.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import customers, accounts, agents, complaints or interactions from a CSV or JSON Lines file.",
        discussion: """
            Good rows are taken in, each by its ref: importing the same file again changes nothing. Each refused row is \
            listed with its line and the reason in FILE.refused.csv. The file is one transaction: an import that is \
            interrupted leaves nothing behind.

            Columns are named as the fields, or a mapping says which column gives which field, in what date format and \
            unit: see Docs/mappings for examples.

            Import calls before the complaints they belong to, so that a complaint finds its agent at once:
              hearback import interactions calls.csv --map Docs/mappings/bank-calls.yaml
              hearback import complaints complaints.csv --map Docs/mappings/bank-complaints.yaml
            """)

    @Argument(help: "What the file holds: \(IntakeKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: IntakeKind

    @Argument(help: "The file, ending in .csv, .jsonl or .ndjson.", completion: .file())
    var file: String

    @Option(name: .customLong("map"), help: ArgumentHelp("A mapping file.", valueName: "file"))
    var mapping: String?

    @Flag(help: "Check everything and say what would happen, but keep nothing.")
    var dryRun = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        guard let format = FileIntake.Format(fileName: file) else {
            throw ValidationError("\(file) must end in .csv, .jsonl or .ndjson")
        }
        let mapping = try mapping.map { path in
            try FileMapping(yaml: try Self.text(of: path), kind: kind)
        }
        let intake = mapping.map { FileIntake($0, format: format) } ?? FileIntake(kind, format: format)
        let importer = FileImport(kind: kind, path: file, zone: mapping?.zone, dryRun: dryRun)
        let summary = try await data.withStore { store in try await importer.run(intake, into: store) }
        printOut(summary.text(isDryRun: dryRun))
        if summary.read > 0, summary.refused == summary.read { throw ExitCode(1) }
    }

    private static func text(of path: String) throws -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw ValidationError("the mapping \(path) cannot be read: \(error.localizedDescription)")
        }
    }
}
