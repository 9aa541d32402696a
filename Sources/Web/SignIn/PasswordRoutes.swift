import Foundation
import HTTPTypes
import Hummingbird
import People
import Store

/// Setting a password by a link, `/password/TOKEN`: the first one, or a new one.
struct PasswordRoutes: Sendable {
    let store: Store
    let pages: StaffPages
    let hasher: PasswordHasher
    let devices: KnownDevices
    let now: @Sendable () -> Date

    /// Shows the form.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        guard let token = token(context), let person = try await store.person(ofPasswordLink: token.digest, now: now())
        else { return unknownLink }
        return page(for: person)
    }

    /// Sets the password; whoever is signed in with the old one is signed out.
    @Sendable func set(_ request: Request, context: AppContext) async throws -> Response {
        guard let fields = try await StaffForm.read(request) else { return pages.refusal(.badRequest) }
        guard let token = token(context), let person = try await store.person(ofPasswordLink: token.digest, now: now())
        else { return unknownLink }
        do {
            let password = try PasswordRules(email: person.email).check(fields["password"] ?? "")
            var generator = SystemRandomNumberGenerator()
            let hash = try await hasher.hash(password, using: &generator)
            guard
                try await store.setPassword(
                    byLink: token.digest, hash: hash.text, from: context.network, now: now())
            else { return unknownLink }
        } catch let problem as PasswordProblem {
            return page(for: person, problem: problem.description, status: .unprocessableContent)
        } catch HashingError.busy {
            return page(
                for: person, problem: "Many people are signing in at this moment. Please try again in a few seconds.",
                status: .serviceUnavailable)
        }
        var response = pages.message(
            "Your password is set", "The link has done its work and opens nothing any more.",
            link: .init(address: "/sign-in", words: "Sign in"))
        // Strangers' guesses do not keep whoever had the link from signing in here.
        devices.remember(person.id, in: &response)
        return response
    }

    private func token(_ context: AppContext) -> SecretToken? {
        context.parameters.get("token").flatMap { SecretToken($0) }
    }

    private var unknownLink: Response {
        pages.message(
            "This link does not work",
            "It was used before, is too old, or part of it is missing. Ask an administrator for a new one.",
            status: .notFound)
    }

    private func page(
        for person: Person, problem: String? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        let frame = StaffFrame(
            title: "Choose your password", pages: pages, problem: problem)
        return pages.reply(
            NewPasswordPage(frame: frame, email: person.email, length: PasswordRules.minimumLength),
            with: "new-password",
            status: status)
    }
}

/// The form for a new password.
struct NewPasswordPage {
    let frame: StaffFrame
    let email: String
    let length: Int
}
