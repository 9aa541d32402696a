import Foundation
import Postgres

/// Which comments of their customers agents see; comments that are kept back are never among them.
public enum AgentComments: Sendable, Equatable {
    /// All of them at once.
    case all
    /// Those that are older than so many days, 1 to 90.
    case delayed(days: Int)
    /// Those that a manager has released.
    case released

    /// The choice in a word or a number of days, as commands take it.
    public var text: String {
        switch self {
        case .all: "all"
        case .delayed(let days): "\(days)"
        case .released: "released"
        }
    }

    /// Reads a choice; nil for what is none.
    public init?(_ text: String) {
        switch text {
        case "all": self = .all
        case "released": self = .released
        default:
            guard let days = Int(text), (1...90).contains(days) else { return nil }
            self = .delayed(days: days)
        }
    }

    fileprivate var word: String {
        switch self {
        case .all: "all"
        case .delayed: "delayed"
        case .released: "released"
        }
    }

    fileprivate var days: Int? { if case .delayed(let days) = self { days } else { nil } }
}

extension Store {
    /// Which comments agents see.
    public func agentComments() async throws -> AgentComments {
        let (word, days) = try await pool.query("select agent_comments, agent_comment_days from organisation")
            .decodeOnly(String.self, Int.self)
        return AgentComments(word: word, days: days)
    }

    /// Chooses which comments agents see.
    public func setAgentComments(_ choice: AgentComments, by actor: Actor, now: Date) async throws {
        try await pool.transaction { connection in
            let (word, days) = try await connection.query(
                "select agent_comments, agent_comment_days from organisation for update"
            ).decodeOnly(String.self, Int.self)
            try await connection.query(
                "update organisation set agent_comments = $1, agent_comment_days = coalesce($2, agent_comment_days)",
                choice.word, choice.days)
            let event = try AuditEvent(
                "organisation.agent-comments", before: AgentComments(word: word, days: days).text, after: choice.text)
            try await connection.query(.record(event, by: actor, now: now))
        }
    }
}

extension AgentComments {
    init(word: String, days: Int) {
        self =
            switch word {
            case "all": .all
            case "delayed": .delayed(days: days)
            default: .released
            }
    }
}
