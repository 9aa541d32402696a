import ArgumentParser
import Foundation
import Store

/// `hearback topic`: what is set for one topic.
struct TopicCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topic", abstract: "Set how many days a repeat contact about a topic counts as one.",
        discussion: """
            A first contact is resolved when nobody comes back about the same topic within these days.
              hearback topic "Payment plan" --repeat-days 14
              hearback topic "Payment plan" --standard
            """)

    @Argument(help: "The topic's name.")
    var name: String
    @Option(help: ArgumentHelp("1 to 30 days.", valueName: "days"))
    var repeatDays: Int?
    @Flag(help: "Use the organisation's number of days.")
    var standard = false
    @OptionGroup var data: DataOptions

    func validate() throws {
        guard (repeatDays != nil) != standard else { throw ValidationError("give --repeat-days or --standard") }
        guard repeatDays.map({ (1...30).contains($0) }) ?? true else {
            throw ValidationError("--repeat-days must be 1 to 30")
        }
    }

    func run() async throws {
        let isKnown = try await data.withStore {
            try await $0.setRepeatDays(repeatDays, ofTopic: name, by: .command(user: NSUserName()), now: Date())
        }
        guard isKnown else { throw ValidationError("no topic is called \"\(name)\"; import its interactions first") }
        printOut(
            standard
                ? "\(name): the organisation's repeat window.\n"
                : "\(name): a repeat counts within \(repeatDays ?? 7) days.\n")
    }
}
