import Testing

@testable import People

@Suite struct LocalPathTests {
    @Test(arguments: [
        "/", "/people", "/people/", "/teams/Caf%C3%A9%20Sud", "/answers?team=A%26B&page=2", "/answers?",
        "/answers?from=/teams/1&to=a?b", "/answers?at=%2F%2Fevil.example%0A", "/a.b/..c/...", "/@evil.example",
        "/https:evil.example", "/!$&'()*+,;=:@-._~", "/" + String(repeating: "a", count: 1_023),
    ])
    func pathsOfThisSiteAreKept(text: String) {
        #expect(LocalPath(text).text == text)
    }

    @Test(
        arguments: [
            nil, "", "people", "?a=b", "#top", ".", "..",
            // Another host or scheme.
            "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example",
            "\\/evil.example",
            "https://evil.example", "https:evil.example", "javascript:alert(1)", "evil.example/", "http:/evil.example",
            // What browsers strip or turn into slashes.
            "/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example", "\t//evil.example", " //evil.example",
            " /people",
            "/people ", "/\u{0}/evil.example", "/people\r\nSet-Cookie: a=b", "/a\\b", "/people?a=\\", "/people?a=b\nc",
            // What a second decoding would find.
            "/%2Fevil.example", "/%2fevil.example", "/%5Cevil.example", "/%5cevil.example", "/%252Fevil.example",
            "/%09/evil.example", "/%0A/evil.example", "/a%00b", "/%7F", "/%2e%2e/evil", "/.%2E/evil",
            "/%C0%AFevil.example",
            // What resolving leaves.
            "/.//evil.example", "/..//evil.example", "/a//evil.example", "/./people", "/a/../people", "/a/..", "/.",
            "/..",
            // Not whole, or not in ASCII.
            "/%", "/%2", "/%zz", "/%+1", "/people?a=%", "/people?a=%4", "/café", "/\u{2215}evil.example",
            "/\u{FF0F}evil.example",
            "/people#top", "/people?a=b#top", "/<script>", "/\"", "/a|b", "/{a}", "/[a]", "/^", "/`",
        ] as [String?])
    func anythingElseBecomesTheFirstPage(text: String?) {
        #expect(LocalPath(text).text == "/")
    }

    @Test func longTextsBecomeTheFirstPage() {
        #expect(LocalPath("/" + String(repeating: "a", count: 1_024)).text == "/")
        #expect(LocalPath("/" + String(repeating: "%", count: 10_000_000)).text == "/")
    }

    @Test func noSingleByteLeadsAway() {
        for byte in UInt8.min ... .max {
            for prefix in ["", "/", "//"] {
                let text = prefix + String(decoding: [byte], as: UTF8.self) + "/evil.example"
                let path = LocalPath(text).text
                #expect(path.hasPrefix("/") && !path.hasPrefix("//") && !path.contains("\\"))
            }
        }
    }
}
