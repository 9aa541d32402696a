import ArgumentParser
import Foundation
import Store

/// `hearback audit`: the record of what was done.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Read the record of what was done, and check that nobody has changed it.",
        subcommands: [List.self, Verify.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List what was done, newest first.")

        @Option(help: "How many at the most; 0 for all.")
        var limit = 50

        @Option(help: "table, csv or json.")
        var format = OutputFormat.table

        @OptionGroup var data: DataOptions

        func run() async throws {
            let rows = try await data.withStore { store in
                var rows: [AuditRow] = []
                while limit == 0 || rows.count < limit {
                    let wanted = limit == 0 ? 1000 : min(1000, limit - rows.count)
                    let page = try await store.auditRows(before: rows.last?.id ?? .max, limit: wanted)
                    rows += page
                    if page.count < wanted { break }
                }
                return rows
            }
            var listing = Listing(columns: [
                .init(heading: "row", isNumber: true), .init(heading: "at"), .init(heading: "who"),
                .init(heading: "from"), .init(heading: "what"), .init(heading: "about"), .init(heading: "before"),
                .init(heading: "after"),
            ])
            listing.rows = rows.map { row in
                [
                    "\(row.id)", row.at.ISO8601Format(), row.actor.name, row.actor.network, row.action, row.subject,
                    row.before, row.after,
                ]
            }
            printOut(try listing.text(format))
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compute every row's hash again and compare.",
            discussion: """
                Finds rows that were changed, removed or put in another order. Keep the hash that is printed somewhere else: with \
                --expect it also proves that everything up to then is still there.
                """)

        @Option(
            help: ArgumentHelp("A hash that was printed before and must still be in the record.", valueName: "hash"))
        var expect: String?

        @OptionGroup var data: DataOptions

        func run() async throws {
            let (verdict, isThere) = try await data.withStore { store in
                var isThere = true
                if let expect { isThere = try await store.hasAuditHash(expect) }
                return (try await store.verifyAudit(), isThere)
            }
            switch verdict {
            case .broken(let row, let reason):
                printError("Row \(row) is not as it was written: \(reason).\n")
                throw ExitCode(1)
            case .whole(let count, let hash):
                guard isThere else {
                    printError("The record has no row with the expected hash.\n")
                    throw ExitCode(1)
                }
                printOut("All \(count) rows are as they were written. The last one's hash is\n\(hash)\n")
            }
        }
    }
}
