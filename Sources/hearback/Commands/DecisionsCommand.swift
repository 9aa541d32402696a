import ArgumentParser
import Feedback
import Foundation
import Store

/// `hearback decisions`: why somebody was or was not asked.
struct DecisionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions", abstract: "Explain why the customer of a complaint or a call was or was not asked.",
        discussion: """
            Every resolution has exactly one decision, which names its rule, the values the rule looked at, and the policy.
              hearback decisions --why COMPLAINT-4711
            """)

    @Option(help: ArgumentHelp("The complaint's or the interaction's reference.", valueName: "ref"))
    var why: String

    @Option(help: "table (plain words), csv or json.")
    var format = OutputFormat.table

    @OptionGroup var data: DataOptions

    func run() async throws {
        let histories = try await data.withStore { try await $0.decisionHistories(of: why) }
        guard !histories.isEmpty else {
            throw ValidationError(
                "nothing that was resolved has the reference \"\(why)\"; a call that was not handled, or a complaint that is open, "
                    + "has no decision")
        }
        if format == .table {
            printOut(histories.map(\.words).joined(separator: "\n"))
        } else {
            printOut(try histories.listing.text(format))
        }
    }
}

extension DecisionHistory {
    /// A heading, then a line for each step.
    fileprivate var words: String {
        let heading = subject + (customer.map { ", customer \($0)" } ?? "")
        let lines = steps.map { "  \($0.at.ISO8601Format())  \($0.sentence)" }
        let isDecided = steps.contains { $0.kind == .invited || $0.kind == .skipped }
        let isHeld = steps.contains { $0.kind == .held }
        let end = isDecided ? [] : [isHeld ? "  Not decided yet: held." : "  Not decided yet: its time has not come."]
        return ([heading] + lines + end).joined(separator: "\n") + "\n"
    }
}

extension DecisionStep {
    fileprivate var sentence: String {
        let reason = rule.map { AskingRule(rawValue: $0)?.sentence(inputs) ?? $0 } ?? ""
        let by = policy.map { " (policy \($0))" } ?? ""
        let time = until.map { " until \($0.ISO8601Format())" } ?? ""
        switch kind {
        case .resolved: return "Resolved."
        case .held: return "Held\(time). \(reason)\(by)"
        case .skipped: return "Not asked. \(reason)\(by)"
        case .invited: return "Invited. \(reason)\(by)"
        case .queued: return "Message by \(channel ?? "?"), \(detail ?? "")."
        case .cancelled: return "Message by \(channel ?? "?") ended, \(detail ?? ""). \(reason)"
        case .attempt: return "Attempt by \(channel ?? "?"): \(detail ?? "")."
        case .delivered: return "Delivered by \(channel ?? "?")."
        case .failed: return "Came back by \(channel ?? "?"): \(detail ?? "")."
        case .answered: return "Answered."
        }
    }
}

extension [DecisionHistory] {
    fileprivate var listing: Listing {
        var listing = Listing(columns: [
            .init(heading: "subject"), .init(heading: "customer"), .init(heading: "at"), .init(heading: "step"),
            .init(heading: "rule"), .init(heading: "until"), .init(heading: "policy"), .init(heading: "channel"),
            .init(heading: "detail"), .init(heading: "inputs"),
        ])
        for history in self {
            listing.rows += history.steps.map { step in
                let inputs = step.inputs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                return [
                    history.subject, history.customer, step.at.ISO8601Format(), step.kind.rawValue, step.rule,
                    step.until?.ISO8601Format(), step.policy, step.channel, step.detail,
                    inputs.isEmpty ? nil : inputs.joined(separator: "; "),
                ]
            }
        }
        return listing
    }
}
