import Feedback
import Foundation
import Store

/// One message on its way, with what it is about.
public struct SendingStep: Sendable {
    /// The message.
    public let message: ClaimedMessage
    /// What is asked.
    public let survey: Survey
    /// Who asks.
    public let organisation: Organisation
    /// The present.
    public let now: Date

    /// Creates a step.
    public init(message: ClaimedMessage, survey: Survey, organisation: Organisation, now: Date) {
        self.message = message
        self.survey = survey
        self.organisation = organisation
        self.now = now
    }
}

/// What came of a step, and whether the whole channel has to rest.
public struct SendingResult: Sendable {
    /// What to record of the message.
    public var outcome: DeliveryResult.Outcome
    /// What the other side said, without secrets and addresses.
    public var detail: String
    /// How long the channel has to rest: nothing else would have got through either.
    public var channelRest: Duration?

    init(_ outcome: DeliveryResult.Outcome, _ detail: String, channelRest: Duration? = nil) {
        self.outcome = outcome
        self.detail = detail
        self.channelRest = channelRest
    }
}

extension SendingStep {
    /// When to try again after a failure.
    func retryTime(_ backoff: Backoff) -> Date {
        var generator = SystemRandomNumberGenerator()
        let delay = backoff.delay(afterAttempt: message.attempts + 1, using: &generator)
        return now.addingTimeInterval(delay / .seconds(1))
    }

    /// What a transfer's failure means, where the other side was reached or not.
    func result(of error: TransferError, _ backoff: Backoff) -> SendingResult {
        let detail = error.description
        switch error.consequence {
        case .tryAgain: return SendingResult(.deferred(until: retryTime(backoff)), detail)
        case .giveUp: return SendingResult(.refused(suspendsAddress: false), detail)
        case .mayHaveArrived: return SendingResult(.uncertain(until: retryTime(backoff)), detail)
        case .channelFault:
            let rest = backoff.ceiling(afterAttempt: 3)
            return SendingResult(
                .notTried(until: now.addingTimeInterval(rest / .seconds(1))), detail, channelRest: rest)
        }
    }
}
