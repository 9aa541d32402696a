import Hummingbird
import Store

extension Store {
    /// The identifier of the API key that a request carries.
    ///
    /// - Throws: ``Problem`` when there is none that may be used.
    func apiKeyID(authorizing request: Request) async throws -> Int32 {
        let header = request.headers[.authorization] ?? ""
        guard header.lowercased().hasPrefix("bearer "),
            let id = try await apiKeyID(of: String(header.dropFirst("bearer ".count)))
        else {
            throw Problem(
                .unauthorized, "An API key is needed",
                "Send it as \"Authorization: Bearer KEY\"; \"hearback key create NAME\" makes one.")
        }
        return id
    }
}
