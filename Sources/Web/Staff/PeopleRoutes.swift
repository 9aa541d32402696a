import Foundation
import HTTPTypes
import Hummingbird
import People
import Store

/// Who is let in, and what they see: `/people`, for administrators.
struct PeopleRoutes: Sendable {
    /// How long a link for a password works.
    static let linkDays = 7

    let store: Store
    let pages: StaffPages
    let now: @Sendable () -> Date

    /// Lists everybody.
    @Sendable func list(_ request: Request, context: AppContext) async throws -> Response {
        try await list(context)
    }

    /// Adds somebody.
    @Sendable func add(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context) else {
            return pages.refusal(.badRequest)
        }
        let typed = TypedPerson(fields)
        do {
            let person = try await store.addPerson(
                try typed.settings(), by: .person(viewer.person, network: context.network), now: now())
            return .seeOther("/people/\(person.id)")
        } catch let problem as PersonProblem {
            return try await list(context, typed: typed, problem: problem.description, status: .unprocessableContent)
        } catch let problem as TypedPerson.Problem {
            return try await list(context, typed: typed, problem: problem.words, status: .unprocessableContent)
        }
    }

    /// Shows somebody.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        guard let person = try await person(context) else { return unknown }
        return page(person, context)
    }

    /// Changes somebody, or lets them in or out.
    @Sendable func act(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context) else {
            return pages.refusal(.badRequest)
        }
        guard let person = try await person(context) else { return unknown }
        let actor = Actor.person(viewer.person, network: context.network)
        let isSelf = viewer.person == person.id
        let moment = now()
        switch fields["action"] {
        case "save": return try await save(fields, person, by: actor, isSelf: isSelf, context)
        case "link":
            var generator = SystemRandomNumberGenerator()
            let token = SecretToken(using: &generator)
            try await store.makePasswordLink(
                token.digest, for: person.id, lasting: Double(Self.linkDays) * 86_400, by: actor, now: moment)
            let host = request.head.authority ?? ""
            let scheme = request.headers[.origin]?.prefix { $0 != ":" } ?? "https"
            return page(person, context, link: "\(scheme)://\(host)/password/\(token.text)")
        case "remove-second-factor":
            _ = try await store.removeSecondFactor(of: person.id, by: actor, now: moment)
        case "disable" where !isSelf: _ = try await store.setDisabled(true, person: person.id, by: actor, now: moment)
        case "enable": _ = try await store.setDisabled(false, person: person.id, by: actor, now: moment)
        default: return pages.refusal(.badRequest)
        }
        guard let changed = try await store.person(person.id) else { return unknown }
        return page(changed, context, notice: "Done.")
    }

    private func save(
        _ fields: FormFields, _ person: Person, by actor: Actor, isSelf: Bool, _ context: AppContext
    ) async throws -> Response {
        let typed = TypedPerson(fields)
        do {
            let settings = try typed.settings()
            // Otherwise the last administrator could lock everybody out.
            guard !isSelf || settings.role == person.role.rawValue else { throw TypedPerson.Problem.ownRole }
            let base = fields["base"]
            try await store.changePerson(person.id, to: settings, by: actor, now: now()) { $0.base == base }
        } catch PersonProblem.changedMeanwhile {
            guard let changed = try await store.person(person.id) else { return unknown }
            return page(changed, context, problem: PersonProblem.changedMeanwhile.description, status: .conflict)
        } catch let problem as PersonProblem {
            return page(person, context, typed: typed, problem: problem.description, status: .unprocessableContent)
        } catch let problem as TypedPerson.Problem {
            return page(person, context, typed: typed, problem: problem.words, status: .unprocessableContent)
        }
        guard let changed = try await store.person(person.id) else { return unknown }
        return page(changed, context, notice: "Saved.")
    }

    private func person(_ context: AppContext) async throws -> Person? {
        guard let id = context.parameters.get("person", as: Int32.self) else { return nil }
        return try await store.person(id)
    }

    private var unknown: Response {
        pages.message(
            "There is nobody here", "The number in the address belongs to no person.", status: .notFound,
            link: .init(address: "/people", words: "See everybody"))
    }

    private func list(
        _ context: AppContext, typed: TypedPerson = TypedPerson(), problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let people = try await store.people().map(PeoplePage.Row.init)
        let frame = StaffFrame(title: "People", pages: pages, context: context, path: "/people", problem: problem)
        let form = PersonForm(typed, of: nil, button: "Add", context: context)
        return pages.reply(PeoplePage(frame: frame, people: people, form: form), with: "people", status: status)
    }

    private func page(
        _ person: Person, _ context: AppContext, typed: TypedPerson? = nil, notice: String? = nil,
        problem: String? = nil,
        link: String? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        let frame = StaffFrame(
            title: person.name, pages: pages, context: context, path: "/people", notice: notice, problem: problem)
        let row = PeoplePage.Row(person)
        return pages.reply(
            PersonPage(
                frame: frame, id: Int(person.id), name: person.name, signsIn: row.signsIn,
                hasSecondFactor: person.hasSecondFactor,
                isSelf: context.viewer?.person == person.id, isDisabled: person.disabledAt != nil,
                token: context.formToken?.text ?? "",
                link: link.map { PersonPage.Link(address: $0, name: person.name, days: Self.linkDays) },
                form: PersonForm(
                    typed ?? TypedPerson(person), of: PersonSettings(person), button: "Save", context: context)),
            with: "person",
            status: status)
    }
}
