import AsyncHTTPClient
import Foundation

/// Turns a code into an ID token at the token endpoint (OpenID Connect Core 1.0, section 3.1.3). The access token is not kept.
struct TokenExchange: Sendable {
    let settings: ProviderSettings
    let connection: ProviderConnection

    /// The ID token, of which nothing has been checked yet.
    func idToken(for code: String, verifier: String, metadata: ProviderMetadata) async throws -> String {
        let reply = try await connection.reply(
            to: request(for: code, verifier: verifier, metadata: metadata), from: .token)
        guard reply.status == 200 else { throw refusal(reply) }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let tokens = try? decoder.decode(Tokens.self, from: reply.body) else {
            throw SignInProblem.malformedReply(.token)
        }
        guard let idToken = tokens.idToken else { throw SignInProblem.idTokenMissing }
        return idToken
    }

    private func request(for code: String, verifier: String, metadata: ProviderMetadata) -> HTTPClientRequest {
        var fields = [
            (name: "grant_type", value: "authorization_code"),
            (name: "code", value: code),
            (name: "redirect_uri", value: settings.redirectURI),
            (name: "code_verifier", value: verifier),
        ]
        var request = HTTPClientRequest(url: metadata.tokenEndpoint.text)
        request.method = .POST
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        switch metadata.clientAuthentication {
        case .basic:
            // RFC 6749, section 2.3.1: both are form-encoded first, so that a colon in the identifier parts nothing.
            let pair = formEncoded(settings.clientIdentifier) + ":" + formEncoded(settings.clientSecret.value)
            request.headers.add(name: "Authorization", value: "Basic " + Data(pair.utf8).base64EncodedString())
        case .post:
            fields.append((name: "client_id", value: settings.clientIdentifier))
            fields.append((name: "client_secret", value: settings.clientSecret.value))
        }
        request.body = .bytes(Array(formEncoded(fields).utf8))
        return request
    }

    /// RFC 6749, section 5.2.
    private func refusal(_ reply: ProviderReply) -> SignInProblem {
        switch (try? JSONDecoder().decode(Refusal.self, from: reply.body))?.error {
        case "invalid_grant": .codeRefused
        case "invalid_client", "unauthorized_client": .clientRefused
        default: reply.status == 401 ? .clientRefused : .status(.token, reply.status)
        }
    }
}

private struct Tokens: Decodable {
    var idToken: String?
}

private struct Refusal: Decodable {
    var error: String
}
