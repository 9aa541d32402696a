import Foundation

/// What an operator says about the provider of identities, and about this application as its client.
public struct ProviderSettings: Sendable {
    /// The provider's name for itself, and where its metadata are found.
    public let issuer: String
    /// The name under which the provider knows this application.
    public let clientIdentifier: String
    /// What this application proves itself with.
    public let clientSecret: ClientSecret
    /// Where the provider sends the browser back to, exactly as it is registered there.
    public let redirectURI: String
    /// What is asked for; has `openid`.
    public let scopes: [String]
    /// Where roles, teams, portfolios and agents are found in an ID token.
    public let claimNames: ClaimNames
    /// What is found there stands for.
    public let claimValues: ClaimValues
    /// Whether an e-mail address is taken although the provider does not say that it has verified it.
    ///
    /// Some never do. The address only names the person, who is known again by their subject.
    public let takesUnverifiedEmail: Bool
    /// By how many seconds the provider's clock may differ from this one.
    public let clockSkew: TimeInterval
    /// How an ID token may be signed.
    public let algorithms: Set<SigningAlgorithm>

    let issuerAddress: WebAddress

    /// Takes the settings as they were configured.
    ///
    /// - Parameters:
    ///   - issuer: `https`, or `http` on the loopback interface; without query (OpenID Connect Discovery 1.0, section 3).
    ///   - clockSkew: 0 to 300 seconds.
    /// - Throws: ``SignInProblem/setting(_:)`` with the first setting that cannot be right.
    public init(
        issuer: String, clientIdentifier: String, clientSecret: ClientSecret, redirectURI: String,
        scopes: [String] = ["openid", "email", "profile"], claimNames: ClaimNames = ClaimNames(),
        claimValues: ClaimValues, takesUnverifiedEmail: Bool = false, clockSkew: TimeInterval = 60,
        algorithms: Set<SigningAlgorithm> = Set(SigningAlgorithm.allCases)
    ) throws(SignInProblem) {
        guard let issuerAddress = WebAddress(issuer), !issuer.contains("?") else { throw .setting(.issuer) }
        guard !clientIdentifier.isEmpty, isPrintable(clientIdentifier) else { throw .setting(.clientIdentifier) }
        guard !clientSecret.value.isEmpty, isPrintable(clientSecret.value) else { throw .setting(.clientSecret) }
        guard WebAddress(redirectURI) != nil else { throw .setting(.redirectURI) }
        guard scopes.contains("openid"), scopes.allSatisfy(isScope) else { throw .setting(.scopes) }
        guard claimNames.all.allSatisfy({ (1...200).contains($0.count) }) else { throw .setting(.claimNames) }
        guard !claimValues.roles.isEmpty else { throw .setting(.roles) }
        guard (0...300).contains(clockSkew) else { throw .setting(.clockSkew) }
        guard !algorithms.isEmpty else { throw .setting(.algorithms) }
        self.issuer = issuer
        self.clientIdentifier = clientIdentifier
        self.clientSecret = clientSecret
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.claimNames = claimNames
        self.claimValues = claimValues
        self.takesUnverifiedEmail = takesUnverifiedEmail
        self.clockSkew = clockSkew
        self.algorithms = algorithms
        self.issuerAddress = issuerAddress
    }
}

/// RFC 6749, appendices A.1 and A.2.
private func isPrintable(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
}

/// RFC 6749, appendix A.4.
private func isScope(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
}
