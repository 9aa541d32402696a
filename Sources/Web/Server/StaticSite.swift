import Crypto
import Dashboards
import Foundation
import HTTPTypes
import Hummingbird
import Logging

extension RouterMethods where Context == AppContext {
    /// Serves the built dashboards from their folder, with ETag and 304 as the library does.
    func addStaticSite(folder: String, logger: Logger) {
        _ = add(middleware: SiteHeaders())
        _ = add(
            middleware: FileMiddleware(
                folder, urlBasePath: "/dashboards", searchForIndexHtml: true, logger: logger))
    }
}

/// The headers of every dashboard page: complete in itself, script-free, checked for news at each visit.
private struct SiteHeaders: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if request.uri.path.hasPrefix("/dashboards") {
            response.headers[.contentSecurityPolicy] = dashboardPolicy
            response.headers[.referrerPolicy] = "no-referrer"
            response.headers[.cacheControl] = "no-cache"
            response.headers[.robotsTag] = "noindex, nofollow"
            response.headers[.xContentTypeOptions] = "nosniff"
        }
        return response
    }
}

private let dashboardPolicy: String = {
    let hash = Data(SHA256.hash(data: Data(DashboardPages.style.utf8))).base64EncodedString()
    return "default-src 'none'; style-src 'sha256-\(hash)'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
}()
