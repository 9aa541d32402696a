import ArgumentParser
import Foundation
import People
import Store

/// `hearback user`: who is let in.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Let people in, and say what they see.",
        subcommands: [Add.self, List.self, Link.self, Connect.self, Disable.self, Enable.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add somebody, and print the link by which they set their password.",
            discussion: """
                  hearback user add --role administrator --name "Your name" you@example.com
                  hearback user add --role quality-manager --name "Their name" --team "Early care" them@example.com
                  hearback user add --role agent --agent A17 --name "Their name" them@example.com
                """)

        @Argument(help: "The address they sign in with.")
        var email: String

        @Option(help: "Their name.")
        var name: String

        @Option(help: "administrator, quality-manager or agent.")
        var role: Role

        @Option(help: ArgumentHelp("The agent they are, by reference.", valueName: "ref"))
        var agent: String?

        @Flag(help: "A quality manager who sees everything.")
        var everything = false

        @Option(help: ArgumentHelp("A team that a quality manager sees; may be given several times.", valueName: "ref"))
        var team: [String] = []

        @Option(
            help: ArgumentHelp("A portfolio that a quality manager sees; may be given several times.", valueName: "ref")
        )
        var portfolio: [String] = []

        @OptionGroup var base: BaseOption
        @OptionGroup var data: DataOptions

        func validate() throws {
            guard (role == .agent) == (agent != nil) else {
                throw ValidationError("an agent needs --agent REF, and nobody else has one")
            }
            guard email.contains("@"), (1...120).contains(name.count) else {
                throw ValidationError("give an e-mail address, and a name of 1 to 120 characters")
            }
        }

        func run() async throws {
            let settings = PersonSettings(
                email: email, name: name, role: role, agent: agent, seesEverything: everything, teams: team,
                portfolios: portfolio)
            let link = try await data.withStore { store in
                do {
                    let person = try await store.addPerson(
                        settings, by: .command(user: NSUserName()), now: Date())
                    return try await passwordLink(for: person, in: store, base: base.text)
                } catch let problem as PersonProblem {
                    throw ValidationError(problem.description)
                }
            }
            printOut("\(name) sets a password here, within 7 days:\n\(link)\n")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List everybody, with what they see.")

        @Option(help: "table, csv or json.")
        var format = OutputFormat.table

        @OptionGroup var data: DataOptions

        func run() async throws {
            var listing = Listing(columns: [
                .init(heading: "person", isNumber: true), .init(heading: "email"), .init(heading: "name"),
                .init(heading: "role"), .init(heading: "sees"), .init(heading: "password"),
                .init(heading: "second factor"), .init(heading: "disabled"),
            ])
            listing.rows = try await data.withStore { try await $0.people() }.map { person in
                let sees =
                    person.agent
                    ?? (person.seesEverything
                        ? "everything" : (person.teams + person.portfolios).joined(separator: ", "))
                return [
                    "\(person.id)", person.email, person.name, person.role.rawValue, sees,
                    person.hasPassword ? "set" : "not set", person.hasSecondFactor ? "set" : "none",
                    person.disabledAt?.ISO8601Format(),
                ]
            }
            printOut(try listing.text(format))
        }
    }

    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a link by which somebody sets a new password; earlier links stop working.")

        @Argument(help: "The address they sign in with.")
        var email: String

        @Flag(help: "Take their second factor away too, as when a telephone is lost.")
        var removeSecondFactor = false

        @OptionGroup var base: BaseOption
        @OptionGroup var data: DataOptions

        func run() async throws {
            let link = try await data.withStore { store in
                let person = try await known(email, in: store)
                if removeSecondFactor {
                    _ = try await store.removeSecondFactor(
                        of: person.id, by: .command(user: NSUserName()), now: Date())
                }
                return try await passwordLink(for: person, in: store, base: base.text)
            }
            printOut("\(link)\n")
        }
    }

    struct Connect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let somebody who is here already sign in by the organisation's identity provider.",
            discussion: """
                The provider's name for the person stands on the page that refuses them.
                  hearback user connect you@example.com --subject 248289761001
                """)

        @Argument(help: "The address they sign in with here.")
        var email: String

        @Option(help: "What the provider calls them: the claim sub.")
        var subject: String

        @Option(help: ArgumentHelp("The provider, by default HEARBACK_OIDC.", valueName: "url"))
        var issuer: String?

        @OptionGroup var data: DataOptions

        func run() async throws {
            guard let issuer = issuer ?? ProcessInfo.processInfo.environment["HEARBACK_OIDC"], !issuer.isEmpty,
                !subject.isEmpty
            else { throw ValidationError("give --subject, and --issuer or HEARBACK_OIDC") }
            try await data.withStore { store in
                let person = try await known(email, in: store)
                do {
                    try await store.connect(
                        person.id, issuer: issuer, subject: subject, by: .command(user: NSUserName()), now: Date())
                } catch let problem as PersonProblem {
                    throw ValidationError(problem.description)
                }
            }
            printOut("\(email) signs in by \(issuer).\n")
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let somebody in no more; their sessions end at once.")

        @Argument(help: "The address they sign in with.")
        var email: String

        @OptionGroup var data: DataOptions

        func run() async throws { try await setDisabled(true, email, data) }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody in again.")

        @Argument(help: "The address they sign in with.")
        var email: String

        @OptionGroup var data: DataOptions

        func run() async throws { try await setDisabled(false, email, data) }
    }
}

/// What links begin with.
struct BaseOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What links begin with.", discussion: "By default HEARBACK_BASE, or http://127.0.0.1:8080.",
            valueName: "url"))
    var base: String?

    /// The address without a slash at the end.
    var text: String {
        let text = base ?? ProcessInfo.processInfo.environment["HEARBACK_BASE"] ?? "http://127.0.0.1:8080"
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

private func passwordLink(for person: Person, in store: Store, base: String) async throws -> String {
    var generator = SystemRandomNumberGenerator()
    let token = SecretToken(using: &generator)
    try await store.makePasswordLink(
        token.digest, for: person.id, lasting: 7 * 86_400, by: .command(user: NSUserName()), now: Date())
    return "\(base)/password/\(token.text)"
}

private func known(_ email: String, in store: Store) async throws -> Person {
    guard let person = try await store.person(email: email) else {
        throw ValidationError("nobody signs in as \(email); see \"hearback user list\"")
    }
    return person
}

private func setDisabled(_ isDisabled: Bool, _ email: String, _ data: DataOptions) async throws {
    let changed = try await data.withStore { store in
        try await store.setDisabled(
            isDisabled, person: try await known(email, in: store).id, by: .command(user: NSUserName()), now: Date())
    }
    printOut(changed ? "Done.\n" : "Nothing had to be changed.\n")
}

extension Role: ExpressibleByArgument {}
