import Crypto
import Foundation

/// The claims of an ID token whose signature is right, checked for one sign-in (OpenID Connect Core 1.0, section 3.1.3.7).
///
/// `at_hash` is not checked: the code flow does not need it, since the token came straight from the token endpoint, and the access
/// token is not used.
struct IDToken: Sendable {
    /// How many seconds old a token may be.
    private static let greatestAge: TimeInterval = 600

    let subject: String
    let claims: [String: ClaimValue]

    init(
        _ claims: [String: ClaimValue], settings: ProviderSettings, nonce: String, now: Date
    ) throws(SignInProblem) {
        guard let issuer = claims["iss"]?.text, isExactly(issuer, settings.issuer) else { throw .wrongIssuer }
        try Self.checkAudience(claims, client: settings.clientIdentifier)
        try Self.checkTimes(claims, skew: settings.clockSkew, now: now.timeIntervalSince1970)
        // Digests are compared in constant time.
        guard let given = claims["nonce"]?.text,
            SHA256.hash(data: Data(given.utf8)) == SHA256.hash(data: Data(nonce.utf8))
        else { throw .wrongNonce }
        guard let subject = claims["sub"]?.text, (1...255).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .wrongSubject }
        self.subject = subject
        self.claims = claims
    }

    private static func checkAudience(_ claims: [String: ClaimValue], client: String) throws(SignInProblem) {
        let audience = claims["aud"]?.texts ?? []
        guard audience.contains(where: { isExactly($0, client) }) else { throw .wrongAudience }
        if let party = claims["azp"] {
            guard let party = party.text, isExactly(party, client) else { throw .wrongAuthorizedParty }
        } else if audience.count > 1 {
            throw .wrongAuthorizedParty
        }
    }

    private static func checkTimes(
        _ claims: [String: ClaimValue], skew: TimeInterval, now: TimeInterval
    ) throws(SignInProblem) {
        guard let expiry = claims["exp"]?.number, now < expiry + skew else { throw .expired }
        if let start = claims["nbf"] {
            guard let start = start.number, start <= now + skew else { throw .notYetValid }
        }
        guard let issued = claims["iat"]?.number, issued <= now + skew else { throw .issuedInTheFuture }
        guard issued >= now - greatestAge else { throw .issuedLongAgo }
    }
}
