import Hummingbird
import Intake

/// Every route, as a table of contents; but the survey pages, `/s/TOKEN`, never get here (``SurveyHandler``), and the dashboards
/// are files, served under `/dashboards/`.
func addRoutes(to router: Router<AppContext>, intake: IntakeRoutes, health: HealthRoutes) {
    for kind in IntakeKind.allCases {
        router.post("/api/v1/\(kind.rawValue)", use: intake.receive(kind))
    }
    router.get("/openapi.yaml") { _, _ in Response.openAPI }

    router.get("/healthz", use: health.alive)
    router.get("/readyz", use: health.ready)
    router.get("/metrics", use: health.report)
}

extension Response {
    fileprivate static var openAPI: Response {
        Response(
            status: .ok, headers: [.contentType: "application/yaml"],
            body: .init(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_yaml)))
    }
}
