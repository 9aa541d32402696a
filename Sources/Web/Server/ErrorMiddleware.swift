import HTTPTypes
import Hummingbird
import NIOHTTP1
import Postgres

/// Turns every error into a reply of the right kind, counts the response, and logs what went wrong with the request's number.
///
/// Outermost: nothing that a handler throws gets past it. The log names the route's pattern, never the path, which may hold a
/// customer's token.
struct ErrorMiddleware: RouterMiddleware {
    let forms: RenderedForms
    let metrics: ServerMetrics

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        let response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = try reply(to: error, request, context)
        }
        let route = context.endpointPath ?? "none"
        let (seconds, attoseconds) = started.duration(to: .now).components
        metrics.count(
            route: route, status: response.status.code, seconds: Double(seconds) + Double(attoseconds) * 1e-18)
        return response
    }

    private func reply(to error: any Error, _ request: Request, _ context: AppContext) throws -> Response {
        let isAPI = request.uri.path.hasPrefix("/api/")
        if isPassing(error) {
            context.logger.warning(
                "unavailable", metadata: ["error": "\(error)", "route": "\(context.endpointPath ?? "")"])
            return isAPI
                ? try Problem(
                    .serviceUnavailable, "Not available", "Please send the request again in a few seconds.",
                    retryAfter: 5
                ).response()
                : .page(
                    forms.pages.state(.tryAgain, in: pageLanguage(of: request)), status: .serviceUnavailable,
                    retryAfter: 5)
        }
        // What the parser refuses in the middle of a body is the sender's mistake.
        let status =
            (error as? any HTTPResponseError)?.status ?? (error is HTTPParserError ? .badRequest : .internalServerError)
        if status.code >= 500 {
            context.logger.error(
                "failed", metadata: ["error": "\(error)", "route": "\(context.endpointPath ?? "")"])
        }
        if isAPI {
            return try Problem(
                status, status.reasonPhrase,
                status.code >= 500
                    ? "Something went wrong; the log has it as request \(context.id)."
                    : status == .notFound ? "There is nothing here; see /openapi.yaml." : status.reasonPhrase
            ).response()
        }
        let state: SurveyPageState =
            switch status.code {
            case 404: .unknownLink
            case 413: .tooLarge
            case 400..<500: .badRequest
            default: .failure(requestID: context.id)
            }
        return .page(forms.pages.state(state, in: pageLanguage(of: request)), status: status)
    }
}
