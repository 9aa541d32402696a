import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The organisation's name, zone, least numbers, logo and colours: `/organisation`, for administrators.
struct OrganisationRoutes: Sendable {
    let store: Store
    let pages: StaffPages
    let now: @Sendable () -> Date
    /// Takes the organisation's new name and look up in this process; others do within seconds.
    let show: @Sendable (Organisation) throws -> Void

    /// Shows it.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        let organisation = try await store.organisation()
        let notice = Done(rawValue: request.uri.queryParameters.get("done") ?? "")?.words
        return try await page(organisation, context, notice: notice)
    }

    /// Changes what is in the form that was sent.
    @Sendable func change(_ request: Request, context: AppContext) async throws -> Response {
        guard let fields = try await StaffForm.read(request, context) else { return pages.refusal(.badRequest) }
        let organisation = try await store.organisation()
        var typed = TypedOrganisation(organisation)
        var change = OrganisationChange()
        let done: Done
        switch fields["action"] {
        case "save":
            guard fields["base"] == typed.base else {
                return try await page(
                    organisation, context,
                    problem: "Somebody else has changed this meanwhile; below is what holds now. Nothing was saved.",
                    status: .conflict)
            }
            typed.take(fields)
            change = typed.change(organisation)
            // Anything else is taken at once; this one takes every figure away for a while.
            if change.timeZone != nil, fields["sure"] != "yes" {
                typed.problems[.timeZone] = "Tick the box below to have every figure computed anew."
            }
            done = .saved
        case "colours":
            typed.takeColours(fields)
            change.accents = typed.accents.map(Replacement.set) ?? .kept
            done = .colours
        case "standard-colours": (change.accents, done) = (.removed, .colours)
        case "remove-logo": (change.logo, done) = (.removed, .logoRemoved)
        case "comments":
            guard let viewer = context.viewer else { return pages.refusal(.unauthorized) }
            if let choice = AgentComments(
                fields["comments"] == "days" ? fields["days"] ?? "" : fields["comments"] ?? "")
            {
                try await store.setAgentComments(
                    choice, by: .person(viewer.person, network: context.network), now: now())
                return .seeOther("/organisation?done=\(Done.comments.rawValue)")
            }
            typed.problems[.comments] = "Choose one; days are 1 to 90."
            done = .comments
        default: return pages.refusal(.badRequest)
        }
        return try await make(change, of: organisation, typed, done, context)
    }

    /// Takes a logo.
    @Sendable func takeLogo(_ request: Request, context: AppContext) async throws -> Response {
        guard let form = try await StaffForm.readFile(request, context) else { return pages.refusal(.badRequest) }
        let organisation = try await store.organisation()
        var typed = TypedOrganisation(organisation)
        var change = OrganisationChange()
        do throws(LogoProblem) {
            change.logo = .set(try LogoImage(form.bytes("logo") ?? []))
        } catch {
            typed.problems[.logo] = error.description
        }
        return try await make(change, of: organisation, typed, .logo, context)
    }

    private func make(
        _ change: OrganisationChange, of organisation: Organisation, _ typed: TypedOrganisation, _ done: Done,
        _ context: AppContext
    ) async throws -> Response {
        guard let viewer = context.viewer else { return pages.refusal(.unauthorized) }
        var typed = typed
        if typed.problems.isEmpty {
            do {
                _ = try await store.changeOrganisation(
                    change, by: .person(viewer.person, network: context.network), now: now())
                try show(try await store.organisation())
                return .seeOther("/organisation?done=\(done.rawValue)")
            } catch let problem as OrganisationProblem {
                typed.problems[.init(problem)] = problem.sentence
            }
        }
        return try await page(organisation, context, typed: typed, status: .unprocessableContent)
    }

    private func page(
        _ organisation: Organisation, _ context: AppContext, typed: TypedOrganisation? = nil, notice: String? = nil,
        problem: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let typed = typed ?? TypedOrganisation(organisation)
        let frame = StaffFrame(
            title: "Organisation", pages: pages, context: context, path: "/organisation", notice: notice,
            problem: typed.problems.isEmpty ? problem : "Nothing was changed: see what is marked below.")
        let model = OrganisationPage(
            frame: frame, organisation: organisation, comments: try await store.agentComments(), typed: typed,
            token: context.formToken?.text ?? "")
        return pages.reply(model, with: "organisation", status: status)
    }

    /// What was just done.
    private enum Done: String {
        case saved, logo, colours, comments
        case logoRemoved = "logo-removed"

        var words: String {
            switch self {
            case .saved: "Saved."
            case .comments: "Agents read their comments by this from now on."
            case .logo: "The logo is on every page from now on; dashboards follow within a minute."
            case .logoRemoved: "The logo is gone; dashboards follow within a minute."
            case .colours: "The colours are on every page from now on; dashboards follow within a minute."
            }
        }
    }
}

extension OrganisationProblem {
    /// What is wrong as a sentence of a page.
    fileprivate var sentence: String {
        description.prefix(1).uppercased() + description.dropFirst() + "."
    }
}
