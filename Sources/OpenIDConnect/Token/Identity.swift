import Foundation
import People

/// Who signed in, as the provider says.
public struct Identity: Equatable, Sendable {
    /// The provider. Only together with ``subject`` does it tell one person from all others.
    public let issuer: String
    /// The provider's name for the person: 1 to 255 printable ASCII characters that never change.
    public let subject: String
    /// The e-mail address, if the provider says that it has verified it, or need not say so.
    public let email: String?
    /// The full name, to be shown.
    public let name: String?
    /// The roles that the values of the roles claim stand for; empty if there are none.
    public let roles: Set<Role>
    /// Whether a quality manager sees everything.
    public let seesEverything: Bool
    /// References of teams, each once, in the order of the claim.
    public let teams: [String]
    /// References of portfolios, each once, in the order of the claim.
    public let portfolios: [String]
    /// The reference of the agent that the person is.
    public let agent: String?
    /// When the person last proved themself to the provider, if it says so (`auth_time`).
    public let authenticatedAt: Date?
    /// How the person proved themself, if the provider says so (`amr`, RFC 8176).
    public let authenticationMethods: [String]

    /// The role that may do the most of all that the claims give; nil if they give none.
    public var role: Role? { Role.allCases.first(where: roles.contains) }

    init(_ token: IDToken, settings: ProviderSettings) {
        let claims = token.claims
        let names = settings.claimNames
        issuer = settings.issuer
        subject = token.subject
        let isVerified = claims["email_verified"] == .flag(true) || settings.takesUnverifiedEmail
        email = isVerified ? claims["email"].flatMap { values($0, longest: 254).first } : nil
        name = claims["name"].flatMap { values($0).first }
        let meaning = settings.claimValues
        let roleNames = claims.value(at: names.roles).map { values($0) } ?? []
        roles = Set(meaning.roles.filter { role in roleNames.contains { isExactly($0, role.key) } }.values)
        seesEverything = meaning.everything.contains { value in roleNames.contains { isExactly($0, value) } }
        teams = references(in: names.teams.flatMap { claims.value(at: $0) }, by: meaning.teams)
        portfolios = references(in: names.portfolios.flatMap { claims.value(at: $0) }, by: meaning.portfolios)
        agent = names.agent.flatMap { claims.value(at: $0) }.flatMap { values($0).first }
        authenticatedAt = claims["auth_time"]?.number.map { Date(timeIntervalSince1970: $0) }
        authenticationMethods = claims["amr"].map { values($0) } ?? []
    }
}

/// What the values of a claim stand for; without a map, for themselves.
private func references(in claim: ClaimValue?, by map: [String: String]) -> [String] {
    let told = claim.map { values($0) } ?? []
    if map.isEmpty { return told }
    var seen: Set<String> = []
    return told.compactMap { value in map.first { isExactly($0.key, value) }?.value }
        .filter { seen.insert($0).inserted }
}

/// The texts of a claim, each once: not empty, no longer than can be shown, and without control characters.
private func values(_ claim: ClaimValue, longest: Int = 200) -> [String] {
    var seen: Set<String> = []
    return claim.texts.filter { text in
        (1...longest).contains(text.unicodeScalars.count)
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
            && seen.insert(text).inserted
    }
}
