import HTTPTypes
import Hummingbird

/// Turns every error of the router into a reply of the right kind, counts the response, and logs it if it refuses.
///
/// Nothing that a handler throws gets past it.
struct ErrorMiddleware: RouterMiddleware {
    let pages: RenderedPages
    let metrics: ServerMetrics
    let refusals: Refusals

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
        // Where customers are is nobody's business.
        let network = route.hasPrefix("/c/") ? nil : context.network
        refusals.log(response.status, of: context.route(of: request), from: network, to: context.logger)
        // Refusals of HEAD are pages too, and a body that nobody awaits would be read as the beginning of the next reply.
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func reply(to error: any Error, _ request: Request, _ context: AppContext) throws -> Response {
        // The API's own way to say what is wrong with a request.
        if let problem = error as? Problem { return try problem.response() }
        let route = context.endpointPath ?? ""
        guard request.uri.path.hasPrefix("/api/") else {
            let language = pageLanguage(of: request.headers)
            return pages.reply(to: error, at: route, in: language, logger: context.logger).response
        }
        log(error, at: route, to: context.logger)
        if isPassing(error) {
            return try Problem(
                .serviceUnavailable, "Not available", "Please send the request again in a few seconds.", retryAfter: 5
            ).response()
        }
        let status = status(for: error)
        return try Problem(
            status, status.reasonPhrase,
            status.code >= 500
                ? "Something went wrong; the log has it as request \(context.id)."
                : status == .notFound ? "There is nothing here; see /openapi.yaml." : status.reasonPhrase
        ).response()
    }
}
