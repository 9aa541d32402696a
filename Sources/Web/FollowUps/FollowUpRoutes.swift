import Foundation
import HTTPTypes
import Hummingbird
import Postgres
import Store

/// Answers that need a person: `/follow-ups`, for quality managers within what they see, and administrators.
struct FollowUpRoutes: Sendable {
    /// How many stand on a page.
    static let pageLength = 25
    /// The longest note of what was done.
    static let longestNote = 2000

    let store: Store
    let pages: StaffPages
    let now: @Sendable () -> Date

    /// Lists open ones, the most urgent first, or closed ones.
    @Sendable func list(_ request: Request, context: AppContext) async throws -> Response {
        let query = request.uri.queryParameters
        return try await list(
            context, isOpen: query.get("closed") == nil, after: query.get("after").flatMap { Int64($0) })
    }

    /// Makes a complaint of an answer that somebody read.
    @Sendable func mark(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context) else {
            return pages.refusal(.badRequest)
        }
        let typed = (fields["answer"] ?? "").trimmingCharacters(in: .whitespaces)
        guard let answer = Int64(typed),
            try await store.makeComplaint(
                of: answer, by: .person(viewer.person, network: context.network), seenBy: viewer, now: now()) != nil
        else {
            return try await list(
                context, isOpen: true, after: nil, typed: typed,
                problem: "No answer that you see has this number.", status: .unprocessableContent)
        }
        return .seeOther("/follow-ups?marked")
    }

    /// Shows one.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        guard let followUp = try await followUp(context) else { return unknown }
        let notice = request.uri.queryParameters.get("done").flatMap(Done.init)?.words
        return try await page(followUp, context, notice: notice)
    }

    /// Takes one, closes it, or makes a complaint of its answer.
    @Sendable func act(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context) else {
            return pages.refusal(.badRequest)
        }
        guard let followUp = try await followUp(context) else { return unknown }
        let actor = Actor.person(viewer.person, network: context.network)
        let done: Done
        switch fields["action"] {
        case "take":
            let holder = fields["holder"].flatMap { $0.isEmpty ? nil : $0 }
            guard try await store.takeFollowUp(followUp.id, from: holder, by: actor, now: now()) else {
                return try await changed(context)
            }
            done = .taken
        case "complaint":
            guard
                try await store.makeComplaint(of: followUp.invitation, by: actor, seenBy: viewer, now: now()) != nil
            else { return pages.refusal(.badRequest) }
            done = .complaint
        case "close":
            let note = TypedWords(fields["note"], most: Self.longestNote)
            guard note.problem == nil else {
                return try await page(followUp, context, typed: note, status: .unprocessableContent)
            }
            guard try await store.closeFollowUp(followUp.id, by: actor, note: note.text, now: now()) else {
                return try await changed(context)
            }
            done = .closed
        default: return pages.refusal(.badRequest)
        }
        return .seeOther("/follow-ups/\(followUp.id)?done=\(done.rawValue)")
    }

    /// What was just done.
    private enum Done: String {
        case taken, closed, complaint

        var words: String {
            switch self {
            case .taken: "It is yours to look after."
            case .closed: "It is closed."
            case .complaint: "The answer is a complaint now; its terms run from the day it became one."
            }
        }
    }

    /// Says what somebody else has done meanwhile.
    private func changed(_ context: AppContext) async throws -> Response {
        guard let followUp = try await followUp(context) else { return unknown }
        let problem =
            followUp.closedAt != nil
            ? "Somebody has closed it meanwhile."
            : "\(followUp.takenBy ?? "Nobody") looks after it now: that has changed since you saw this page."
        return try await page(followUp, context, problem: problem, status: .conflict)
    }

    private func followUp(_ context: AppContext) async throws -> FollowUp? {
        guard let viewer = context.viewer, let id = context.parameters.get("number", as: Int64.self) else { return nil }
        return try await store.followUp(id, seenBy: viewer)
    }

    private var unknown: Response {
        pages.message(
            "There is no such follow-up", "The number in the address belongs to none that you see.", status: .notFound,
            link: .init(address: "/follow-ups", words: "See those that are open"))
    }

    private func list(
        _ context: AppContext, isOpen: Bool, after: Int64?, typed: String = "", problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        guard let viewer = context.viewer else { return pages.refusal(.unauthorized) }
        let found = try await store.followUps(
            isOpen: isOpen, seenBy: viewer, after: after, limit: Self.pageLength + 1)
        let clock = FollowUpClock(now: now(), zone: try await store.organisation().timeZone)
        let frame = StaffFrame(
            title: isOpen ? "Follow-ups" : "Closed follow-ups", pages: pages, context: context, path: "/follow-ups",
            problem: problem)
        let shown = found.prefix(Self.pageLength)
        let more = found.count > Self.pageLength ? shown.last : nil
        return pages.reply(
            FollowUpsPage(
                frame: frame, token: context.formToken?.text ?? "", isOpen: isOpen, isScoped: !viewer.seesEverything,
                followUps: shown.map { FollowUpCard($0, clock) }, answer: typed, problem: problem,
                more: more.map { "/follow-ups?\(isOpen ? "" : "closed&")after=\($0.id)" }), with: "follow-ups",
            status: status)
    }

    private func page(
        _ followUp: FollowUp, _ context: AppContext, typed: TypedWords? = nil, notice: String? = nil,
        problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let clock = FollowUpClock(now: now(), zone: try await store.organisation().timeZone)
        let frame = StaffFrame(
            title: "Follow-up \(followUp.id)", pages: pages, context: context, path: "/follow-ups", notice: notice,
            problem: problem ?? typed?.problem)
        return pages.reply(
            FollowUpPage(
                frame: frame, token: context.formToken?.text ?? "", card: FollowUpCard(followUp, clock),
                isOpen: followUp.closedAt == nil,
                canBeComplaint: followUp.reason != .complaint && followUp.closedAt == nil && !followUp.isErased,
                holder: followUp.takenBy ?? "", note: typed?.text ?? "", problem: typed?.problem,
                longestNote: Self.longestNote), with: "follow-up", status: status)
    }
}
