import ArgumentParser
import Foundation
import Store

/// `hearback deliveries`: what was sent, what waits, and what could not be sent.
struct DeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "List messages to customers with their last attempt, newest first.",
        discussion: """
            A message is dead when its last channel has refused it, or after too many attempts. --retry-dead puts dead messages back; \
            each is judged again before it is sent.
              hearback deliveries --state dead
              hearback deliveries --retry-dead --message hearback-4711
            """)

    @Option(help: "queued, sending, sent, cancelled or dead.")
    var state: OutboxMessage.State?

    @Flag(help: "Put dead messages back into the queue.")
    var retryDead = false

    @Option(help: ArgumentHelp("With --retry-dead: only this one; may be given several times.", valueName: "message"))
    var message: [String] = []

    @Option(help: "How many at the most; 0 for all.")
    var limit = 50

    @Option(help: "table, csv or json.")
    var format = OutputFormat.table

    @OptionGroup var data: DataOptions

    func run() async throws {
        if retryDead {
            let ids = try message.map { text in
                guard let id = Int64(text.replacing("hearback-", with: "")) else {
                    throw ValidationError("\"\(text)\" is not a message; they are listed like hearback-4711")
                }
                return id
            }
            let count = try await data.withStore {
                try await $0.retryDeadMessages(ids.isEmpty ? nil : ids, now: Date())
            }
            printOut("\(count) \(count == 1 ? "message is" : "messages are") in the queue again.\n")
            return
        }
        let listing = try await data.withStore { store in
            var listing = Listing(columns: [
                .init(heading: "message"), .init(heading: "reason"), .init(heading: "subject"),
                .init(heading: "customer"), .init(heading: "channel"), .init(heading: "state"), .init(heading: "due"),
                .init(heading: "attempts", isNumber: true), .init(heading: "rule"), .init(heading: "outcome"),
                .init(heading: "detail"), .init(heading: "delivered"),
            ])
            var before: Int64?
            while limit == 0 || listing.rows.count < limit {
                let wanted = limit == 0 ? 1000 : min(1000, limit - listing.rows.count)
                let page = try await store.messages(in: state, before: before, limit: wanted)
                listing.rows += page.map { message in
                    [
                        "hearback-\(message.id)", message.reason, message.subject, message.customer, message.channel,
                        message.state.rawValue, message.state == .queued ? message.dueAt.ISO8601Format() : nil,
                        "\(message.attempts)", message.rule, message.lastOutcome, message.detail,
                        message.deliveredAt?.ISO8601Format(),
                    ]
                }
                guard page.count == wanted, let last = page.last else { break }
                before = last.id
            }
            return listing
        }
        printOut(try listing.text(format))
    }
}

extension OutboxMessage.State: ExpressibleByArgument {}
