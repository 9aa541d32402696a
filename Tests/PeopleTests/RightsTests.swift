import Testing

@testable import People

@Suite struct RightsTests {
    @Test func rolesAndScopesKeepTheirStoredNames() {
        #expect(Role.allCases.map(\.rawValue) == ["administrator", "quality-manager", "agent"])
        #expect(APIScope.allCases.map(\.rawValue) == ["ingest", "read", "manage"])
        #expect(Role(rawValue: "Administrator") == nil)
        #expect(APIScope(rawValue: "") == nil)
    }

    @Test func everythingHoldsEvenWhatHasNoTeam() {
        #expect(Scope.everything.includes(team: nil, portfolio: nil))
        #expect(Scope.everything.includes(team: "North", portfolio: "Cards"))
    }

    @Test func oneBoundHoldsItsNamesOnly() {
        let teams = Scope(teams: ["North", "South"], portfolios: nil)
        #expect(teams.includes(team: "North", portfolio: nil))
        #expect(teams.includes(team: "South", portfolio: "Cards"))
        #expect(!teams.includes(team: "East", portfolio: "Cards"))
        #expect(!teams.includes(team: nil, portfolio: "Cards"))
        #expect(!teams.includes(team: "north", portfolio: nil))
        let portfolios = Scope(teams: nil, portfolios: ["Cards"])
        #expect(portfolios.includes(team: nil, portfolio: "Cards"))
        #expect(!portfolios.includes(team: "North", portfolio: "Loans"))
        #expect(!portfolios.includes(team: "North", portfolio: nil))
    }

    @Test func twoBoundsMustBothHold() {
        let scope = Scope(teams: ["North"], portfolios: ["Cards"])
        #expect(scope.includes(team: "North", portfolio: "Cards"))
        #expect(!scope.includes(team: "North", portfolio: "Loans"))
        #expect(!scope.includes(team: "South", portfolio: "Cards"))
        #expect(!scope.includes(team: "Cards", portfolio: "North"))
    }

    @Test func anEmptyBoundHoldsNothing() {
        #expect(!Scope(teams: [], portfolios: nil).includes(team: "North", portfolio: "Cards"))
        #expect(!Scope(teams: nil, portfolios: []).includes(team: nil, portfolio: nil))
        #expect(Scope(teams: [], portfolios: []) != .everything)
    }
}
