import Foundation
import Hummingbird
import People
import Store

extension Store {
    /// The identifier of the API key that a request carries.
    ///
    /// - Throws: ``Problem`` when there is none that may be used for that.
    func apiKeyID(authorizing request: Request, _ scope: APIScope, now: Date) async throws -> Int32 {
        let header = request.headers[.authorization] ?? ""
        guard header.lowercased().hasPrefix("bearer "),
            let (id, scopes) = try await apiKey(String(header.dropFirst("bearer ".count)), now: now)
        else {
            throw Problem(
                .unauthorized, "An API key is needed",
                "Send it as \"Authorization: Bearer KEY\"; \"hearback key create NAME\" makes one.")
        }
        guard scopes.contains(scope) else {
            throw Problem(
                .forbidden, "The API key does not reach so far",
                "This needs the scope \"\(scope.rawValue)\"; \"hearback key create NAME --scope \(scope.rawValue)\" makes one."
            )
        }
        return id
    }
}
