import ArgumentParser
import Feedback
import Foundation
import Store

/// `hearback policy`: the rules of asking.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check, try, publish and list the rules of asking.",
        discussion: """
            A policy file holds policies in order; the first whose "for" fits a resolution decides about it. Start from the one in \
            force:
              hearback policy show > policies.yaml
              hearback policy dry-run policies.yaml
              hearback policy publish policies.yaml
            """,
        subcommands: [Publish.self, Check.self, DryRun.self, List.self, Show.self])

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish a policy file as the next version.",
            discussion: """
                Decisions that are made keep the version they were made by; what is held is judged by the new one when its time \
                comes.
                """)

        @Argument(help: "The policies, a YAML file.", completion: .file())
        var file: String

        @OptionGroup var data: DataOptions

        func run() async throws {
            let policies = try read(file)
            let (version, isNew) = try await data.withStore { store in
                do {
                    return try await store.publish(policies, by: .command(user: NSUserName()), now: Date())
                } catch let error as UnknownSurvey {
                    throw ValidationError(error.description)
                }
            }
            printOut(
                isNew
                    ? "Published version \(version): \(policies.policies.map(\.name).joined(separator: ", ")).\n"
                    : "The policies are in force already as version \(version); nothing changed.\n")
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check a policy file and publish nothing.")

        @Argument(help: "The policies, a YAML file.", completion: .file())
        var file: String

        func run() throws {
            let policies = try read(file).policies
            printOut("\(file) is valid: \(policies.map(\.name).joined(separator: ", ")).\n")
        }
    }

    struct DryRun: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell what a policy file would have done lately, and change nothing.",
            discussion: """
                Every resolution of the last days is judged as if these policies had been in force since then. Stops, consents and \
                contacts are taken as they are recorded now.
                """)

        @Argument(help: "The policies, a YAML file; those in force if left out.", completion: .file())
        var file: String?

        @Option(help: ArgumentHelp("How far to look back.", valueName: "days"))
        var days = 30

        @Option(help: "table, csv or json.")
        var format = OutputFormat.table

        @OptionGroup var data: DataOptions

        func validate() throws {
            guard (1...366).contains(days) else { throw ValidationError("--days must be 1 to 366") }
        }

        func run() async throws {
            let policies = try file.map { try read($0).policies }
            let now = Date()
            let counts = try await data.withStore { store in
                try await store.dryRun(policies, since: now.addingTimeInterval(-Double(days) * 86_400), now: now)
            }
            if format == .table { printOut(counts.summary(days: days)) }
            if format != .table || counts.resolutions > 0 { printOut(try counts.listing.text(format)) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List every published version.")

        @Option(help: "table, csv or json.")
        var format = OutputFormat.table

        @OptionGroup var data: DataOptions

        func run() async throws {
            var listing = Listing(columns: [
                .init(heading: "version", isNumber: true), .init(heading: "published"), .init(heading: "by"),
                .init(heading: "policies"),
            ])
            listing.rows = try await data.withStore { try await $0.policyVersions() }
                .map {
                    [
                        "\($0.id)", $0.publication.at.ISO8601Format(), $0.publication.by ?? "",
                        $0.names.joined(separator: ", "),
                    ]
                }
            printOut(try listing.text(format))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the file of a version; the newest if left out.")

        @Argument(help: "The version's number.")
        var version: Int32?

        @OptionGroup var data: DataOptions

        func run() async throws {
            let source = try await data.withStore { store in
                let newest = try await store.policyVersions().last?.id
                return try await store.policySource(ofVersion: version ?? newest ?? 0)
            }
            guard let source else { throw ValidationError("there is no such version; see \"hearback policy list\"") }
            printOut(source)
        }
    }
}

private func read(_ path: String) throws -> PolicyFile {
    let source: String
    do {
        source = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
        throw ValidationError("\(path) cannot be read: \(error.localizedDescription)")
    }
    do {
        return try PolicyFile(source)
    } catch let problems as YAMLProblems {
        let lines = problems.problems.map { "\(path):\($0.line): \($0.reason)" }
        throw ValidationError("the policies cannot be published as they are:\n" + lines.joined(separator: "\n"))
    }
}

extension DryRunCounts {
    /// "Of 1,026 resolutions of the last 30 days: would have invited 812, held 94, skipped 120."
    fileprivate func summary(days: Int) -> String {
        let held = held.values.reduce(0, +)
        let skipped = skipped.values.reduce(0, +)
        return "Of \(resolutions) resolutions of the last \(days) days: would have invited \(invited), held \(held), "
            + "skipped \(skipped).\n"
    }

    fileprivate var listing: Listing {
        var listing = Listing(columns: [
            .init(heading: "outcome"), .init(heading: "by"), .init(heading: "resolutions", isNumber: true),
            .init(heading: "meaning"),
        ])
        listing.rows = byChannel.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { ["invited", $0.key.rawValue, "\($0.value)", "First by \($0.key.rawValue)"] }
        for (outcome, counts) in [("held", held), ("skipped", skipped), ("put off", putOff)] {
            listing.rows += counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
                .map { [outcome, $0.key.rawValue, "\($0.value)", $0.key.title] }
        }
        return listing
    }
}
