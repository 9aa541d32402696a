import Delivery
import Foundation
import HTTPTypes
import Hummingbird
import People
import Store

/// Somebody's own account: where they are signed in, and their second factor.
struct AccountRoutes: Sendable {
    let store: Store
    let pages: StaffPages
    let seal: SecretSeal
    let now: @Sendable () -> Date

    /// Leads everybody to where they begin.
    @Sendable func home(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer else { return pages.refusal(.unauthorized) }
        return .seeOther(viewer.role == .agent ? "/me" : viewer.dashboards ?? "/account")
    }

    /// Shows it.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        try await page(context)
    }

    /// Ends one of the person's own sessions.
    @Sendable func end(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context),
            let session = fields["end"].flatMap(Int64.init)
        else { return pages.refusal(.badRequest) }
        let ended = try await store.endSession(
            session, of: viewer.person, by: .person(viewer.person, network: context.network), now: now())
        return try await page(context, notice: ended ? "That session has ended." : nil)
    }

    /// Offers a second factor.
    @Sendable func offer(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let person = try await store.person(viewer.person) else {
            return pages.refusal(.unauthorized)
        }
        if person.hasSecondFactor { return .seeOther("/account") }
        // The same one until it counts, so that loading the page again does not spoil what was scanned.
        if let offered = try await offered(to: person.id) { return try offerPage(offered.totp, to: person, context) }
        var generator = SystemRandomNumberGenerator()
        let fresh = try seal.seal(TOTP(using: &generator).secret, of: person.id)
        _ = try await store.offerSecondFactor(
            fresh, to: person.id, insteadOf: try await store.offeredSecondFactor(of: person.id))
        // The one that is kept, should two pages have been loaded at once.
        guard let offered = try await offered(to: person.id) else { return .seeOther("/account") }
        return try offerPage(offered.totp, to: person, context)
    }

    /// Takes a second factor up once a code of it is right.
    @Sendable func confirm(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context),
            let person = try await store.person(viewer.person)
        else { return pages.refusal(.badRequest) }
        guard let (totp, stored) = try await offered(to: person.id) else {
            return .seeOther("/account")
        }
        let moment = now()
        guard let step = totp.step(matching: fields["code"] ?? "", at: moment, after: nil) else {
            return try offerPage(
                totp, to: person, context, problem: "That code is not right. Is your telephone's clock right?",
                status: .unprocessableContent)
        }
        var generator = SystemRandomNumberGenerator()
        let codes = RecoveryCode.ten(using: &generator)
        let isTaken = try await store.confirmSecondFactor(
            stored, of: person.id, step: step, recovery: codes.map(seal.digest),
            by: .person(person.id, network: context.network), now: moment)
        guard isTaken else { return .seeOther("/account") }
        let frame = StaffFrame(title: "Your recovery codes", pages: pages, context: context, path: "/account")
        return pages.reply(
            SecondFactorPage(frame: frame, offer: nil, recovery: .init(codes: codes.map(\.text))), with: "second-factor"
        )
    }

    private func offered(to person: Int32) async throws -> (totp: TOTP, stored: [UInt8])? {
        guard let stored = try await store.offeredSecondFactor(of: person),
            let totp = seal.open(stored, of: person).flatMap({ TOTP(secret: $0) })
        else { return nil }
        return (totp, stored)
    }

    private func page(_ context: AppContext, notice: String? = nil) async throws -> Response {
        guard let viewer = context.viewer, let person = try await store.person(viewer.person) else {
            return pages.refusal(.unauthorized)
        }
        let sessions = try await store.sessions(of: viewer.person, now: now()).map { session in
            AccountPage.Session(
                id: "\(session.id)", browser: session.browser, network: session.network,
                began: staffMoment(session.createdAt), used: staffMoment(session.lastSeenAt),
                isThis: session.id == viewer.session, token: context.formToken?.text ?? "")
        }
        let frame = StaffFrame(title: "Your account", pages: pages, context: context, path: "/account", notice: notice)
        return pages.reply(
            AccountPage(
                frame: frame, name: person.name, email: person.email, role: person.role.words,
                hasSecondFactor: person.hasSecondFactor, sessions: sessions), with: "account")
    }

    private func offerPage(
        _ totp: TOTP, to person: Person, _ context: AppContext, problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let frame = StaffFrame(
            title: "Set up an authenticator app", pages: pages, context: context, path: "/account", problem: problem)
        let address = totp.address(issuer: pages.organisationName, account: person.email)
        let offer = SecondFactorPage.Offer(
            picture: try QRCode(address).svg(title: "The code to scan"), secret: totp.base32,
            token: context.formToken?.text ?? "")
        return pages.reply(
            SecondFactorPage(frame: frame, offer: offer, recovery: nil), with: "second-factor", status: status)
    }
}

/// Somebody's own account.
struct AccountPage {
    let frame: StaffFrame
    let name: String
    let email: String
    let role: String
    let hasSecondFactor: Bool
    let sessions: [Session]

    /// A row of the list of sessions.
    struct Session {
        let id: String
        let browser: String
        let network: String
        let began: String
        let used: String
        let isThis: Bool
        let token: String
    }
}

/// What to scan, or the codes for losing it.
struct SecondFactorPage {
    let frame: StaffFrame
    let offer: Offer?
    let recovery: Recovery?

    /// A second factor that does not count yet.
    struct Offer {
        let picture: String
        let secret: String
        let token: String
    }

    /// The codes, shown once.
    struct Recovery {
        let codes: [String]
    }
}

extension Role {
    /// The role as people say it.
    var words: String {
        switch self {
        case .administrator: "administrator"
        case .qualityManager: "quality manager"
        case .agent: "agent"
        }
    }
}
