import Foundation

/// What the provider says about itself (OpenID Connect Discovery 1.0, section 3), as far as a sign-in needs it.
struct ProviderMetadata: Equatable, Sendable {
    let authorizationEndpoint: WebAddress
    let tokenEndpoint: WebAddress
    let keysEndpoint: WebAddress
    let clientAuthentication: ClientAuthentication
    /// Whether every callback has the parameter `iss` (RFC 9207, section 3).
    let namesIssuerInCallback: Bool

    /// Reads and checks what was published at the issuer's well-known address.
    init(_ body: Data, publishedBy issuer: WebAddress) throws(SignInProblem) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let document = try? decoder.decode(Document.self, from: body) else {
            throw .malformedReply(.metadata)
        }
        // Section 4.3: without this, one provider could speak for another.
        guard isExactly(document.issuer, issuer.text) else { throw .metadataOfOtherIssuer }
        authorizationEndpoint = try endpoint(document.authorizationEndpoint, of: issuer)
        tokenEndpoint = try endpoint(document.tokenEndpoint, of: issuer)
        keysEndpoint = try endpoint(document.jwksUri, of: issuer)
        if let methods = document.codeChallengeMethodsSupported, !methods.contains("S256") {
            throw .codeChallengeUnsupported
        }
        // Section 3: `client_secret_basic` is meant if nothing is said.
        let methods = document.tokenEndpointAuthMethodsSupported ?? ["client_secret_basic"]
        if methods.contains("client_secret_basic") {
            clientAuthentication = .basic
        } else if methods.contains("client_secret_post") {
            clientAuthentication = .post
        } else {
            throw .clientAuthenticationUnsupported
        }
        namesIssuerInCallback = document.authorizationResponseIssParameterSupported ?? false
    }

    /// How the client's secret reaches the token endpoint (RFC 6749, section 2.3.1).
    enum ClientAuthentication: Sendable {
        /// In the header `Authorization`.
        case basic
        /// Among the fields of the body.
        case post
    }
}

/// An endpoint on this machine is only believed of a provider on this machine.
private func endpoint(_ text: String, of issuer: WebAddress) throws(SignInProblem) -> WebAddress {
    guard let address = WebAddress(text), issuer.isLoopback || !address.isLoopback else { throw .insecureEndpoint }
    return address
}

/// The members, which the specifications spell with underscores.
private struct Document: Decodable {
    var issuer: String
    var authorizationEndpoint: String
    var tokenEndpoint: String
    var jwksUri: String
    var codeChallengeMethodsSupported: [String]?
    var tokenEndpointAuthMethodsSupported: [String]?
    var authorizationResponseIssParameterSupported: Bool?
}
