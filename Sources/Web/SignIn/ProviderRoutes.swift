import Foundation
import HTTPTypes
import Hummingbird
import Logging
import OpenIDConnect
import People
import Store

/// Signing in by the organisation's identity provider: OpenID Connect's code flow.
///
/// The browser keeps a secret in a cookie, and what was asked is found, and taken out, by the digest of that cookie: a callback
/// that somebody else's browser brings, or the same one brings twice, finds nothing.
struct ProviderRoutes: Sendable {
    let provider: OpenIDProvider?
    let signIn: SignInRoutes

    private var now: Date { signIn.now() }

    /// Sends the browser to the provider.
    ///
    /// It is a link, not a form, since browsers hold all redirects that follow a form to `form-action`, and a provider may hand on
    /// to others. Only a click on a page of this site follows it, or an address that was typed: other sites begin nothing here.
    @Sendable func begin(_ request: Request, context: AppContext) async throws -> Response {
        guard let provider else { return unknown }
        let next = LocalPath(request.uri.queryParameters.get("next"))
        guard isOwnWish(request) else {
            return .seeOther("/sign-in" + (next.text == "/" ? "" : "?next=" + percentEncoded(next.text)))
        }
        let moment = now
        if case .wait(let until) = try await signIn.store.countSignIn([.provider: context.network], now: moment) {
            return signIn.tooMany(until, next: next.text)
        }
        var generator = SystemRandomNumberGenerator()
        let begun: AuthorizationRequest
        do {
            begun = try await provider.begin(destination: next, now: moment, using: &generator)
        } catch let problem as SignInProblem {
            return refusal(problem, next: next, context)
        }
        let pending = begun.pending
        try await signIn.store.keep(
            ProviderRequest(
                stateDigest: pending.stateDigest, issuer: pending.issuer, nonce: pending.nonce,
                verifier: pending.verifier, goOn: pending.destination.text, createdAt: pending.startedAt))
        var response = Response.seeOther(begun.url)
        response.headers[.setCookie] = signIn.cookie.setting(
            .provider, to: begun.state, lasting: Int(PendingSignIn.lifetime))
        return response
    }

    /// Takes the browser back from the provider, and signs the person in.
    @Sendable func finish(_ request: Request, context: AppContext) async throws -> Response {
        guard let provider else { return unknown }
        // A look at the head only would use the sign-in up.
        guard request.method == .get else { return .seeOther("/sign-in") }
        var response = try await finished(request, provider, context)
        response.headers.append(
            HTTPField(name: .setCookie, value: signIn.cookie.setting(.provider, to: "", lasting: 0)))
        return response
    }

    private func finished(
        _ request: Request, _ provider: OpenIDProvider, _ context: AppContext
    ) async throws -> Response {
        guard let state = signIn.cookie.value(.provider, in: request.headers[.cookie]),
            let kept = try await signIn.store.takeProviderRequest(AuthorizationRequest.digest(ofState: state))
        else { return refusal(.stateMismatch, next: LocalPath(nil), context) }
        let next = LocalPath(kept.goOn)
        let pending = PendingSignIn(
            stateDigest: kept.stateDigest, nonce: kept.nonce, verifier: kept.verifier, issuer: kept.issuer,
            destination: next, startedAt: kept.createdAt)
        let moment = now
        let identity: Identity
        do {
            guard let fields = FormFields(Array((request.uri.query ?? "").utf8)) else {
                throw SignInProblem.malformedCallback
            }
            identity = try await provider.finish(
                callback: try CallbackParameters(queryItems: fields.all), pending: pending, now: moment)
        } catch let problem as SignInProblem {
            return refusal(problem, next: next, context)
        }
        return try await welcome(identity, next: next, request, context, now: moment)
    }

