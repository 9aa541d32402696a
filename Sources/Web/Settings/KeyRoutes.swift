import Foundation
import HTTPTypes
import Hummingbird
import People
import Store

/// The keys of the API: `/keys`, for administrators.
struct KeyRoutes: Sendable {
    let store: Store
    let pages: StaffPages
    let now: @Sendable () -> Date

    /// Lists them.
    @Sendable func list(_ request: Request, context: AppContext) async throws -> Response {
        try await page(
            context, notice: request.uri.queryParameters.get("done") == nil ? nil : "The key opens nothing any more.")
    }

    /// Makes a key, whose secret this one reply has, or revokes one.
    @Sendable func act(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context) else {
            return pages.refusal(.badRequest)
        }
        let actor = Actor.person(viewer.person, network: context.network)
        if let key = fields["revoke"].flatMap(Int32.init) {
            let isRevoked = try await store.revokeAPIKey(key, by: actor, now: now())
            return isRevoked ? .seeOther("/keys?done") : try await page(context)
        }
        guard fields["action"] == "create" else { return pages.refusal(.badRequest) }
        let name = (fields["name"] ?? "").trimmingCharacters(in: .whitespaces)
        let scopes = Set(fields.all.filter { $0.name == "scope" }.compactMap { APIScope(rawValue: $0.value) })
        let nameIsRight =
            (1...120).contains(name.unicodeScalars.count) && !name.unicodeScalars.contains { $0.value < 0x20 }
        guard nameIsRight, !scopes.isEmpty else {
            return try await page(
                context, typed: (name, scopes),
                problems: (
                    name: nameIsRight ? nil : "Enter a name of 1 to 120 characters.",
                    scopes: scopes.isEmpty ? "Choose what it is for." : nil
                ), status: .unprocessableContent)
        }
        var generator = SystemRandomNumberGenerator()
        let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let key = try await store.createAPIKey(name: name, scopes: scopes, secret: secret, by: actor, now: now())
        return try await page(context, made: .init(name: name, secret: key))
    }

    private func page(
        _ context: AppContext, notice: String? = nil, made: KeysPage.Made? = nil,
        typed: (name: String, scopes: Set<APIScope>) = ("", [.ingest]),
        problems: (name: String?, scopes: String?) = (nil, nil), status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let token = context.formToken?.text ?? ""
        let frame = StaffFrame(
            title: "API keys", pages: pages, context: context, path: "/keys", notice: notice,
            problem: problems.name == nil && problems.scopes == nil
                ? nil : "No key was made: see what is marked below.")
        let keys = try await store.apiKeys()
        return pages.reply(
            KeysPage(
                frame: frame, token: token, made: made,
                inUse: keys.filter { $0.revokedAt == nil }.map { .init($0, token) },
                revoked: keys.filter { $0.revokedAt != nil }.reversed().map { .init($0, token) }, name: typed.name,
                nameProblem: problems.name,
                scopes: APIScope.allCases.map {
                    .init(value: $0.rawValue, words: $0.words, isChosen: typed.scopes.contains($0))
                }, scopesProblem: problems.scopes), with: "keys", status: status)
    }
}

/// The keys, and a form for another.
struct KeysPage {
    let frame: StaffFrame
    let token: String
    let made: Made?
    let inUse, revoked: [Row]
    let name: String
    let nameProblem: String?
    let scopes: [Scope]
    let scopesProblem: String?

    /// A key that was just made: the one time that its secret is shown.
    struct Made {
        let name, secret: String
    }

    /// A scope to choose.
    struct Scope {
        let value, words: String
        let isChosen: Bool
    }

    /// A key in the list.
    struct Row {
        let id, name, scopes, made, by, used, revoked, token: String

        init(_ key: ListedKey, _ token: String) {
            id = "\(key.id)"
            name = key.name
            scopes = key.scopes.joined(separator: ", ")
            made = staffMoment(key.createdAt)
            by = key.createdBy ?? "–"
            used = key.lastUsedAt.map(staffMoment) ?? "never"
            revoked = key.revokedAt.map(staffMoment) ?? ""
            self.token = token
        }
    }
}

extension APIScope {
    /// What it lets its holder do.
    fileprivate var words: String {
        switch self {
        case .ingest: "ingest: send customers, interactions, complaints and the like"
        case .read: "read: fetch figures and answers"
        case .manage: "manage: give out and erase what is held of a customer"
        }
    }
}
