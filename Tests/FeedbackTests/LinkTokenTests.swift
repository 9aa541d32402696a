import Testing

@testable import Feedback

@Suite struct LinkTokenTests {
    let keys: LinkKeys

    init() throws {
        keys = try #require(LinkKeys([1: [UInt8](repeating: 7, count: 32)]))
    }

    @Test(arguments: [1, 42, Int64.max, 0, -1, Int64.min])
    func aTokenProvesItsInvitation(invitation: Int64) {
        let token = keys.token(for: invitation)
        #expect(token.utf8.count == 34)
        #expect(keys.invitation(of: token) == invitation)
    }

    @Test func everySingleChangedCharacterIsRefused() {
        let token = Array(keys.token(for: 99))
        for index in token.indices {
            for character in "ABab01-_" where character != token[index] {
                var forged = token
                forged[index] = character
                #expect(keys.invitation(of: String(forged)) == nil)
            }
        }
    }

    @Test(arguments: [
        "", "A", String(repeating: "A", count: 34), String(repeating: "é", count: 17), "../../etc/passwd",
    ])
    func whatIsNoTokenIsRefused(text: String) {
        #expect(keys.invitation(of: text) == nil)
    }

    @Test func aRotatedKeyStillProvesOldLinksAndANewOneSigns() throws {
        let rotated = try #require(
            LinkKeys([1: [UInt8](repeating: 7, count: 32), 2: [UInt8](repeating: 8, count: 32)]))
        #expect(rotated.invitation(of: keys.token(for: 5)) == 5)
        #expect(rotated.token(for: 5) != keys.token(for: 5))
        #expect(keys.invitation(of: rotated.token(for: 5)) == nil)
    }

    @Test func secretsOfAnotherLengthAreRefused() {
        #expect(LinkKeys([:]) == nil)
        #expect(LinkKeys([1: [1, 2, 3]]) == nil)
    }
}
