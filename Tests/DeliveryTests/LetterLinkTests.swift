import Testing

@testable import Delivery

@Suite struct LetterLinkTests {
    @Test(arguments: [
        ("https://ask.example/7kq4x2mp", "ask.example/", ["7kq4", "x2mp"]),
        ("https://ask.example/s/7kq4x", "ask.example/s/", ["7kq4", "x"]),
        ("http://127.0.0.1:8080/abc", "http://127.0.0.1:8080/", ["abc"]),
        ("https://ask.example/", "ask.example/", []),
        ("https://ask.example", "ask.example", []),
    ])
    func aLinkIsShownAsItIsTyped(address: String, beginning: String, groups: [String]) throws {
        let link = try LetterLink(address)
        #expect(link.beginning == beginning)
        #expect(link.groups == groups)
        #expect(link.address == address)
    }

    @Test(arguments: [
        "", "https://", "https:///x", "javascript:alert(1)", "ftp://a.example", "ask.example/x", " https://a.example",
        "HTTPS://a.example", "https://a.example/a b", "https://a.example/\u{202E}x", "https://аsk.example/x",
        "https://a.example/<b>", "https://a.example/\"", "https://a.example/\n", "https://a.example/é",
    ])
    func whatCannotBeTypedIsRefused(address: String) {
        #expect(throws: LetterError.badLink) { try LetterLink(address) }
    }

    @Test func aLinkIsAtMostAsLongAsACoarseCodeHolds() throws {
        let longest = "https://a.example/" + String(repeating: "x", count: 88)
        #expect(try QRCode(try LetterLink(longest).address).side == 41)
        #expect(throws: LetterError.linkTooLong(bytes: 107)) { try LetterLink(longest + "x") }
    }
}
