import Foundation
import People
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite struct IdentityTests {
    let now = Date(timeIntervalSince1970: 1_800_000_000)

    func identity(
        _ claims: String, names: ClaimNames = ClaimNames(roles: "roles", teams: "teams", portfolios: "portfolios"),
        roles: [String: Role] = ["boss": .administrator, "quality team": .qualityManager, "K": .agent]
    ) throws -> Identity {
        let settings = try ProviderSettings.sample(claimNames: names, roles: roles)
        var values = try JSONDecoder().decode([String: ClaimValue].self, from: Data(claims.utf8))
        values.merge([
            "iss": .text("https://login.example.com"), "aud": .text(sampleClient), "sub": .text("5"),
            "nonce": .text("n"), "exp": .number(1_800_000_300), "iat": .number(1_800_000_000),
        ]) { $1 }
        return Identity(try IDToken(values, settings: settings, nonce: "n", now: now), settings: settings)
    }

    static let roleClaims: [(String, Set<Role>)] = [
        (#"{"roles": "boss"}"#, [.administrator]), (#"{"roles": ["boss", "K", "boss"]}"#, [.administrator, .agent]),
        (#"{"roles": "quality team"}"#, [.qualityManager]), (#"{"roles": "boss K"}"#, []),
        (#"{"roles": ["Boss", "boss ", "boss\u0000", 5, null, ["boss"], {"boss": true}]}"#, []),
        (#"{"roles": "\u212a"}"#, []), (#"{"roles": {"boss": "boss"}}"#, []), (#"{"roles": true}"#, []),
        (#"{"roles": null}"#, []), ("{}", []), (#"{"role": "boss"}"#, []),
    ]

    @Test(arguments: roleClaims)
    func onlyAValueOfTheMapGivesARole(claims: String, roles: Set<Role>) throws {
        #expect(try identity(claims).roles == roles)
    }

    @Test(arguments: [
        ("realm_access.roles", #"{"realm_access": {"roles": ["boss"]}}"#),
        ("resource_access.hear.back.roles", #"{"resource_access": {"hear.back": {"roles": ["boss"]}}}"#),
        ("https://example.com/roles", #"{"https://example.com/roles": ["boss"]}"#),
        ("a.b", #"{"a.b": "boss", "a": {"b": "K"}}"#), ("a.b", #"{"a": {"b": "boss"}, "a.c": "K"}"#),
        (".", #"{".": "boss"}"#), ("a.", #"{"a": {"": "boss"}}"#),
    ])
    func aNameIsAPathOrAsItIs(name: String, claims: String) throws {
        #expect(try identity(claims, names: ClaimNames(roles: name)).roles == [.administrator])
    }

    @Test(arguments: [
        #"{"a": "boss"}"#, #"{"a": ["b"]}"#, #"{"b": "boss"}"#, #"{"a": {"c": "boss"}}"#, #"{"a": null}"#,
    ])
    func aPathThatEndsEarlyGivesNothing(claims: String) throws {
        #expect(try identity(claims, names: ClaimNames(roles: "a.b")).roles.isEmpty)
    }

    @Test func teamsAndPortfoliosAreKeptInOrderOnceAndOnlyIfTheyCanBeShown() throws {
        let long = String(repeating: "x", count: 200)
        let teams = #"["South", "North", "South", "", "a\u0007b", "\#(long)", "\#(long)x", 7]"#
        let identity = try identity(#"{"teams": \#(teams), "portfolios": "Cards and loans"}"#)
        #expect(identity.teams == ["South", "North", long])
        #expect(identity.portfolios == ["Cards and loans"])
        #expect(try self.identity(#"{"teams": "North"}"#, names: ClaimNames()).teams.isEmpty)
    }

    @Test(arguments: [
        (#"{"email": "a@example.com", "email_verified": true}"#, "a@example.com"),
        (#"{"email": "a@example.com", "email_verified": false}"#, nil), (#"{"email": "a@example.com"}"#, nil),
        (#"{"email": "a@example.com", "email_verified": "true"}"#, nil),
        (#"{"email": "a@example.com", "email_verified": 1}"#, nil), (#"{"email_verified": true}"#, nil),
        (#"{"email": "a@example.com\r\nBcc: b@example.com", "email_verified": true}"#, nil),
    ])
    func anAddressIsOnlyTakenIfItIsVerified(claims: String, email: String?) throws {
        #expect(try identity(claims).email == email)
    }

    @Test func ofSeveralRolesTheOneThatMayDoTheMostCounts() throws {
        #expect(try identity(#"{"roles": ["K", "quality team"]}"#).role == .qualityManager)
        #expect(try identity(#"{"roles": ["quality team", "boss", "K"]}"#).role == .administrator)
        #expect(try identity("{}").role == nil)
    }

    @Test func aMapOfTeamsLeavesOutWhatItDoesNotName() throws {
        let settings = try ProviderSettings.sample(
            claimNames: ClaimNames(teams: "groups", agent: "number"),
            roles: ["boss": .qualityManager], everything: ["all"],
            teams: ["CN=North,OU=Centre": "N", "North too": "N", "South": "S"])
        let claims: [String: ClaimValue] = [
            "iss": .text("https://login.example.com"), "aud": .text(sampleClient), "sub": .text("5"),
            "nonce": .text("n"), "exp": .number(1_800_000_300), "iat": .number(1_800_000_000),
            "roles": .list([.text("boss"), .text("all")]), "number": .text("A17"),
            "groups": .list([.text("Everybody"), .text("South"), .text("CN=North,OU=Centre"), .text("North too")]),
        ]
        let identity = Identity(try IDToken(claims, settings: settings, nonce: "n", now: now), settings: settings)
        #expect(identity.teams == ["S", "N"])
        #expect(identity.agent == "A17" && identity.seesEverything)
        #expect(try !self.identity(#"{"roles": "quality team"}"#).seesEverything)
    }

    @Test func anAddressNeedNotBeVerifiedIfTheOperatorSaysSo() throws {
        let settings = try ProviderSettings.sample(takesUnverifiedEmail: true)
        let claims: [String: ClaimValue] = [
            "iss": .text("https://login.example.com"), "aud": .text(sampleClient), "sub": .text("5"),
            "nonce": .text("n"), "exp": .number(1_800_000_300), "iat": .number(1_800_000_000),
            "email": .text("a@example.com"), "email_verified": .flag(false),
        ]
        let token = try IDToken(claims, settings: settings, nonce: "n", now: now)
        #expect(Identity(token, settings: settings).email == "a@example.com")
    }

    @Test func whatTheProviderDoesNotSayIsEmpty() throws {
        let identity = try identity("{}")
        #expect(identity.name == nil && identity.authenticatedAt == nil && identity.authenticationMethods.isEmpty)
        let more = try self.identity(#"{"name": "N", "auth_time": 1799999990.5, "amr": ["hwk"]}"#)
        #expect(more.name == "N" && more.authenticationMethods == ["hwk"])
        #expect(more.authenticatedAt == Date(timeIntervalSince1970: 1_799_999_990.5))
    }
}
