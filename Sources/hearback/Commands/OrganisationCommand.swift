import ArgumentParser
import Feedback
import Foundation
import Store

/// `hearback organisation`: the name customers read, the zone days are cut in, and how pages look.
struct OrganisationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organisation",
        abstract:
            "Show or change the organisation's name, zone, look, repeat window, least numbers of answers, and what agents read.",
        discussion: """
            The name stands on every customer's page, so it must not tell a bystander what the contact is about. Days, weeks and \
            months are cut in the zone; another zone makes all figures be computed anew. Colours that cannot be read are refused.
              hearback organisation --name "Northfield Customer Care" --zone America/New_York
              hearback organisation --accent "#0b5d5a" --logo logo.png
            """)

    @Option(help: "The name that customers and readers see.")
    var name: String?

    @Option(help: ArgumentHelp("An IANA time zone.", valueName: "zone"))
    var zone: String?

    @Option(
        help: ArgumentHelp(
            "The colour of links, buttons and lines, such as \"#0b5d5a\"; \"standard\" for the standard ones.",
            valueName: "colour"))
    var accent: String?

    @Option(
        help: ArgumentHelp(
            "The same for people whose device is dark; by default the nearest that can be read there.",
            valueName: "colour"))
    var accentByNight: String?

    @Option(
        help: ArgumentHelp(
            "A PNG, JPEG or WebP of at most 8 KB for beside the name; \"none\" takes it away.", valueName: "file"))
    var logo: String?

    @Option(
        help: ArgumentHelp("Within how many days a further contact counts as a repeat, 1 to 30.", valueName: "days"))
    var repeatDays: Int?

    @Option(
        help: ArgumentHelp(
            "From how many answers or contacts a figure is shown; fewer are withheld.", valueName: "number"))
    var shownFrom: Int?

    @Option(help: ArgumentHelp("From how many answers or contacts a figure is shown in full.", valueName: "number"))
    var fullFrom: Int?

    @Option(
        help: ArgumentHelp(
            "Which of their customers' comments agents read: all, released (those a manager releases), or a number of days.",
            valueName: "choice"))
    var agentComments: String?

    @OptionGroup var data: DataOptions

    func validate() throws {
        if let agentComments, AgentComments(agentComments) == nil {
            throw ValidationError("--agent-comments is \"all\", \"released\", or after how many days, 1 to 90")
        }
        guard accentByNight == nil || accent != nil && accent != "standard" else {
            throw ValidationError("--accent-by-night goes with --accent")
        }
    }

    func run() async throws {
        let change = try change()
        let choice = agentComments.flatMap { AgentComments($0) }
        let (organisation, comments) = try await data.withStore { store in
            do {
                _ = try await store.changeOrganisation(change, by: .command(user: NSUserName()), now: Date())
            } catch let problem as OrganisationProblem {
                throw ValidationError(problem.description)
            }
            if let choice {
                try await store.setAgentComments(choice, by: .command(user: NSUserName()), now: Date())
            }
            return (try await store.organisation(), try await store.agentComments())
        }
        let (accents, logo) = (organisation.appearance.accents, organisation.appearance.logo)
        printOut(
            """
            name         \(organisation.name)
            zone         \(organisation.timeZone)
            accent       \(accents.map { "\($0.light.colour.text), by night \($0.dark.colour.text)" } ?? "standard")
            logo         \(logo.map { "\($0.kind.rawValue), \($0.width) by \($0.height)" } ?? "none")
            repeat days  \(organisation.repeatDays)
            shown from   \(organisation.shownFrom)
            full from    \(organisation.fullFrom)
            agents read  \(comments.words)

            """
        )
    }

    private func change() throws -> OrganisationChange {
        var change = OrganisationChange()
        (change.name, change.timeZone, change.repeatDays) = (name, zone, repeatDays)
        (change.shownFrom, change.fullFrom) = (shownFrom, fullFrom)
        switch accent {
        case nil: break
        case "standard": change.accents = .removed
        case let text?:
            change.accents = .set(AccentColours(light: try colour(text), dark: try accentByNight.map(colour)))
        }
        switch logo {
        case nil: break
        case "none": change.logo = .removed
        case let path?:
            guard let file = FileHandle(forReadingAtPath: path) else {
                throw ValidationError("\(path) cannot be read")
            }
            // One byte more than may be is enough to refuse it.
            let bytes = try file.read(upToCount: LogoImage.largest + 1) ?? Data()
            do throws(LogoProblem) {
                change.logo = .set(try LogoImage(Array(bytes)))
            } catch {
                throw ValidationError(error.description)
            }
        }
        return change
    }

    private func colour(_ text: String) throws -> Colour {
        guard let colour = Colour(text) else {
            throw ValidationError("\"\(text)\" is no colour; write it as \"#0b5d5a\"")
        }
        return colour
    }
}

extension AgentComments {
    fileprivate var words: String {
        switch self {
        case .all: "all comments"
        case .delayed(let days): "comments older than \(days) \(days == 1 ? "day" : "days")"
        case .released: "comments that a manager releases"
        }
    }
}
