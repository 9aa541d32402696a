import ArgumentParser
import DemoCentre
import Feedback
import Foundation
import Logging
import NIOCore
import ServiceLifecycle
import Store
import Web

/// `hearback serve`: everything that runs.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve customers' pages, the API and the dashboards, and keep them up to date.",
        discussion: """
            Stops gracefully on Ctrl-C or SIGTERM: what was accepted is finished and stored. Any number of processes may \
            serve one database; give them the same link keys.
              hearback serve --demo
              hearback serve --listen 0.0.0.0:443 --certificate chain.pem --private-key key.pem
              DATABASE_URL=postgres://hearback@db1,db2/hearback hearback serve --listen 0.0.0.0:8080
            """)

    @Option(help: ArgumentHelp("Where to listen.", valueName: "host:port"))
    var listen = ListenAddress(host: "127.0.0.1", port: 8080)

    @Flag(help: "Fill an empty database with a year of a made-up centre.")
    var demo = false

    @Flag(
        help: ArgumentHelp(
            "Let whoever reaches the server read the dashboards.",
            discussion:
                "For a server behind a proxy with a sign-in of its own; everything else still asks who is there."))
    var openDashboards = false

    @OptionGroup var edge: EdgeOptions
    @OptionGroup var data: DataOptions

    func run() async throws {
        let logger = data.logger("hearback")
        allowAllOpenFiles()
        let certificate = try edge.loadCertificate(now: Date())
        // Whoever erases somebody meanwhile uses the same one.
        _ = try SuppressionKeyFile.load(folder: data.folder)
        if demo {
            try await data.withStore { store in
                _ = try await fillDemo(store)
                try await DemoYear(store).inviteSomebody(now: Date())
            }
        }
        // From here on the services stop gracefully by themselves.
        try await data.withStore(connections: 8, stopsOnSignals: false) { store in
            let keys = try LinkKeyFile.load(folder: data.folder)
            let site = data.folder + "/site"
            let delivery = try DeliveryOptions(
                environment: ProcessInfo.processInfo.environment, base: nil,
                keys: keys)
            try await delivery.templates.reload(from: store)
            let workers = try delivery.workers(store: store, logger: logger)
            for channel in try await store.policyChannels() where !workers.map(\.channel).contains(channel) {
                logger.warning(
                    "a policy asks by a channel that this process does not send by",
                    metadata: ["channel": "\(channel.rawValue)"])
            }
            var configuration = WebConfiguration(host: listen.host, port: listen.port, siteFolder: site)
            configuration.sms = try delivery.smsHooks()
            configuration.isSiteOpen = openDashboards
            configuration.certificate = certificate
            configuration.isSecure = certificate != nil || delivery.base.hasPrefix("https://")
            configuration.trustedProxies = edge.trustedProxies
            configuration.provider = try ProviderOptions.read(
                ProcessInfo.processInfo.environment, base: delivery.base)
            let alerts = try delivery.alerts()
            let server = try await WebServer(
                configuration, store: store, keys: keys, now: { Date() }, logger: logger
            ) { port in
                await announce(port: port, keys: keys, store: store)
            }
            let services: [any Service] =
                [
                    Deciding(store: store, logger: logger),
                    Dashboarding(store: store, folder: site, isOpen: openDashboards, logger: logger),
                    Sending(workers: workers, store: store, logger: logger),
                    Alerting(store: store, mail: alerts, logger: logger),
                    housekeeping(store: store, logger: logger), settlingTexts(store: store, logger: logger),
                    retaining(store: store, logger: logger),
                    PeriodicJob(name: "reloading", interval: .seconds(5), logger: logger) {
                        try await server.reload()
                        try await delivery.templates.reload(from: store)
                        if try certificate?.reload(now: Date()) == true { logger.notice("took up a new certificate") }
                    },
                ] + server.services
            do {
                try await ServiceGroup(
                    configuration: .init(
                        services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
                ).run()
            } catch let error as IOError where error.errnoCode == EADDRINUSE {
                throw ValidationError("port \(listen.port) is in use; choose another with --listen HOST:PORT")
            }
        }
    }

    private func announce(port: Int, keys: LinkKeys, store: Store) async {
        let base =
            "\(edge.certificate == nil ? "http" : "https")://\(listen.host == "0.0.0.0" ? "127.0.0.1" : listen.host):\(port)"
        var text = "Hearback is running. Stop it with Ctrl-C.\n  dashboards  \(base)/dashboards/\n"
        // A customer's link is theirs alone: only a demo's is printed.
        if demo, let invitation = try? await store.invitations(onlyOpen: true, limit: 1, now: Date()).first {
            text += "  a survey    \(base)/s/\(keys.token(for: invitation.id))\n"
        }
        if demo { text += await demoSignIns(store, base: base) }
        if !demo, !openDashboards, (try? await store.people().isEmpty) == true {
            text +=
                "Nobody can sign in yet; this adds the first administrator:\n"
                + "  hearback user add --role administrator --name \"Your name\" you@example.com\n"
        }
        printOut(text)
    }
}

/// Raises the limit of open files to what the system allows: every connection is one, and the usual limit is 1,024.
private func allowAllOpenFiles() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// A host and a port, written HOST:PORT.
struct ListenAddress: ExpressibleByArgument {
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"), let port = UInt16(argument[argument.index(after: colon)...])
        else {
            return nil
        }
        let host = argument[..<colon].trimmingCharacters(in: ["[", "]"])
        guard !host.isEmpty else { return nil }
        self.init(host: host, port: Int(port))
    }

    var defaultValueDescription: String { "\(host):\(port)" }
}
