import HTTPTypes
import Hummingbird

/// Refuses forms of pages that came without TLS, where browsers reach the server by TLS: whoever sits on the wire could have written
/// them.
struct PlainOriginRefusal: RouterMiddleware {
    let pages: StaffPages

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        if request.method == .post, request.headers[.origin]?.lowercased().hasPrefix("http:") == true {
            return pages.refusal(.badRequest)
        }
        return try await next(request, context)
    }
}
