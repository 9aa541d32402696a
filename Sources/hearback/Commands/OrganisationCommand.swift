import ArgumentParser
import Feedback
import Postgres
import Store

/// `hearback organisation`: the name customers read, and the zone days are cut in.
struct OrganisationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organisation",
        abstract: "Show or change the organisation's name, time zone and repeat window.",
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

    @OptionGroup var data: DataOptions

    func run() async throws {
        let organisation = try await data.withStore { store in
            if let word = disclosingWords(in: name ?? "").first {
                throw ValidationError(
                    "\"\(word)\" would tell a bystander about a debt: the name stands on every customer's page")
            }
            if name != nil || zone != nil || repeatDays != nil {
                do {
                    try await store.setOrganisation(name: name, timeZone: zone, repeatDays: repeatDays)
                } catch let error as PostgresError where error.sqlState == "22023" {
                    throw ValidationError("\"\(zone ?? "")\" is not a time zone; use a name like America/New_York")
                } catch let error as PostgresError where error.constraint == "organisation_name_length" {
                    throw ValidationError("the name has 1 to 120 characters")
                } catch let error as PostgresError where error.constraint == "organisation_repeat_days_range" {
                    throw ValidationError("--repeat-days must be 1 to 30")
                }
            }
            return try await store.organisation()
        }
        printOut(
            "name         \(organisation.name)\nzone         \(organisation.timeZone)\nrepeat days  \(organisation.repeatDays)\n"
        )
    }
}
