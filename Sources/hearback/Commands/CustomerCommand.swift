import ArgumentParser
import Foundation
import Store

/// `hearback customer`: all that is held about somebody, and its erasure.
struct CustomerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer", abstract: "Give out all that is held about a customer, or erase it.",
        subcommands: [Export.self, Erase.self])

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write all that is held about a customer, as JSON.",
            discussion: """
                With every answer and comment, also those that are shown nowhere else. Times are in UTC.
                  hearback customer export C-4711 --out customer.json
                """)

        @Argument(help: "The customer's reference.")
        var ref: String

        @Option(help: ArgumentHelp("The file to write; by default to standard output.", valueName: "file"))
        var out: String?

        @OptionGroup var data: DataOptions

        func run() async throws {
            let export = try await data.withStore { [ref] in
                try await $0.exportCustomer(ref, by: .command(user: NSUserName()), now: Date())
            }
            guard let export else { throw unknown(ref) }
            let target = try ExportTarget(out)
            defer { target.discard() }
            try target.write(Array((export.text + "\n").utf8))
            try target.finish()
        }
    }

    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Erase whatever says who a customer is, at once and for good.",
            discussion: """
                Scores and counts stay, without a name. What waits to be sent is cancelled, links end. Nothing brings it back, but copies \
                of the database that were made before. Erase the customer where their data come from too: what comes in by imports \
                again is kept, but never asked.
                  hearback customer erase C-4711
                """)

        @Argument(help: "The customer's reference.")
        var ref: String

        @OptionGroup var data: DataOptions

        func run() async throws {
            let key = try SuppressionKeyFile.load(folder: data.folder)
            let erasure: Erasure?
            do {
                erasure = try await data.withStore { [ref] in
                    try await $0.eraseCustomer(ref, key: key, by: .command(user: NSUserName()), now: Date())
                }
            } catch let error as SuppressionError {
                throw ValidationError(error.description)
            }
            guard let erasure else { throw unknown(ref) }
            var table = TextTable(columns: [.init(heading: "erased"), .init(heading: "", isNumber: true)])
            table.rows = erasure.rows.map { [$0.what, "\($0.count)"] }
            var text = table.text + "What is left is called \(erasure.ref).\n"
            if erasure.sharedAddresses > 0 {
                text += "Other customers have the same address or number: they may still be asked by it.\n"
            }
            printOut(text)
        }
    }
}

private func unknown(_ ref: String) -> ValidationError {
    ValidationError("there is no customer \"\(ref)\"")
}