    private func welcome(
        _ identity: Identity, next: LocalPath, _ request: Request, _ context: AppContext, now: Date
    ) async throws -> Response {
        guard let provided = ProvidedPerson(identity) else {
            try await signIn.store.endSessions(
                ofProvided: identity.issuer, identity.subject, network: context.network, now: now)
            return notLetIn(
                "Your organisation's sign-in knows you, but says nothing of a role that Hearback has. Ask an administrator for one.",
                context)
        }
        var generator = SystemRandomNumberGenerator()
        let token = SecretToken(using: &generator)
        let session = NewSession(
            token.digest, network: context.network, browser: browserName(request.headers[.userAgent]))
        do {
            switch try await signIn.store.signIn(provided, session, now: now) {
            case .begun:
                var response = Response.seeOther(next.text)
                response.headers.append(
                    HTTPField(name: .setCookie, value: signIn.cookie.setting(.session, to: token.text)))
                return response
            case .disabled: return notLetIn("Your account here is closed. An administrator can open it.", context)
            case .needsEmail:
                return notLetIn(
                    "Your organisation's sign-in does not say that it has verified your e-mail address.", context)
            case .needsAgent:
                return notLetIn("Your organisation's sign-in does not say which agent you are.", context)
            }
        } catch PersonProblem.emailIsTaken {
            return notLetIn(
                "Somebody here has your e-mail address already. If that is you, an administrator can connect both: "
                    + "the organisation's sign-in calls you \(identity.subject).", context)
        } catch let problem as PersonProblem {
            return notLetIn(
                "What your organisation's sign-in says of you does not fit: \(problem.description).", context)
        }
    }

    private var unknown: Response {
        signIn.pages.message(
            "There is no such way to sign in", "This server has no identity provider.", status: .notFound,
            link: .init(address: "/sign-in", words: "Sign in"))
    }

    private func isOwnWish(_ request: Request) -> Bool {
        let site = request.headers[.secFetchSite]
        return request.method == .get && (site == nil || site == "same-origin" || site == "none")
            && request.headers[.secPurpose] == nil
    }

    private func refusal(_ problem: SignInProblem, next: LocalPath, _ context: AppContext) -> Response {
        context.logger.warning(
            "a sign-in by the identity provider came to nothing",
            metadata: ["problem": "\(problem)", "network": "\(context.network)"])
        return signIn.page(next: next.text, problem: problem.words, status: problem.status)
    }

    private func notLetIn(_ reason: String, _ context: AppContext) -> Response {
        context.logger.notice(
            "the identity provider's person was not let in", metadata: ["network": "\(context.network)"])
        return signIn.pages.message(
            "You are not let in", reason, status: .forbidden,
            link: .init(address: "/sign-in", words: "Go to the sign-in page"))
    }
}

extension ProvidedPerson {
    /// The person whom a provider vouches for; nil without a role.
    init?(_ identity: Identity) {
        guard let role = identity.role else { return nil }
        self.init(
            issuer: identity.issuer, subject: identity.subject,
            email: identity.email?.lowercased().asEmail,
            name: identity.name.map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(120))) }, role: role,
            agent: role == .agent ? identity.agent : nil,
            seesEverything: role == .qualityManager && identity.seesEverything, teams: identity.teams,
            portfolios: identity.portfolios)
    }
}

extension SignInProblem {
    /// What to tell the person; operators find the rest in the log.
    fileprivate var words: String {
        switch status {
        case .serviceUnavailable:
            "Your organisation's sign-in cannot be used at this moment. Please try again in a few minutes."
        case .badRequest: "This sign-in took too long, or began in another browser. Please begin again."
        default:
            self == .refused(.accessDenied)
                ? "Your organisation's sign-in did not let you in."
                : "What came back from your organisation's sign-in is not to be trusted, so nobody was signed in. "
                    + "Please tell an administrator, who finds the reason in the log."
        }
    }

    /// Whether it is the provider's trouble, a matter of beginning again, or a refusal.
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .unreachable, .unanswered, .replyTooLarge, .redirected, .status, .malformedReply, .metadataOfOtherIssuer,
            .insecureEndpoint, .codeChallengeUnsupported, .clientAuthenticationUnsupported, .clientRefused,
            .refused(.serverError), .refused(.temporarilyUnavailable):
            .serviceUnavailable
        case .stateMismatch, .pendingExpired, .pendingOfOtherIssuer, .codeRefused, .malformedCallback,
            .duplicateParameter, .refused(.loginRequired), .refused(.interactionRequired):
            .badRequest
        default: .forbidden
        }
    }
}
