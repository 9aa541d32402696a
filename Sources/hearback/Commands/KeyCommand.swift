import ArgumentParser
import Foundation
import People
import Store

/// `hearback key`: who may call the API.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Create, list and revoke API keys.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create an API key and print it, this once: only a hash is kept.")

        @Argument(help: "A name to know the key by, such as the system that uses it.")
        var name: String

        @Option(
            help: ArgumentHelp(
                "What it may do: ingest, read or manage; may be given several times.", valueName: "scope"))
        var scope: [APIScope] = [.ingest, .read]

        @OptionGroup var data: DataOptions

        func run() async throws {
            guard (1...120).contains(name.count) else { throw ValidationError("the name has 1 to 120 characters") }
            var generator = SystemRandomNumberGenerator()
            let secret = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let key = try await data.withStore {
                try await $0.createAPIKey(
                    name: name, scopes: Set(scope), secret: secret, by: .command(user: NSUserName()), now: Date())
            }
            printOut("\(key)\n")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the keys; their secrets are not kept.")

        @Option(help: "table, csv or json.")
        var format = OutputFormat.table

        @OptionGroup var data: DataOptions

        func run() async throws {
            var listing = Listing(columns: [
                .init(heading: "key", isNumber: true), .init(heading: "name"), .init(heading: "scopes"),
                .init(heading: "created"), .init(heading: "by"), .init(heading: "last used"), .init(heading: "revoked"),
            ])
            listing.rows = try await data.withStore { try await $0.apiKeys() }
                .map {
                    [
                        "\($0.id)", $0.name, $0.scopes.joined(separator: " "), $0.createdAt.ISO8601Format(),
                        $0.createdBy, $0.lastUsedAt?.ISO8601Format(), $0.revokedAt?.ISO8601Format(),
                    ]
                }
            printOut(try listing.text(format))
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a key at once.")

        @Argument(help: "The key's number, as listed.")
        var key: Int32

        @OptionGroup var data: DataOptions

        func run() async throws {
            let isRevoked = try await data.withStore {
                try await $0.revokeAPIKey(key, by: .command(user: NSUserName()), now: Date())
            }
            guard isRevoked else {
                throw ValidationError("there is no key \(key) that could be revoked; see \"hearback key list\"")
            }
            printOut("Key \(key) is revoked.\n")
        }
    }
}

extension APIScope: ExpressibleByArgument {}
