import ArgumentParser
import Foundation
import OpenIDConnect
import People
import Web

/// The organisation's identity provider, from the environment; its secret also from a file.
enum ProviderOptions {
    /// Where the provider sends browsers back to, below the server's own address.
    static let callback = "/sign-in/provider/callback"

    /// Reads the settings.
    ///
    /// - Parameter base: The address that browsers reach the server by.
    /// - Returns: nil if there is no provider.
    static func read(_ environment: [String: String], base: String) throws -> ProviderConfiguration? {
        let environment = environment.filter { !$0.value.isEmpty }
        guard let issuer = environment["HEARBACK_OIDC"] else { return nil }
        guard let client = environment["HEARBACK_OIDC_CLIENT"],
            let secret = try environment.secret("HEARBACK_OIDC_SECRET")
        else { throw ValidationError("HEARBACK_OIDC needs HEARBACK_OIDC_CLIENT and HEARBACK_OIDC_SECRET") }
        guard !base.isEmpty else {
            throw ValidationError("HEARBACK_OIDC needs HEARBACK_BASE: the provider sends browsers back to that address")
        }
        let roles = try pairs("HEARBACK_OIDC_ROLES", environment).mapValues { name in
            guard let role = Role(rawValue: name) else {
                throw ValidationError(
                    "HEARBACK_OIDC_ROLES has the role \"\(name)\"; there are administrator, quality-manager and agent")
            }
            return role
        }
        guard !roles.isEmpty else {
            throw ValidationError(
                "HEARBACK_OIDC_ROLES says what values of the roles claim stand for, such as "
                    + "\"hearback-admins=administrator;hearback-quality=quality-manager\"")
        }
        do {
            let settings = try ProviderSettings(
                issuer: issuer, clientIdentifier: client, clientSecret: ClientSecret(secret),
                redirectURI: base + callback,
                scopes: (environment["HEARBACK_OIDC_SCOPES"] ?? "openid email profile").split(separator: " ")
                    .map(String.init),
                claimNames: ClaimNames(
                    roles: environment["HEARBACK_OIDC_ROLES_CLAIM"] ?? "roles",
                    teams: environment["HEARBACK_OIDC_TEAMS_CLAIM"],
                    portfolios: environment["HEARBACK_OIDC_PORTFOLIOS_CLAIM"],
                    agent: environment["HEARBACK_OIDC_AGENT_CLAIM"]),
                claimValues: ClaimValues(
                    roles: roles, everything: Set(parts(environment["HEARBACK_OIDC_EVERYTHING"])),
                    teams: try pairs("HEARBACK_OIDC_TEAMS", environment),
                    portfolios: try pairs("HEARBACK_OIDC_PORTFOLIOS", environment)),
                takesUnverifiedEmail: try flag("HEARBACK_OIDC_UNVERIFIED_EMAIL", environment))
            return ProviderConfiguration(
                settings, name: environment["HEARBACK_OIDC_NAME"] ?? "your organisation's account",
                isOnlyWay: try flag("HEARBACK_OIDC_ONLY", environment))
        } catch let problem as SignInProblem {
            throw ValidationError("HEARBACK_OIDC: \(problem.description)")
        }
    }

    /// `VALUE=MEANING` with semicolons or line ends between them; a value may have equals signs, as names in directories do.
    private static func pairs(_ name: String, _ environment: [String: String]) throws -> [String: String] {
        var pairs: [String: String] = [:]
        for part in parts(environment[name]) {
            guard let equals = part.lastIndex(of: "="), equals > part.startIndex else {
                throw ValidationError("\(name) has \"\(part)\"; write VALUE=MEANING with semicolons between them")
            }
            let value = part[..<equals].trimmingCharacters(in: .whitespaces)
            pairs[value] = part[part.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        }
        return pairs
    }

    private static func parts(_ text: String?) -> [String] {
        (text ?? "").split { $0 == ";" || $0.isNewline }.map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }

    private static func flag(_ name: String, _ environment: [String: String]) throws -> Bool {
        switch environment[name] {
        case nil, "no": false
        case "yes": true
        default: throw ValidationError("\(name) is yes or no")
        }
    }
}
