import People
import Dashboards
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// An agent's own page, `/me`: their figures, what customers answered, and what their manager wrote.
///
/// Whose it is comes from who is signed in and from nothing else: no address and no field names an agent.
struct MeRoutes: Sendable {
    let store: Store
    let pages: StaffPages
    let now: @Sendable () -> Date

    /// What was typed and could not be taken.
    struct Typed {
        let field: Field
        let words: TypedWords

        /// What it was typed about.
        enum Field: Equatable {
            case objection(Int64)
            case reply(Int64)
        }
    }

    /// Shows it.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        let notice: String? =
            switch request.uri.queryParameters.get("done") {
            case "objection": "Your objection is with your manager, who accepts or declines it with a reason."
            case "reply": "Your reply is there, and your manager can read it."
            default: nil
            }
        return try await page(context, period: request.uri.queryParameters.get("period"), notice: notice)
    }

    /// Takes an objection to one of the agent's own answers.
    @Sendable func object(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context),
            let answer = fields["answer"].flatMap(Int64.init)
        else { return pages.refusal(.badRequest) }
        let words = TypedWords(fields["words"], most: 2000)
        let period = fields["period"]
        guard words.problem == nil else {
            return try await page(
                context, period: period, typed: Typed(field: .objection(answer), words: words),
                status: .unprocessableContent)
        }
        let outcome = try await store.raiseObjection(
            to: answer, words: words.text, by: viewer.person, network: context.network, now: now())
        switch outcome {
        case .raised: return .seeOther(Self.path(period, done: "objection", at: "objections"))
        case .alreadyRaised: return .seeOther(Self.path(period, at: "objections"))
        case .notTheirs: return notYours
        }
    }

    /// Takes a reply to a note that was written to the agent.
    @Sendable func reply(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context),
            let note = fields["note"].flatMap(Int64.init)
        else { return pages.refusal(.badRequest) }
        let words = TypedWords(fields["words"], most: 4000)
        let period = fields["period"]
        guard words.problem == nil else {
            return try await page(
                context, period: period, typed: Typed(field: .reply(note), words: words),
                status: .unprocessableContent)
        }
        let outcome = try await store.replyToAgentNote(
            note, words: words.text, by: viewer.person, network: context.network, now: now())
        switch outcome {
        case .written: return .seeOther(Self.path(period, done: "reply", at: "notes"))
        case .tooMany:
            return pages.message(
                "There are 20 replies already", "Please talk to your manager about this note.",
                status: .conflict, link: .init(address: "/me", words: "Back to your page"))
        case .notTheirs: return notYours
        }
    }

    private static func path(_ period: String?, done: String? = nil, at place: String) -> String {
        let query = [("period", period), ("done", done)].compactMap { name, value in
            value.map { "\(name)=\(percentEncoded($0))" }
        }
        return "/me" + (query.isEmpty ? "" : "?" + query.joined(separator: "&")) + "#" + place
    }

    private var notYours: Response {
        pages.message(
            "This is not yours", "It belongs to somebody else, or is not there any more. Nothing was changed.",
            status: .notFound, link: .init(address: "/me", words: "Back to your page"))
    }

    private func page(
        _ context: AppContext, period: String?, notice: String? = nil, typed: Typed? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        guard let agent = context.viewer?.agent else { return pages.refusal(.forbidden) }
        let moment = now()
        let read = try await store.readingFigures { figures -> (OwnFigures, OwnFeedback)? in
            let own = try await OwnFigures.read(ofAgent: agent, period: period, now: moment, from: figures)
            guard let own else { return nil }
            return (own, try await figures.ownFeedback(ofAgent: agent, now: moment, most: max(20, own.shownFrom)))
        }
        guard let (own, feedback) = read else { return notYours }
        var frame = StaffFrame(
            title: "Your figures", pages: pages, context: context, path: "/me", notice: notice,
            problem: typed?.words.problem)
        frame.style = pages.figureStyle
        let page = MePage(frame: frame, own: own, feedback: feedback, typed: typed)
        return pages.reply(page, with: "me", status: status, look: .figures)
    }
}
