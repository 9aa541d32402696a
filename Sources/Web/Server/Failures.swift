import Feedback
import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1
import Postgres

/// Whether trying again may help: the database is away or too much is waiting.
func isPassing(_ error: any Error) -> Bool {
    if error is Overloaded { return true }
    guard let error = error as? PostgresError else { return false }
    switch error.code {
    case .connectionLost, .connectFailed, .leaseTimedOut, .poolClosed: return true
    default: return error.isRetryable || error.sqlState?.hasPrefix("57P") == true || error.sqlState == "53100"
    }
}

/// The status that tells of an error.
func status(for error: any Error) -> HTTPResponse.Status {
    if isPassing(error) { return .serviceUnavailable }
    // What the parser refuses in the middle of a body is the sender's mistake.
    return (error as? any HTTPResponseError)?.status ?? (error is HTTPParserError ? .badRequest : .internalServerError)
}

/// Logs what is not the sender's mistake.
///
/// - Parameter route: The route's pattern, never the path, which may hold a customer's token.
func log(_ error: any Error, at route: String, to logger: Logger) {
    if isPassing(error) {
        logger.warning("unavailable", metadata: ["error": "\(error)", "route": "\(route)"])
    } else if status(for: error).code >= 500 {
        logger.error("failed", metadata: ["error": "\(error)", "route": "\(route)"])
    }
}

extension RenderedPages {
    /// Tells a customer of an error, and logs it with the number that the page gives.
    func reply(to error: any Error, at route: String, in language: Language, logger: Logger) -> PageReply {
        let number = RequestID().description
        var logger = logger
        logger[metadataKey: "request"] = "\(number)"
        log(error, at: route, to: logger)
        let status = status(for: error)
        let state: SurveyPageState =
            switch status.code {
            case 503: .tryAgain
            case 404: .unknownLink
            case 413: .tooLarge
            case 400..<500: .badRequest
            default: .failure(requestID: number)
            }
        return PageReply(
            self.state(state, in: language), status: status, retryAfter: status == .serviceUnavailable ? 5 : nil)
    }
}
