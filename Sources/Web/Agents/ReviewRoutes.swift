import Foundation
import HTTPTypes
import Hummingbird
import Postgres
import Store

/// A manager's side of agents' own pages: objections, comments to release and notes, at `/agents`.
///
/// Whoever sees everything sees every agent; others see the agents who are in their teams now, and of these the answers of the
/// time in their teams.
struct ReviewRoutes: Sendable {
    /// How many agents are listed.
    static let most = 200

    let store: Store
    let pages: StaffPages
    let now: @Sendable () -> Date

    /// What was typed and could not be taken.
    struct Typed {
        let field: Field
        let words: TypedWords
        /// The chosen month of a note.
        var month: String?

        /// What it was typed about.
        enum Field: Equatable {
            case decision(Int64)
            case note
        }
    }

    /// Lists the agents, those for whom something waits first.
    @Sendable func list(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer else { return pages.refusal(.unauthorized) }
        let name = TypedWords(request.uri.queryParameters.get("name"), most: 100)
        let agents = try await store.reviewedAgents(
            seeing: viewer.reviewedTeams, named: name.problem == nil ? name.text : nil, limit: Self.most, now: now())
        let frame = StaffFrame(title: "Agents", pages: pages, context: context, path: "/agents")
        return pages.reply(
            ReviewedAgentsPage(frame: frame, name: name.text, agents: agents, most: Self.most), with: "reviewed-agents")
    }

    /// Shows what there is to review of one.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        let notice: String? =
            switch request.uri.queryParameters.get("done") {
            case "accepted": "Accepted. The answer leaves the agent’s figures within a minute; the team keeps it."
            case "declined": "Declined. The agent reads your reason."
            case "released": "Released. The agent can read the comment now."
            case "noted": "The agent can read your note now."
            default: nil
            }
        return try await page(context, notice: notice)
    }

    /// Decides an objection, releases a comment, or writes a note.
    @Sendable func act(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context) else {
            return pages.refusal(.badRequest)
        }
        guard let agent = context.parameters.get("agent", as: Int32.self) else { return unknown }
        switch fields["action"] {
        case "accept", "decline": return try await decide(fields, agent, viewer, context)
        case "release": return try await release(fields, agent, viewer, context)
        case "note": return try await write(fields, agent, viewer, context)
        default: return pages.refusal(.badRequest)
        }
    }

    private func decide(
        _ fields: FormFields, _ agent: Int32, _ viewer: Viewer, _ context: AppContext
    ) async throws -> Response {
        guard let objection = fields["objection"].flatMap(Int64.init) else { return pages.refusal(.badRequest) }
        let reason = TypedWords(fields["reason"], most: 2000)
        guard reason.problem == nil else {
            return try await page(
                context, typed: Typed(field: .decision(objection), words: reason), status: .unprocessableContent)
        }
        let isAccepted = fields["action"] == "accept"
        let outcome = try await store.decideObjection(
            objection, ofAgent: agent, accepting: isAccepted, reason: reason.text, by: viewer.person,
            seeing: viewer.reviewedTeams, network: context.network, now: now())
        switch outcome {
        case .decided: return .seeOther("/agents/\(agent)?done=\(isAccepted ? "accepted" : "declined")")
        case .alreadyDecided:
            return try await page(
                context, problem: "Somebody has decided this objection already; see below.", status: .conflict)
        case .notTheirs: return unknown
        }
    }

    private func release(
        _ fields: FormFields, _ agent: Int32, _ viewer: Viewer, _ context: AppContext
    ) async throws -> Response {
        guard let answer = fields["answer"].flatMap(Int64.init) else { return pages.refusal(.badRequest) }
        let isReleased = try await store.releaseComment(
            of: answer, toAgent: agent, by: viewer.person, seeing: viewer.reviewedTeams, network: context.network,
            now: now())
        guard isReleased else {
            return try await page(
                context, problem: "This comment cannot be released: it was before, or it is kept back.",
                status: .conflict)
        }
        return .seeOther("/agents/\(agent)?done=released#comments")
    }

    private func write(
        _ fields: FormFields, _ agent: Int32, _ viewer: Viewer, _ context: AppContext
    ) async throws -> Response {
        let words = TypedWords(fields["words"], most: 4000)
        let choice = fields["month"]
        let zone = try await zone()
        guard let month = months(in: zone).first(where: { "\($0)" == choice }) else {
            return pages.refusal(.badRequest)
        }
        guard words.problem == nil else {
            return try await page(
                context, typed: Typed(field: .note, words: words, month: choice), status: .unprocessableContent)
        }
        let outcome = try await store.writeAgentNote(
            to: agent, about: month, words: words.text, by: viewer.person, seeing: viewer.reviewedTeams,
            network: context.network, now: now())
        switch outcome {
        case .written: return .seeOther("/agents/\(agent)?done=noted#notes")
        case .tooMany:
            return try await page(
                context, problem: "This month’s note has 50 versions; no more are taken.", status: .conflict)
        case .notTheirs: return unknown
        }
    }

    /// The months that a note can be about, newest first.
    private func months(in zone: TimeZone) -> [CalendarDay] {
        let first = CalendarDay(now(), in: zone).firstOfMonth(after: 0)
        return (0..<4).map { first.firstOfMonth(after: -$0) }
    }

    private func zone() async throws -> TimeZone {
        TimeZone(identifier: try await store.organisation().timeZone) ?? .gmt
    }

    private var unknown: Response {
        pages.message(
            "There is no such agent here", "The number in the address belongs to no agent whom you see.",
            status: .notFound, link: .init(address: "/agents", words: "See your agents"))
    }

    private func page(
        _ context: AppContext, notice: String? = nil, problem: String? = nil, typed: Typed? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        guard let viewer = context.viewer, let agent = context.parameters.get("agent", as: Int32.self),
            let review = try await store.review(ofAgent: agent, seeing: viewer.reviewedTeams, now: now())
        else { return unknown }
        let frame = StaffFrame(
            title: review.agent.name, pages: pages, context: context, path: "/agents", notice: notice,
            problem: problem ?? typed?.words.problem)
        let zone = try await zone()
        let page = ReviewedAgentPage(
            frame: frame, review: review, months: months(in: zone), zone: zone, typed: typed,
            dashboards: viewer.dashboards)
        return pages.reply(page, with: "reviewed-agent", status: status)
    }
}
