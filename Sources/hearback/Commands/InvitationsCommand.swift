import ArgumentParser
import Foundation
import Store

/// `hearback invitations`: who was asked, who can still answer, and by which link.
struct InvitationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invitations",
        abstract: "List invitations, newest first, with their links.",
        discussion: """
            A link is the customer's own way in: whoever has it can answer once. Links are printed only with --links.
              hearback invitations --open --links --limit 5
            """)

    @Flag(help: "Only invitations that can still be answered.")
    var open = false

    @Flag(help: "Decide first about every resolution that is due.")
    var issue = false

    @Flag(help: "Print each invitation's link.")
    var links = false

    @Option(help: ArgumentHelp("The address that links begin with.", valueName: "address"))
    var base = "http://127.0.0.1:8080"

    @Option(help: "How many at the most; 0 for all.")
    var limit = 50

    @Option(help: "table, csv or json.")
    var format = OutputFormat.table

    @OptionGroup var data: DataOptions

    func run() async throws {
        let listing = try await data.withStore { store in
            let keys = try links ? LinkKeyFile.load(folder: data.folder) : nil
            if issue { _ = try await store.decideDueResolutions(now: Date()) }
            var listing = Listing(columns: [
                .init(heading: "invitation", isNumber: true), .init(heading: "complaint"),
                .init(heading: "interaction"),
                .init(heading: "customer"), .init(heading: "language"), .init(heading: "expires"),
                .init(heading: "state"),
            ])
            if keys != nil { listing = Listing(columns: listing.columns + [.init(heading: "link")]) }
            var before: Int64?
            while limit == 0 || listing.rows.count < limit {
                let wanted = limit == 0 ? 1000 : min(1000, limit - listing.rows.count)
                let page = try await store.invitations(onlyOpen: open, before: before, limit: wanted, now: Date())
                listing.rows += page.map { invitation in
                    [
                        "\(invitation.id)", invitation.complaint, invitation.interaction, invitation.customer,
                        invitation.language, invitation.expiresAt.ISO8601Format(), invitation.state.rawValue,
                    ] + (keys.map { ["\(base)/s/\($0.token(for: invitation.id))"] } ?? [])
                }
                guard page.count == wanted, let last = page.last else { break }
                before = last.id
            }
            return listing
        }
        printOut(try listing.text(format))
    }
}
