import HTTPTypes
import Hummingbird
import Intake
import People

/// One way to call the server, and what it needs of whoever does.
struct Route: Sendable {
    /// Answers a request.
    typealias Handler = @Sendable (Request, AppContext) async throws -> Response

    let method: HTTPRequest.Method
    let path: String
    let need: Need
    let handler: Handler

    init(_ method: HTTPRequest.Method, _ path: String, _ need: Need, _ handler: @escaping Handler) {
        self.method = method
        self.path = path
        self.need = need
        self.handler = handler
    }
}

/// Everything that answers requests.
struct Handlers: Sendable {
    let intake: IntakeRoutes
    let exports: ExportRoutes
    let measures: MeasureRoutes
    let site: SiteRoutes
    let ownPage: OwnPageRoutes
    let surveys: ManagedSurveys
    let policies: PolicyRoutes
    let templates: TemplateRoutes
    let sms: SMSRoutes
    let bounces: BounceRoutes
    let signIn: SignInRoutes
    let provider: ProviderRoutes
    let passwords: PasswordRoutes
    let account: AccountRoutes
    let people: PeopleRoutes
    let me: MeRoutes
    let reviews: ReviewRoutes
    let followUps: FollowUpRoutes
    let sessions: SessionRoutes
    let keys: KeyRoutes
    let organisation: OrganisationRoutes
    let record: RecordRoutes
    let customers: CustomerRoutes
    let privacy: PrivacyRoutes
    let health: HealthRoutes

