import ArgumentParser
import Foundation
import Store

/// `hearback follow-ups`: answers that need a person.
struct FollowUpsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow-ups", abstract: "List answers that need a person, read one, and close it.",
        discussion: """
            One is opened when a customer says that their answer is a complaint, and at once when a comment has words of distress: such \
            a comment is shown here and nowhere else.
              hearback follow-ups
              hearback follow-ups --show 12
              hearback follow-ups --close 12 --note "called back, referred to the support team"
              hearback follow-ups --complaint 4711     answer 4711 is a complaint, its clocks run from today
            """)

    @Flag(help: "Also those that are closed.")
    var all = false

    @Option(help: ArgumentHelp("Read what was written.", valueName: "number"))
    var show: Int64?

    @Option(help: ArgumentHelp("Close a follow-up; needs --note.", valueName: "number"))
    var close: Int64?

    @Option(help: "What was done.")
    var note: String?

    @Option(help: ArgumentHelp("Make a complaint of an answer, by its invitation's number.", valueName: "invitation"))
    var complaint: Int64?

    @Option(help: "table, csv or json.")
    var format = OutputFormat.table

    @OptionGroup var data: DataOptions

    func validate() throws {
        guard [show, close, complaint].compactMap(\.self).count <= 1 else {
            throw ValidationError("choose one of --show, --close and --complaint")
        }
        let isNoted = note.map { !$0.trimmingCharacters(in: .whitespaces).isEmpty } ?? false
        guard (close != nil) == isNoted else {
            throw ValidationError("a follow-up is closed with --close NUMBER --note \"what was done\"")
        }
    }

    func run() async throws {
        if let close, let note {
            let isClosed = try await data.withStore {
                try await $0.closeFollowUp(close, by: .command(user: NSUserName()), note: note, now: Date())
            }
            guard isClosed else { throw ValidationError("there is no open follow-up \(close)") }
            return printOut("Follow-up \(close) is closed.\n")
        }
        if let complaint {
            let terms = try await data.withStore {
                try await $0.makeComplaint(of: complaint, by: .command(user: NSUserName()), seenBy: nil, now: Date())
            }
            guard let terms else { throw ValidationError("nothing was answered by invitation \(complaint)") }
            return printOut(
                "Complaint answer-\(complaint) is open; first answer by \(terms.first), final answer by \(terms.final).\n"
            )
        }
        if let show {
            let found = try await data.withStore { try await $0.followUp(show, seenBy: nil) }
            guard let found else { throw ValidationError("there is no follow-up \(show)") }
            return printOut(try listing([found], withComment: true).text(format))
        }
        let followUps = try await data.withStore { store in
            var found: [FollowUp] = []
            for isOpen in all ? [true, false] : [true] {
                var last: Int64?
                while true {
                    let page = try await store.followUps(isOpen: isOpen, seenBy: nil, after: last, limit: 1000)
                    found += page
                    last = page.last?.id
                    if page.count < 1000 { break }
                }
            }
            return found
        }
        printOut(try listing(followUps, withComment: false).text(format))
    }

    private func listing(_ followUps: [FollowUp], withComment: Bool) -> Listing {
        var listing = Listing(
            columns: [
                .init(heading: "follow-up", isNumber: true), .init(heading: "reason"), .init(heading: "opened"),
                .init(heading: "by"), .init(heading: "answer", isNumber: true), .init(heading: "customer"),
                .init(heading: "subject"), .init(heading: "complaint"), .init(heading: "first due"),
                .init(heading: "final due"), .init(heading: "taken by"), .init(heading: "closed"),
                .init(heading: "closed by"),
                .init(heading: "note"),
            ] + (withComment ? [.init(heading: "comment")] : []))
        listing.rows = followUps.map { followUp in
            [
                "\(followUp.id)", followUp.reason.rawValue, followUp.openedAt.ISO8601Format(), followUp.openedBy,
                "\(followUp.invitation)", followUp.customer, followUp.subject, followUp.complaint,
                followUp.firstDueOn.map { "\($0)" }, followUp.finalDueOn.map { "\($0)" },
                followUp.takenBy, followUp.closedAt?.ISO8601Format(), followUp.closedBy, followUp.closingNote,
            ] + (withComment ? [followUp.comment] : [])
        }
        return listing
    }
}
