import Testing

@testable import People

@Suite struct RightsTests {
    @Test func rolesAndScopesKeepTheirStoredNames() {
        #expect(Role.allCases.map(\.rawValue) == ["administrator", "quality-manager", "agent"])
        #expect(APIScope.allCases.map(\.rawValue) == ["ingest", "read", "manage"])
        #expect(Role(rawValue: "Administrator") == nil)
        #expect(APIScope(rawValue: "") == nil)
    }
}
