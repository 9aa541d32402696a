import Feedback
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import OpenIDConnect
import People
import ServiceLifecycle
import Store

/// How the server listens and where it stops taking more.
public struct WebConfiguration: Sendable {
    /// The host to listen on.
    public var host: String
    /// The port; 0 lets the system choose.
    public var port: Int
    /// The folder of the built dashboards.
    public var siteFolder: String
    /// The most connections at a time; more wait in the system's queue.
    public var maximumConnections = 2000
    /// The gateway that texts come from, if there is one.
    public var sms: SMSHooks?
    /// Whether dashboards may be read without signing in, since somebody in front of the server sees to who reaches it.
    public var isSiteOpen = false
    /// Whether browsers reach the server by TLS, so that cookies are kept for that.
    public var isSecure = false
    /// The certificate to serve TLS with; nil for plain HTTP.
    public var certificate: ServerCertificate?
    /// The proxies in front of the server that name whoever asks.
    public var trustedProxies = TrustedProxies.none
    /// The organisation's identity provider, if people sign in by one.
    public var provider: ProviderConfiguration?
    /// How many passwords are hashed at once, for devices that signed in before and for others each.
    public var hashing = 1
    /// How many passwords of each wait to be hashed; who comes then is asked to try again.
    public var hashingQueue = 64
    /// What a new password's hash costs, as the binary logarithm of scrypt's N.
    public var hashingCost = PasswordHash.defaultCost
    /// How long the reader of an export may take nothing before the connection is closed.
    public var exportPatience = Duration.seconds(30)

    /// Creates a configuration.
    public init(host: String, port: Int, siteFolder: String) {
        self.host = host
        self.port = port
        self.siteFolder = siteFolder
    }
}

/// The web server: customers' pages, the API, the dashboards and what operators ask.
public struct WebServer: Sendable {
    /// What has to run: in this order, so that the server stops first and what it accepted is finished.
    public let services: [any Service]

    let application: Application<RouterResponder<AppContext>>
    /// Every route with what it needs.
    let routes: [Route]
    private let pages: RenderedPages
    private let staff: StaffPages
    private let store: Store

