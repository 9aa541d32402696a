/// Why nobody was signed in; says nothing that came from outside, so it is safe to log and to show to an operator.
public enum SignInProblem: Error, Equatable, Sendable {
    /// A setting cannot be right.
    case setting(ProviderSetting)

    /// The provider could not be connected to, or broke off.
    case unreachable(ProviderEndpoint)
    /// The provider did not reply in time.
    case unanswered(ProviderEndpoint)
    /// The provider's reply is too large.
    case replyTooLarge(ProviderEndpoint)
    /// The provider redirects where a reply is due.
    case redirected(ProviderEndpoint)
    /// The provider replied with another status than 200.
    case status(ProviderEndpoint, Int)
    /// The provider's reply is not the JSON that it should be.
    case malformedReply(ProviderEndpoint)

    /// The provider's metadata name another issuer than the configured one.
    case metadataOfOtherIssuer
    /// The provider's metadata name an endpoint that is not `https`.
    case insecureEndpoint
    /// The provider's metadata do not have PKCE with S256.
    case codeChallengeUnsupported
    /// The provider takes a client's secret neither by `client_secret_basic` nor by `client_secret_post`.
    case clientAuthenticationUnsupported

    /// A parameter came more than once.
    case duplicateParameter
    /// The parameters are not those of a callback.
    case malformedCallback
    /// The callback's state is not that of the pending sign-in.
    case stateMismatch
    /// The pending sign-in began too long ago.
    case pendingExpired
    /// The pending sign-in began with another issuer.
    case pendingOfOtherIssuer
    /// The callback lacks the parameter `iss`, which this provider always sends.
    case callbackIssuerMissing
    /// The callback's `iss` is another issuer: two providers were mixed up.
    case callbackOfOtherIssuer
    /// The provider, or the person there, refused.
    case refused(ProviderRefusal)

    /// The code was used before, is too old, or was not issued for this sign-in.
    case codeRefused
    /// The provider does not accept this client's identifier or secret.
    case clientRefused
    /// The token endpoint's reply has no ID token.
    case idTokenMissing

    /// The ID token is not a signed token in three parts.
    case malformedIDToken
    /// The ID token is not signed.
    case unsignedIDToken
    /// The ID token is signed with an algorithm that is not allowed.
    case algorithmNotAllowed
    /// The ID token does not name its key.
    case keyIdentifierMissing
    /// The ID token names a key that the provider does not publish.
    case unknownKey
    /// The ID token's algorithm does not fit the key that it names.
    case keyDoesNotFit
    /// The ID token's signature is not by its key.
    case wrongSignature
    /// The ID token is by another issuer.
    case wrongIssuer
    /// The ID token is for another client.
    case wrongAudience
    /// The ID token was issued to another client.
    case wrongAuthorizedParty
    /// The ID token has no expiry, or has expired.
    case expired
    /// The ID token is not valid yet.
    case notYetValid
    /// The ID token has no time of issue, or one in the future.
    case issuedInTheFuture
    /// The ID token was issued more than ten minutes ago.
    case issuedLongAgo
    /// The ID token's nonce is not that of the pending sign-in.
    case wrongNonce
    /// The ID token's subject is missing, not ASCII, or too long.
    case wrongSubject
}

/// A part of ``ProviderSettings``.
public enum ProviderSetting: String, Sendable {
    /// ``ProviderSettings/issuer``.
    case issuer
    /// ``ProviderSettings/clientIdentifier``.
    case clientIdentifier = "client identifier"
    /// ``ProviderSettings/clientSecret``.
    case clientSecret = "client secret"
    /// ``ProviderSettings/redirectURI``.
    case redirectURI = "redirect URI"
    /// ``ProviderSettings/scopes``.
    case scopes
    /// ``ProviderSettings/claimNames``.
    case claimNames = "claim names"
    /// ``ClaimValues/roles``.
    case roles
    /// ``ProviderSettings/clockSkew``.
    case clockSkew = "clock skew"
    /// ``ProviderSettings/algorithms``.
    case algorithms
}

/// What of the provider was asked.
public enum ProviderEndpoint: String, Sendable {
    /// Its metadata at `/.well-known/openid-configuration`.
    case metadata
    /// Its published keys.
    case keys
    /// Its token endpoint.
    case token = "token endpoint"
}
