import Foundation
import HTTPTypes
import Hummingbird
import Store

/// Who is signed in, and from where: `/sessions`, for administrators.
struct SessionRoutes: Sendable {
    /// How many are listed.
    static let limit = 500

    let store: Store
    let pages: StaffPages
    let viewers: Viewers
    let now: @Sendable () -> Date

    /// Lists the sessions that were used last, or those of one person.
    @Sendable func list(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer else { return pages.refusal(.unauthorized) }
        let query = request.uri.queryParameters
        let person = query.get("person").flatMap { Int32($0) }
        let sessions = try await store.sessions(of: person, limit: Self.limit + 1, now: now())
        let notice = query.get("ended").flatMap { Int($0) }.map {
            $0 == 0
                ? "That session had ended already." : $0 == 1 ? "The session has ended." : "\($0) sessions have ended."
        }
        let rows = sessions.prefix(Self.limit).map { session in
            SessionsPage.Row(session, isThis: session.id == viewer.session, context.formToken?.text ?? "")
        }
        let frame = StaffFrame(title: "Sessions", pages: pages, context: context, path: "/sessions", notice: notice)
        return pages.reply(
            SessionsPage(
                frame: frame, sessions: Array(rows), person: person == nil ? nil : sessions.first?.name ?? "nobody",
                left: sessions.count > Self.limit ? Self.limit : nil), with: "sessions")
    }

    /// Ends one session, or all of a person.
    @Sendable func end(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context) else {
            return pages.refusal(.badRequest)
        }
        let actor = Actor.person(viewer.person, network: context.network)
        let ended: Int
        if let session = fields["end"].flatMap(Int64.init) {
            ended = try await store.endSession(session, by: actor, now: now()) ? 1 : 0
        } else if let person = fields["end-all"].flatMap(Int32.init) {
            ended = try await store.endSessions(of: person, by: actor, now: now())
        } else {
            return pages.refusal(.badRequest)
        }
        // Other servers are told by the database.
        viewers.forget()
        return .seeOther("/sessions?ended=\(ended)")
    }
}

/// Who is signed in.
struct SessionsPage {
    let frame: StaffFrame
    let sessions: [Row]
    /// Whose they are, where only one person's are listed.
    let person: String?
    /// How many are listed, where there are more.
    let left: Int?

    /// A session.
    struct Row {
        let id, person, name, email, browser, network, began, used, token: String
        let isThis: Bool

        init(_ session: ListedSession, isThis: Bool, _ token: String) {
            id = "\(session.id)"
            person = "\(session.person)"
            (name, email) = (session.name, session.email)
            (browser, network) = (session.browser, session.network)
            (began, used) = (staffMoment(session.createdAt), staffMoment(session.lastSeenAt))
            self.isThis = isThis
            self.token = token
        }
    }
}