    /// Prepares the server.
    ///
    /// - Parameters:
    ///   - keys: The secrets that links are signed with.
    ///   - now: Where the time comes from.
    ///   - onRunning: Told the port once requests are accepted.
    public init(
        _ configuration: WebConfiguration, store: Store, keys: LinkKeys, now: @escaping @Sendable () -> Date,
        logger: Logger, onRunning: @escaping @Sendable (Int) async -> Void
    ) async throws {
        let organisation = try await store.organisation()
        self.store = store
        pages = try RenderedPages(store: store, organisation: organisation)
        staff = try StaffPages(organisation: organisation)
        try await pages.reload()
        let pages = pages
        let links = Batcher<Int64, LinkState>(largestGroup: 256, capacity: 1024) { invitations in
            try await store.linkStates(of: invitations, now: now())
        }
        let submissions = Batcher<Submission, SubmissionOutcome>(largestGroup: 256, capacity: 1024) { group in
            try await store.submitAnswersApart(group, now: now())
        }
        let metrics = ServerMetrics()
        let refusals = Refusals(store: store, now: now)
        let survey = SurveyRoutes(
            keys: keys, pages: pages, links: links, submissions: submissions,
            makeComplaint: { try await store.makeComplaint(of: $0, by: nil, seenBy: nil, now: now()) },
            metrics: metrics,
            refusals: refusals, logger: logger)
        let site = SiteFiles(folder: configuration.siteFolder)
        let cookie = SessionCookie(isSecure: configuration.isSecure)
        let viewers = Viewers(store: store, now: now, logger: logger)
        let gate = Gate(
            store: store, viewers: viewers, cookie: cookie, isSiteOpen: configuration.isSiteOpen, pages: staff,
            formKey: FormKey(keys), refusals: refusals, now: now)
        func makeHasher() -> PasswordHasher {
            PasswordHasher(
                simultaneous: configuration.hashing, waiting: configuration.hashingQueue,
                cost: configuration.hashingCost)
        }
        let hashers = SignInRoutes.Hashers(known: makeHasher(), unknown: makeHasher())
        let router = Router(context: AppContext.self, options: .autoGenerateHeadEndpoints)
        if !configuration.trustedProxies.isEmpty {
            router.add(
                middleware: SourceMiddleware(
                    proxies: configuration.trustedProxies, isSecure: configuration.isSecure))
        }
        router.add(middleware: ErrorMiddleware(pages: pages, metrics: metrics, refusals: refusals))
        if configuration.isSecure { router.add(middleware: PlainOriginRefusal(pages: staff)) }
        let provider = configuration.provider.map { OpenIDProvider(settings: $0.settings, logger: logger) }
        let devices = KnownDevices(cookie: cookie, keys: keys.derivedKeys(for: "devices that have signed in"))
        let signIn = SignInRoutes(
            store: store, pages: staff, cookie: cookie, viewers: viewers, hashers: hashers, devices: devices,
            seal: try SecretSeal(keys),
            provider: configuration.provider.map { .init(name: $0.name, isOnlyWay: $0.isOnlyWay) }, refusals: refusals,
            now: now)
        let handlers = Handlers(
            intake: IntakeRoutes(store: store, now: now),
            exports: ExportRoutes(store: store, patience: configuration.exportPatience, now: now),
            measures: MeasureRoutes(store: store, now: now), site: SiteRoutes(files: site, store: store, now: now),
            ownPage: OwnPageRoutes(keys: keys, store: store, pages: pages, now: now),
            surveys: ManagedSurveys(store: store, pages: staff, customerPages: pages, now: now),
            policies: PolicyRoutes(store: store, pages: staff, now: now),
            templates: TemplateRoutes(store: store, pages: staff, now: now),
            sms: SMSRoutes(hooks: configuration.sms, store: store, pages: pages, now: now),
            bounces: BounceRoutes(store: store, now: now),
            signIn: signIn, provider: ProviderRoutes(provider: provider, signIn: signIn),
            passwords: PasswordRoutes(store: store, pages: staff, hasher: hashers.unknown, devices: devices, now: now),
            account: AccountRoutes(store: store, pages: staff, seal: try SecretSeal(keys), now: now),
            people: PeopleRoutes(store: store, pages: staff, now: now),
            me: MeRoutes(store: store, pages: staff, now: now),
            reviews: ReviewRoutes(store: store, pages: staff, now: now),
            followUps: FollowUpRoutes(store: store, pages: staff, now: now),
            sessions: SessionRoutes(store: store, pages: staff, viewers: viewers, now: now),
            keys: KeyRoutes(store: store, pages: staff, now: now),
            organisation: OrganisationRoutes(store: store, pages: staff, now: now) { [staff] organisation in
                try pages.show(organisation)
                staff.show(organisation)
            },
            record: RecordRoutes(store: store, pages: staff, now: now),
            customers: CustomerRoutes(store: store, pages: staff, now: now),
            privacy: PrivacyRoutes(store: store, now: now),
            health: HealthRoutes(store: store, metrics: metrics, now: now) {
                gauges(of: store, waiting: links.waitingCount + submissions.waitingCount)
            })
        routes = handlers.routes
        router.add(handlers, behind: gate)
        let dates = DateHeader(now: now)
        application = Application(
            responder: router.buildResponder(),
            server: HTTPServerBuilder { responder in
                WebChannel(
                    http: HTTP1Channel(responder: responder), routes: survey, site: site,
                    access: configuration.isSiteOpen ? .open : .signedIn(viewers, cookie), dates: dates,
                    certificate: configuration.certificate, isSecure: configuration.isSecure)
            },
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1024,
                availableConnectionsDelegate: .maximum(configuration.maximumConnections, logger: logger)),
            onServerRunning: { channel in
                await onRunning(channel.localAddress?.port ?? configuration.port)
            },
            logger: logger)
        services =
            (provider.map { [ProviderConnections(provider: $0)] } ?? [])
            + [links, submissions, viewers, application] as [any Service]
    }

    /// Takes up a new survey version and a changed name or look; to be called every few seconds in every process.
    public func reload() async throws {
        try await pages.reload()
        staff.show(try await store.organisation())
    }
}

extension SecretSeal {
    /// Second factors are sealed by what is derived from the keys of links: who rotates these rotates the seal.
    fileprivate init(_ keys: LinkKeys) throws {
        let (secrets, codes) = (keys.numberedKeys(for: "second factors"), keys.numberedKeys(for: "recovery codes"))
        guard let seal = SecretSeal(secrets, codeKeys: codes) else { throw MissingLinkKeys() }
        self = seal
    }
}

/// Link keys without a key.
private struct MissingLinkKeys: Error {}

private func gauges(of store: Store, waiting: Int) -> [(name: String, help: String, value: Int)] {
    let counts = store.pool.counts
    return [
        ("hearback_database_connections", "Open connections to the database.", counts.open),
        ("hearback_database_connections_leased", "Connections at work.", counts.leased),
        ("hearback_database_waiting", "Requests that wait for a connection.", counts.waiting),
        ("hearback_requests_waiting", "Links and answers that wait for their group.", waiting),
    ]
}
