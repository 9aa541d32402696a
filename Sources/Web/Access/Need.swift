import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import People
import Store

/// What a route needs of whoever calls it.
///
/// `routes` in `Server/Routes.swift` says it for every path and method: there is no route without one.
enum Need: Sendable, Equatable {
    /// Nothing: it shows nothing of anybody's.
    case nothing
    /// A link that carries its own proof, or a signature.
    case proof
    /// An API key with a scope.
    case key(APIScope)
    /// Somebody who is signed in.
    case person
    /// Whoever may read a part of the site: the path says which part.
    case site
    /// Agents, each for themselves: who is signed in says whose figures, and nothing else.
    case agent
    /// Quality managers, each within what they see, and administrators.
    case manager
    /// Whoever sees everything: administrators, and quality managers who are not kept to teams or portfolios.
    case everything
    /// Administrators.
    case administrator

    /// Whether somebody who is signed in may do it; what part of it is seen is another question.
    func isMet(by viewer: Viewer) -> Bool {
        if viewer.awaitsSecondFactor { return self == .nothing || self == .proof }
        return switch self {
        case .nothing, .proof, .person, .site: true
        case .key: false
        case .agent: viewer.role == .agent && viewer.agent != nil
        case .manager: viewer.role != .agent
        case .everything: viewer.role != .agent && viewer.seesEverything
        case .administrator: viewer.role == .administrator
        }
    }
}

/// Checks whoever calls a route.
struct Gate: Sendable {
    let store: Store
    let viewers: Viewers
    let cookie: SessionCookie
    /// Whether dashboards may be read without signing in, because somebody else in front of the server sees to that.
    let isSiteOpen: Bool
    let pages: StaffPages
    let formKey: FormKey
    let refusals: Refusals
    let now: @Sendable () -> Date

    /// The handler of a route, called only if what it needs is there.
    ///
    /// A POST has to come from a page of this very site (`Origin`), and, where somebody is signed in, with the token that only
    /// their pages have.
    func guarding(
        _ need: Need, _ handler: @escaping @Sendable (Request, AppContext) async throws -> Response
    ) -> @Sendable (Request, AppContext) async throws -> Response {
        switch need {
        case .nothing, .proof: return handler
        case .site where isSiteOpen: return handler
        case .key(let scope):
            return { [store, now] request, context in
                var context = context
                context.apiKey = try await store.apiKeyID(authorizing: request, scope, now: now())
                return try await handler(request, context)
            }
        default: break
        }
        return { [self] request, context in
            guard let token = cookie.token(in: request.headers[.cookie]), let viewer = try await viewers.viewer(token)
            else {
                if cookie.value(.session, in: request.headers[.cookie]) != nil {
                    refusals.logUnknownSession(
                        of: context.route(of: request), from: context.network, to: context.logger)
                }
                return signIn(request)
            }
            guard !viewer.awaitsSecondFactor else { return signIn(request) }
            guard need.isMet(by: viewer),
                need != .site || SitePath(request.uri.path).map(viewer.sees) ?? viewer.seesEverything
            else {
                await refusals.record(viewer, at: context.route(of: request), from: context.network, to: context.logger)
                return pages.refusal(.forbidden)
            }
            var context = context
            context.viewer = viewer
            context.formToken = formKey.token(of: token)
            return try await handler(request, context)
        }
    }

    /// Where to sign in, and then go on; what is no page is refused.
    private func signIn(_ request: Request) -> Response {
        guard request.method == .get || request.method == .head else { return pages.refusal(.unauthorized) }
        let goOn = LocalPath(request.uri.string).text
        return .seeOther("/sign-in" + (goOn == "/" ? "" : "?next=" + percentEncoded(goOn)))
    }
}