    /// Every path, as a table of contents, with what it needs; but the survey pages, `/s/TOKEN`, never get to the router
    /// (``SurveyHandler``), nor do most requests for dashboards that are in memory (``SiteHandler``).
    var routes: [Route] {
        IntakeKind.allCases.map { Route(.post, "/api/v1/\($0.rawValue)", .key(.ingest), intake.receive($0)) } + [
            Route(.post, "/api/v1/bounces", .key(.ingest), bounces.receive),
            Route(.get, "/api/v1/measures", .key(.read), measures.measures),
            Route(.get, "/api/v1/responses.csv", .key(.read), exports.responses),
            Route(.get, "/api/v1/customers/{ref}", .key(.manage), privacy.export),
            Route(.delete, "/api/v1/customers/{ref}", .key(.manage), privacy.erase),

            Route(.get, "/c/{token}", .proof, ownPage.show),
            Route(.post, "/c/{token}", .proof, ownPage.act),
            Route(.post, "/hooks/sms", .proof, sms.receive),
            Route(.post, "/hooks/sms/status", .proof, sms.report),
            Route(.get, "/password/{token}", .proof, passwords.show),
            Route(.post, "/password/{token}", .proof, passwords.set),

            Route(.get, "/sign-in", .nothing, signIn.show),
            Route(.post, "/sign-in", .nothing, signIn.signIn),
            Route(.get, "/sign-in/code", .nothing, signIn.showCode),
            Route(.post, "/sign-in/code", .nothing, signIn.giveCode),
            Route(.get, "/sign-in/provider", .nothing, provider.begin),
            Route(.get, "/sign-in/provider/callback", .nothing, provider.finish),
            Route(.post, "/sign-out", .person, signIn.signOut),
            Route(.get, "/", .person, account.home),
            Route(.get, "/account", .person, account.show),
            Route(.post, "/account/sessions", .person, account.end),
            Route(.get, "/account/second-factor", .person, account.offer),
            Route(.post, "/account/second-factor", .person, account.confirm),

            Route(.get, "/me", .agent, me.show),
            Route(.post, "/me/objections", .agent, me.object),
            Route(.post, "/me/notes", .agent, me.reply),
            Route(.get, "/agents", .manager, reviews.list),
            Route(.get, "/agents/{agent}", .manager, reviews.show),
            Route(.post, "/agents/{agent}", .manager, reviews.act),

            Route(.get, SitePath.root, .site, site.read),
            Route(.get, SiteRoutes.route, .site, site.read),
            Route(.get, "/surveys", .everything, surveys.list),
            Route(.post, "/surveys", .administrator, surveys.publishFile),
            Route(.get, "/surveys/new", .everything, surveys.editFile),
            Route(.post, "/surveys/new", .everything, surveys.checkFile),
            Route(.get, "/surveys/{survey}", .everything, surveys.show),
            Route(.get, "/surveys/{survey}/versions/{version}", .everything, surveys.show),
            Route(.get, "/surveys/{survey}/versions/{version}/preview", .everything, surveys.preview),
            Route(.get, "/surveys/{survey}/edit", .everything, surveys.edit),
            Route(.post, "/surveys/{survey}/edit", .everything, surveys.change),
            Route(.post, "/surveys/{survey}/publish", .administrator, surveys.publish),
            Route(.get, "/surveys/{survey}/file", .everything, surveys.editFile),
            Route(.post, "/surveys/{survey}/file", .everything, surveys.checkFile),
            Route(.post, "/surveys/{survey}/file/publish", .administrator, surveys.publishFile),
            Route(.get, "/policies", .everything, policies.list),
            Route(.post, "/policies", .administrator, policies.publish),
            Route(.get, "/policies/edit", .everything, policies.edit),
            Route(.post, "/policies/edit", .everything, policies.check),
            Route(.get, "/policies/{version}", .everything, policies.show),
            Route(.get, "/templates", .everything, templates.list),
            Route(.get, "/templates/{channel}/{language}", .everything, templates.show),
            Route(.post, "/templates/{channel}/{language}", .everything, templates.check),
            Route(.get, "/templates/{channel}/{language}/preview", .everything, templates.preview),
            Route(.post, "/templates/{channel}/{language}/publish", .administrator, templates.publish),
            Route(.get, "/people", .administrator, people.list),
            Route(.post, "/people", .administrator, people.add),
            Route(.get, "/people/{person}", .administrator, people.show),
            Route(.post, "/people/{person}", .administrator, people.act),
            Route(.get, "/follow-ups", .manager, followUps.list),
            Route(.post, "/follow-ups", .manager, followUps.mark),
            Route(.get, "/follow-ups/{number}", .manager, followUps.show),
            Route(.post, "/follow-ups/{number}", .manager, followUps.act),
            Route(.get, "/sessions", .administrator, sessions.list),
            Route(.post, "/sessions", .administrator, sessions.end),
            Route(.get, "/keys", .administrator, keys.list),
            Route(.post, "/keys", .administrator, keys.act),
            Route(.get, "/organisation", .administrator, organisation.show),
            Route(.post, "/organisation", .administrator, organisation.change),
            Route(.post, "/organisation/logo", .administrator, organisation.takeLogo),
            Route(.get, "/record", .administrator, record.list),
            Route(.post, "/record", .administrator, record.verify),
            Route(.get, "/customers", .administrator, customers.show),
            Route(.post, "/customers", .administrator, customers.act),

            Route(.get, "/openapi.yaml", .nothing) { _, _ in Response.openAPI },
            Route(.get, "/healthz", .nothing, health.alive),
            Route(.get, "/readyz", .nothing, health.ready),
            Route(.get, "/metrics", .nothing, health.report),
        ]
    }
}

extension Router<AppContext> {
    /// Adds all routes, each behind the gate, and refuses the other methods of the API and of dashboards in words.
    func add(_ handlers: Handlers, behind gate: Gate) {
        let routes = handlers.routes
        for route in routes {
            on(RouterPath(route.path), method: route.method, use: gate.guarding(route.need, route.handler))
        }
        for (path, routes) in Dictionary(grouping: routes, by: \.path) where path.hasPrefix("/api/") {
            let taken = Set(routes.map(\.method))
            let (title, advice, allowed) =
                switch taken {
                case [.post]: ("Only POST is taken here", "Send items with POST", "POST")
                case [.get]: ("Only GET is answered here", "Fetch it with GET", "GET, HEAD")
                default:
                    (
                        "Only GET and DELETE are taken here", "Fetch it with GET, erase it with DELETE",
                        "DELETE, GET, HEAD"
                    )
                }
            for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] where !taken.contains(method) {
                on(RouterPath(path), method: method) { _, _ in
                    try Response.notAllowed(title, advice, allow: allowed)
                }
            }
        }
        for path in [RouterPath(SitePath.root), RouterPath(SiteRoutes.route)] {
            for method in [HTTPRequest.Method.post, .put, .patch, .delete, .options] {
                on(path, method: method, use: handlers.site.refuse)
            }
        }
    }
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
