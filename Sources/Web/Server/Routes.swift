import HTTPTypes
import Hummingbird
import Intake

/// Every route, as a table of contents; but the survey pages, `/s/TOKEN`, never get here (``SurveyHandler``), nor do most requests
/// for dashboards that are in memory (``SiteHandler``).
func addRoutes(
    to router: Router<AppContext>, intake: IntakeRoutes, exports: ExportRoutes, measures: MeasureRoutes,
    site: SiteRoutes, ownPage: OwnPageRoutes, previews: PreviewRoutes, sms: SMSRoutes, bounces: BounceRoutes,
    health: HealthRoutes
) {
    for kind in IntakeKind.allCases {
        router.post("/api/v1/\(kind.rawValue)", use: intake.receive(kind))
        for method in [HTTPRequest.Method.get, .put, .patch, .delete] {
            router.on("/api/v1/\(kind.rawValue)", method: method) { _, _ in
                try Response.notAllowed("Only POST is taken here", "Send items with POST", allow: "POST")
            }
        }
    }
    router.get("/c/{token}", use: ownPage.show)
    router.post("/c/{token}", use: ownPage.act)
    router.get("/templates/", use: previews.list)
    router.get("/templates/{channel}/{language}", use: previews.show)
    router.post("/api/v1/bounces", use: bounces.receive)
    router.post("/hooks/sms", use: sms.receive)
    router.post("/hooks/sms/status", use: sms.report)
    router.get("/api/v1/measures", use: measures.measures)
    router.get("/api/v1/responses.csv", use: exports.responses)
    for path in ["/api/v1/measures", "/api/v1/responses.csv"] {
        for method in [HTTPRequest.Method.post, .put, .patch, .delete] {
            router.on(RouterPath(path), method: method) { _, _ in
                try Response.notAllowed("Only GET is answered here", "Fetch it with GET", allow: "GET, HEAD")
            }
        }
    }
    for path in [RouterPath(SitePath.root), RouterPath(SiteRoutes.route)] {
        router.get(path, use: site.read)
        for method in [HTTPRequest.Method.post, .put, .patch, .delete, .options] {
            router.on(path, method: method, use: site.refuse)
        }
    }
    router.get("/openapi.yaml") { _, _ in Response.openAPI }

    router.get("/healthz", use: health.alive)
    router.get("/readyz", use: health.ready)
    router.get("/metrics", use: health.report)
}

extension Response {
    fileprivate static func notAllowed(_ title: String, _ advice: String, allow: String) throws -> Response {
        var response = try Problem(.methodNotAllowed, title, advice + "; see /openapi.yaml.").response()
        response.headers[.allow] = allow
        return response
    }

    fileprivate static var openAPI: Response {
        Response(
            status: .ok, headers: [.contentType: "application/yaml"],
            body: .init(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_yaml)))
    }
}
