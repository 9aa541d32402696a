import ArgumentParser
import Feedback
import Foundation
import Postgres
import Store

/// `hearback organisation`: the name customers read, and the zone days are cut in.
struct OrganisationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organisation",
        abstract:
            "Show or change the organisation's name, time zone, repeat window, least numbers of answers, and what agents read.",
        discussion: """
            The name stands on every customer's page, so it must not tell a bystander what the contact is about. Days, weeks and \
            months are cut in the zone; another zone makes all figures be computed anew.
              hearback organisation --name "Northfield Customer Care" --zone America/New_York
            """)

    @Option(help: "The name that customers and readers see.")
    var name: String?

    @Option(help: ArgumentHelp("An IANA time zone.", valueName: "zone"))
    var zone: String?

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
        guard let agentComments, AgentComments(agentComments) == nil else { return }
        throw ValidationError("--agent-comments is \"all\", \"released\", or after how many days, 1 to 90")
    }

    func run() async throws {
        let choice = agentComments.flatMap { AgentComments($0) }
        let (organisation, comments) = try await data.withStore { store in
            if let word = disclosingWords(in: name ?? "").first {
                throw ValidationError(
                    "\"\(word)\" would tell a bystander about a debt: the name stands on every customer's page")
            }
            if name != nil || zone != nil || repeatDays != nil || shownFrom != nil || fullFrom != nil {
                do {
                    try await store.setOrganisation(
                        name: name, timeZone: zone, repeatDays: repeatDays, shownFrom: shownFrom, fullFrom: fullFrom)
                } catch let error as UnknownTimeZone {
                    throw ValidationError(error.description)
                } catch let error as PostgresError where error.constraint == "organisation_name_length" {
                    throw ValidationError("the name has 1 to 120 characters")
                } catch let error as PostgresError where error.constraint == "organisation_repeat_days_range" {
                    throw ValidationError("--repeat-days must be 1 to 30")
                } catch let error as PostgresError where error.constraint == "organisation_shown_from_is_positive" {
                    throw ValidationError("--shown-from must be 1 or more: nothing can be shown of no answers")
                } catch let error as PostgresError where error.constraint == "organisation_full_from_is_not_less" {
                    throw ValidationError("--full-from must not be less than --shown-from")
                }
            }
            if let choice {
                try await store.setAgentComments(choice, by: .command(user: NSUserName()), now: Date())
            }
            return (try await store.organisation(), try await store.agentComments())
        }
        printOut(
            """
            name         \(organisation.name)
            zone         \(organisation.timeZone)
            repeat days  \(organisation.repeatDays)
            shown from   \(organisation.shownFrom)
            full from    \(organisation.fullFrom)
            agents read  \(comments.words)

            """
        )
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
