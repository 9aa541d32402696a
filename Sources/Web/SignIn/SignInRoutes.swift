import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import People
import Store

/// Signing in and out: a password, and a code where somebody has a second factor.
struct SignInRoutes: Sendable {
    let store: Store
    let pages: StaffPages
    let cookie: SessionCookie
    let viewers: Viewers
    let hashers: Hashers
    let devices: KnownDevices
    /// What second factors are stored under.
    let seal: SecretSeal
    /// The organisation's identity provider, if there is one.
    let provider: SignInPage.Provider?
    let refusals: Refusals
    let now: @Sendable () -> Date

    /// Passwords are hashed apart for devices that have signed in before, so that strangers' guesses never keep them waiting.
    struct Hashers: Sendable {
        let known: PasswordHasher
        let unknown: PasswordHasher
    }

    // MARK: The password

    /// Shows the form.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        page(next: request.uri.queryParameters.get("next"))
    }

    /// Looks at a password.
    @Sendable func signIn(_ request: Request, context: AppContext) async throws -> Response {
        guard let fields = try await StaffForm.read(request) else { return pages.refusal(.badRequest) }
        if provider?.isOnlyWay == true {
            return page(next: fields["next"], problem: "Passwords are not used here.", status: .forbidden)
        }
        let email = (fields["email"] ?? "").trimmingCharacters(in: .whitespaces).lowercased()
        let next = fields["next"]
        guard email.utf8.count <= 254, email.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let password = Password(fields["password"] ?? "")
        else {
            return page(next: next, email: email, problem: Self.wrong, status: .unprocessableContent)
        }
        // A flood of strangers costs no look at the database, whatever networks it comes from.
        let claimed = devices.read(request)
        if claimed == nil, hashers.unknown.isFull { return busy(next: next, email: email, context) }
        let holder = try await store.passwordHolder(email: email)
        let device = claimed?.isOf(holder?.person) == true ? claimed : nil
        let keys = counterKeys(
            SignInCounter.ofPassword(fromDeviceThat: device != nil), account: email, network: context.network,
            device: device)
        // Who has to wait costs one look, and no hash.
        if case .wait(let until) = SignInDelay(try await store.signInFailures(keys), now: now()) {
            return tooMany(until, next: next, email: email)
        }
        let hasher = device == nil ? hashers.unknown : hashers.known
        let hash = holder?.passwordHash.flatMap { PasswordHash($0) }
        let isRight: Bool
        do {
            // Counted when its turn has come: who is asked to come again has not failed.
            isRight = try await hasher.matches(password, hash) {
                if case .wait(let until) = try await store.countSignIn(keys, now: now()) {
                    throw HasToWait(until: until)
                }
            }
        } catch HashingError.busy {
            return busy(next: next, email: email, context)
        } catch let wait as HasToWait {
            return tooMany(wait.until, next: next, email: email)
        }
        // It may have waited for its turn.
        let moment = now()
        guard isRight, let holder, let hash else {
            context.logger.notice("a sign-in failed", metadata: ["network": "\(context.network)"])
            // As many as are hashed, which delays and the hasher hold down. What was typed may be a password.
            try await store.record(
                AuditEvent("sign-in.refused", of: holder.map { "person \($0.person)" }),
                by: Actor(name: "nobody", network: context.network), now: moment)
            return page(next: next, email: email, problem: Self.wrong, status: .unprocessableContent)
        }
        try await store.forgiveSignIn(keys, now: moment)
        var generator = SystemRandomNumberGenerator()
        let token = SecretToken(using: &generator)
        let isBegun = try await store.beginSession(
            token.digest, of: holder, network: context.network, browser: browserName(request.headers[.userAgent]),
            now: moment)
        guard isBegun else {
            return page(next: next, email: email, problem: Self.wrong, status: .unprocessableContent)
        }
        if hash.needsRehash { try await strengthen(password, hash, of: holder.person, by: hasher) }
        let goOn = LocalPath(next).text
        let target =
            holder.totpSecret == nil ? goOn : "/sign-in/code" + (goOn == "/" ? "" : "?next=" + percentEncoded(goOn))
        return signedIn(holder.totpSecret == nil ? holder.person : nil, token, target: target)
    }

    /// Ends the session.
    @Sendable func signOut(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, try await StaffForm.read(request, context) != nil else {
            return pages.refusal(.badRequest)
        }
        _ = try await store.endSession(
            viewer.session, by: .person(viewer.person, network: context.network), now: now())
        viewers.forget()
        var response = Response.seeOther("/sign-in")
        response.headers[.setCookie] = cookie.setting(.session, to: "", lasting: 0)
        return response
    }

    // MARK: The code

    /// Shows the form for the code.
    @Sendable func showCode(_ request: Request, context: AppContext) async throws -> Response {
        guard try await waiting(request) != nil else { return .seeOther("/sign-in") }
        return codePage(next: request.uri.queryParameters.get("next"))
    }

    /// Looks at a code, and signs in.
    @Sendable func giveCode(_ request: Request, context: AppContext) async throws -> Response {
        guard let fields = try await StaffForm.read(request) else { return pages.refusal(.badRequest) }
        guard let viewer = try await waiting(request),
            let holder = try await store.passwordHolder(person: viewer.person),
            let stored = holder.totpSecret
        else { return .seeOther("/sign-in") }
        // What no key opens any more leaves recovery codes, and administrators, who take it away.
        let secret = seal.open(stored, of: viewer.person)
        if secret == nil { context.logger.warning("a second factor cannot be opened: is a link key missing?") }
        let moment = now()
        let next = fields["next"]
        let claimed = devices.read(request)
        let device = claimed?.isOf(viewer.person) == true ? claimed : nil
        let keys = counterKeys(
            SignInCounter.ofCode(fromDeviceThat: device != nil), account: "person \(viewer.person)",
            network: context.network, device: device)
        if case .wait(let until) = try await store.countSignIn(keys, now: moment) {
            return codePage(next: next, problem: waitWords(until), status: .tooManyRequests)
        }
        let code = fields["code"] ?? ""
        let step = secret.flatMap { TOTP(secret: $0) }?.step(matching: code, at: moment, after: holder.lastStep)
        let recovery = step == nil ? RecoveryCode(code).map(seal.digests) : nil
        var generator = SystemRandomNumberGenerator()
        let token = SecretToken(using: &generator)
        guard step != nil || recovery != nil,
            try await store.completeSignIn(
                viewer.session, of: viewer.person, newDigest: token.digest, step: step, recovery: recovery,
                network: context.network, now: moment)
        else {
            try await store.record(
                AuditEvent("sign-in.refused-code", of: "person \(viewer.person)"),
                by: Actor(name: "nobody", network: context.network), now: moment)
            return codePage(
                next: next, problem: "That code is not right. Wait for the next one.", status: .unprocessableContent)
        }
        try await store.forgiveSignIn(keys, now: moment)
        if let secret, !seal.isCurrent(stored) {
            try await store.resealSecondFactor(
                of: viewer.person, from: stored, to: try seal.seal(secret, of: viewer.person))
        }
        return signedIn(viewer.person, token, target: LocalPath(next).text)
    }

    // MARK: Parts

    private static let wrong = "The e-mail address and the password do not belong together."

    /// Who has given a password and not yet a code.
    private func waiting(_ request: Request) async throws -> Viewer? {
        guard let token = cookie.token(in: request.headers[.cookie]),
            let viewer = try await store.viewer(token.digest, now: now()), viewer.awaitsSecondFactor
        else { return nil }
        return viewer
    }

    private func counterKeys(
        _ counters: [SignInCounter], account: String, network: String, device: DeviceCookie?
    ) -> [SignInCounter: String] {
        Dictionary(
            uniqueKeysWithValues: counters.map { counter in
                let key =
                    switch counter {
                    case .device: "\(account) \(device.map { $0.nonce.map(String.init).joined(separator: ".") } ?? "")"
                    case .accountAndNetwork: "\(account) \(network)"
                    case .account, .code: account
                    case .network, .provider: network
                    }
                return (counter, key)
            })
    }

    private func strengthen(
        _ password: Password, _ old: PasswordHash, of person: Int32, by hasher: PasswordHasher
    ) async throws {
        var generator = SystemRandomNumberGenerator()
        // Not worth keeping anybody waiting for.
        guard let new = try? await hasher.hash(password, using: &generator) else { return }
        try await store.strengthenPassword(of: person, from: old.text, to: new.text)
    }

    /// - Parameter person: Whose device it is known as from now on; nil while a code is awaited.
    private func signedIn(_ person: Int32?, _ token: SecretToken, target: String) -> Response {
        var response = Response.seeOther(target)
        response.headers.append(
            HTTPField(name: .setCookie, value: cookie.setting(.session, to: token.text)))
        if let person { devices.remember(person, in: &response) }
        return response
    }

    /// The page to sign in by.
    func page(
        next: String?, email: String = "", problem: String? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        let frame = StaffFrame(title: "Sign in", pages: pages, problem: problem)
        return pages.reply(
            SignInPage(frame: frame, next: LocalPath(next).text, email: email, provider: provider), with: "sign-in",
            status: status)
    }

    private func codePage(
        next: String?, problem: String? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        let frame = StaffFrame(title: "One more step", pages: pages, problem: problem)
        return pages.reply(
            SignInCodePage(frame: frame, next: LocalPath(next).text), with: "sign-in-code", status: status)
    }

    /// Says when to try again.
    func tooMany(_ until: Date, next: String?, email: String = "") -> Response {
        var response = page(next: next, email: email, problem: waitWords(until), status: .tooManyRequests)
        response.headers[.retryAfter] = "\(max(1, Int(until.timeIntervalSince(now()).rounded(.up))))"
        return response
    }

    private func busy(next: String?, email: String, _ context: AppContext) -> Response {
        refusals.logTooMany(of: "POST /sign-in", from: context.network, to: context.logger)
        let problem = "Many people are signing in at this moment. Please try again in a few seconds."
        var response = page(next: next, email: email, problem: problem, status: .serviceUnavailable)
        response.headers[.retryAfter] = "5"
        return response
    }

    private func waitWords(_ until: Date) -> String {
        let minutes = max(1, Int((until.timeIntervalSince(now()) / 60).rounded(.up)))
        return "Too many attempts have failed. Please try again in \(minutes) \(minutes == 1 ? "minute" : "minutes")."
    }
}

/// Others have failed for the account, or from the network, while this attempt waited for its turn.
private struct HasToWait: Error {
    let until: Date
}
