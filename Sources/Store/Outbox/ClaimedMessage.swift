import Feedback
import Foundation

/// A message that a worker has taken, judged a moment ago and found allowed.
public struct ClaimedMessage: Sendable {
    /// Why somebody is written to.
    public enum Reason: String, Sendable {
        case invitation, reminder
    }

    /// The message's identifier.
    public let id: Int64
    /// The attempt's identifier.
    public let delivery: Int64
    /// The invitation it carries.
    public let invitation: Int64
    /// Why it is sent.
    public let reason: Reason
    /// How it is sent.
    public let channel: SurveyChannel
    /// How often this channel was tried before.
    public let attempts: Int
    /// Who it goes to: an address for e-mail or a telephone number; nil for other channels.
    public let address: String?
    /// The address for a letter, line by line.
    public let postalAddress: [String]
    /// The customer's reference.
    public let customer: String
    /// The complaint's or the interaction's reference.
    public let subject: String?
    /// The language the customer is asked in.
    public let language: String
    /// What is asked.
    public let surveyVersion: Int32
    /// When the link stops working.
    public let expiresAt: Date
    /// When to remind of it, if ever.
    public let reminderAt: Date?

    /// The same for every attempt of the message, and for no other message: receivers that honour it take it once.
    public var idempotencyKey: String { "hearback-\(id)" }
}

/// What came of an attempt.
public struct DeliveryResult: Sendable {
    /// How an attempt ended.
    public enum Outcome: Sendable, Equatable {
        /// The other side has taken it, and calls it so.
        case sent(providerReference: String?)
        /// It was not taken, and may be later.
        case deferred(until: Date)
        /// Nobody knows whether it was taken; it is tried again with the same key.
        case uncertain(until: Date)
        /// It was not really tried, through no fault of its own: the attempt does not count.
        case notTried(until: Date)
        /// It will never be taken at this address.
        case refused(suspendsAddress: Bool)
    }

    /// The message.
    public let message: ClaimedMessage
    /// How the attempt ended.
    public let outcome: Outcome
    /// What the other side said.
    public let detail: String

    /// Creates a result.
    public init(_ message: ClaimedMessage, _ outcome: Outcome, detail: String) {
        self.message = message
        self.outcome = outcome
        self.detail = detail
    }
}
