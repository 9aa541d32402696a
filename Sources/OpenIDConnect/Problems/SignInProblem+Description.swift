extension SignInProblem: CustomStringConvertible {
    /// Says what happened, and what an operator should do about it.
    public var description: String {
        switch self {
        case .setting(let setting): setting.advice
        case .unreachable(let endpoint):
            "The provider's \(endpoint.rawValue) could not be reached; check the network, the name and the certificate."
        case .unanswered(let endpoint):
            "The provider's \(endpoint.rawValue) did not reply in time; check whether the provider is overloaded."
        case .replyTooLarge(let endpoint):
            "The provider's \(endpoint.rawValue) sent more than 256 kB; check that the issuer is the right address."
        case .redirected(let endpoint):
            "The provider's \(endpoint.rawValue) redirects, which is not followed; configure the final address as issuer."
        case .status(let endpoint, let status):
            "The provider's \(endpoint.rawValue) replied with status \(status); look into the provider's log."
        case .malformedReply(let endpoint):
            "The provider's \(endpoint.rawValue) did not send the JSON it should; check that the issuer is right."
        case .metadataOfOtherIssuer:
            "The provider's metadata name another issuer; configure the issuer exactly as the provider spells it."
        case .insecureEndpoint:
            "The provider's metadata name an endpoint without https; mend the provider's public address."
        case .codeChallengeUnsupported:
            "The provider does not support PKCE with S256; turn it on for this client."
        case .clientAuthenticationUnsupported:
            "The provider takes no client secret by client_secret_basic or client_secret_post; allow one of them."
        case .duplicateParameter:
            "The callback repeats a parameter; if this goes on, look at what stands between the browser and this server."
        case .malformedCallback:
            "The callback lacks what it should have; check that the redirect URI is used by the code flow only."
        case .stateMismatch:
            "The callback does not belong to this browser's sign-in; have the person begin again."
        case .pendingExpired:
            "The sign-in took more than half an hour; have the person begin again."
        case .pendingOfOtherIssuer:
            "The sign-in began with another issuer than the configured one; have the person begin again."
        case .callbackIssuerMissing:
            "The callback does not name its issuer although the provider says it does; check the provider's version."
        case .callbackOfOtherIssuer:
            "The callback names another issuer; if this happens again, treat it as an attack (RFC 9207)."
        case .refused(let refusal): refusal.advice
        case .codeRefused:
            "The provider refused the code, as used, too old or not ours; have the person begin again."
        case .clientRefused:
            "The provider refused this client; check the client identifier and the client secret."
        case .idTokenMissing:
            "The provider sent no ID token; check that the client may use the scope openid."
        case .malformedIDToken:
            "The ID token cannot be read; check that the provider signs it and does not encrypt it."
        case .unsignedIDToken:
            "The ID token is not signed; have the provider sign this client's ID tokens, for example with RS256."
        case .algorithmNotAllowed:
            "The ID token's algorithm is not allowed; have the provider use an allowed one, for example RS256."
        case .keyIdentifierMissing:
            "The ID token does not name its key; have the provider put a kid into its tokens and keys."
        case .unknownKey:
            "The ID token's key is not among the published ones; if it was changed just now, try again in a minute."
        case .keyDoesNotFit:
            "The ID token's algorithm does not fit its key; check the provider's keys (RSA has at least 2048 bits)."
        case .wrongSignature:
            "The ID token's signature is wrong; if it happens again, check the provider's keys, then treat it as an attack."
        case .wrongIssuer:
            "The ID token names another issuer; configure the issuer exactly as the provider spells it."
        case .wrongAudience:
            "The ID token is not for this client; check the client identifier."
        case .wrongAuthorizedParty:
            "The ID token was issued to another client; check the client identifier and the provider's audiences."
        case .expired:
            "The ID token has expired or never does; check both clocks."
        case .notYetValid:
            "The ID token is not valid yet; check both clocks."
        case .issuedInTheFuture:
            "The ID token says no time of issue, or one in the future; check both clocks."
        case .issuedLongAgo:
            "The ID token was issued more than ten minutes ago; check both clocks."
        case .wrongNonce:
            "The ID token was issued for another sign-in; if this happens again, treat it as an attack."
        case .wrongSubject:
            "The ID token's subject is not 1 to 255 ASCII characters; check how the provider makes it."
        }
    }
}

extension ProviderSetting {
    fileprivate var advice: String {
        let rule =
            switch self {
            case .issuer: "an https address without query (http only on the loopback interface)"
            case .clientIdentifier, .clientSecret: "printable ASCII, and not empty"
            case .redirectURI: "an https address (http only on the loopback interface)"
            case .scopes: "words without spaces, openid among them"
            case .claimNames: "1 to 200 characters each"
            case .roles: "a map with at least one entry"
            case .clockSkew: "0 to 300 seconds"
            case .algorithms: "at least one algorithm"
            }
        return "The setting \"\(rawValue)\" cannot be right; it is \(rule)."
    }
}

extension ProviderRefusal {
    fileprivate var advice: String {
        switch self {
        case .accessDenied:
            "The provider refused the person, or the person refused; check whether they may use this application."
        case .loginRequired, .interactionRequired, .accountSelectionRequired, .consentRequired:
            "The provider needs the person to do something there (\(rawValue)); have them begin again."
        case .invalidRequest, .unauthorizedClient, .unsupportedResponseType, .invalidScope:
            "The provider refused the request (\(rawValue)); check the client's registration and the scopes."
        case .serverError, .temporarilyUnavailable:
            "Something is wrong at the provider (\(rawValue)); try again later, then look into the provider's log."
        case .other:
            "The provider refused for a reason of its own; look into the provider's log."
        }
    }
}
