import Testing

@testable import Delivery

@Suite struct WebhookTargetTests {
    let strict = AddressGuard()
    let lenient: AddressGuard

    init() throws {
        lenient = AddressGuard(allowing: [try IPNetwork("127.0.0.0/8"), try IPNetwork("::1/128")])
    }

    @Test(arguments: [
        ("https://example.com", "example.com", 443, "/"), ("HtTpS://EXAMPLE.com/", "example.com", 443, "/"),
        ("https://example.com:8443/a/b;c=1?x=%2Fy&z=@:/?", "example.com", 8443, "/a/b;c=1?x=%2Fy&z=@:/?"),
        ("https://example.com?x=1", "example.com", 443, "/?x=1"),
        ("https://example.com:1/%20", "example.com", 1, "/%20"),
        ("https://a-b.xn--bcher-kva.example:65535", "a-b.xn--bcher-kva.example", 65535, "/"),
        ("https://crm", "crm", 443, "/"),
        ("https://8.8.8.8/a//b/../c", "8.8.8.8", 443, "/a//b/../c"),
        ("https://[2606:4700::1111]:444/", "2606:4700::1111", 444, "/"),
        ("https://1.2.3.example", "1.2.3.example", 443, "/"),
        ("https://example.com/user@host", "example.com", 443, "/user@host"),
    ])
    func anAcceptableURLIsTakenApart(text: String, host: String, port: Int, pathAndQuery: String) throws {
        let target = try WebhookTarget(text, checkedBy: strict)
        #expect(target.isEncrypted)
        #expect(target.host == host)
        #expect(target.port == port)
        #expect(target.pathAndQuery == pathAndQuery)
        #expect(target.address == IPAddress(host))
    }

    @Test(arguments: [
        ("", WebhookTargetRefusal.scheme), ("example.com", .scheme), ("//example.com", .scheme),
        ("ftp://example.com", .scheme),
        ("javascript:alert(1)", .scheme), ("file:///etc/passwd", .scheme), ("httpss://example.com", .scheme),
        ("https:example.com", .malformed), ("https:/example.com", .malformed), ("https:\\\\example.com", .malformed),
        ("http://example.com/", .notEncrypted), ("http://8.8.8.8/", .notEncrypted),
        ("http://127.0.0.1/", .notEncrypted),
        ("http://localhost/", .notEncrypted),
        ("https://user@example.com/", .userInformation), ("https://user:word@example.com/", .userInformation),
        ("https://@example.com/", .userInformation), ("https://example.com@127.0.0.1/", .userInformation),
        ("https://example.com/#a", .fragment), ("https://example.com#@evil.example", .fragment),
        ("https://example.com/#", .fragment),
        ("https://", .emptyHost), ("https:///a", .emptyHost), ("https://:443/", .emptyHost), ("https://?a", .emptyHost),
        ("https://example.com:0/", .port), ("https://example.com:65536/", .port), ("https://example.com:/", .port),
        ("https://example.com:-1/", .port), ("https://example.com:+80/", .port), ("https://example.com:80:80/", .port),
        ("https://example.com:99999999999999999999/", .port), ("https://example.com:4a3/", .port),
        ("https://[::1]443/", .port),
        ("https://example.com:000443/", .port),
        ("https://exa mple.com/", .controlCharacterOrSpace), ("https://example.com/ ", .controlCharacterOrSpace),
        (" https://example.com/", .controlCharacterOrSpace),
        ("https://example.com/\r\nHost:x", .controlCharacterOrSpace),
        ("https://example.com/\t", .controlCharacterOrSpace),
        ("https://example.com\u{0}.evil.example/", .controlCharacterOrSpace),
        ("https://example.com/\u{7F}", .controlCharacterOrSpace), ("https://bücher.example/", .notASCII),
        ("https://example.com/\u{A0}", .notASCII), ("https://example.com/\u{85}", .notASCII),
        ("https://１２７.0.0.1/", .notASCII),
        ("https://example。com/", .notASCII), ("https://example.com/é", .notASCII), ("https://\u{202E}/", .notASCII),
        ("https://example.com\\@evil.example/", .malformed), ("https://example.com/\\evil", .malformed),
        ("https://example.com/{id}", .malformed), ("https://example.com/<a>", .malformed),
        ("https://example.com/a|b", .malformed),
        ("https://example.com/%", .malformed), ("https://example.com/%2", .malformed),
        ("https://example.com/%zz", .malformed),
        ("https://example.com/[", .malformed),
        ("https://example..com/", .host), ("https://.example.com/", .host), ("https://example.com./", .host),
        ("https://-a.example/", .host), ("https://a-.example/", .host), ("https://a_b.example/", .host),
        ("https://exa%6Dple.com/", .host), ("https://example.com%00/", .host), ("https://*.example/", .host),
        ("https://2130706433/", .host), ("https://127.1/", .host), ("https://0x7f.1/", .host),
        ("https://0x7f000001/", .host),
        ("https://0177.0.0.1/", .host), ("https://1.2.3.4.5/", .host), ("https://256.1.1.1/", .host),
        ("https://a.0X1f/", .host),
        ("https://[::1/", .host), ("https://::1/", .emptyHost), ("https://[127.0.0.1]/", .host),
        ("https://[fe80::1%25eth0]/", .host),
        ("https://[]/", .host), ("https://[v1.a]/", .host), ("https://a[::1]/", .host),
        ("https://127.0.0.1/", .address(.loopback)), ("https://169.254.169.254/latest", .address(.linkLocal)),
        ("https://10.0.0.1:8080/", .address(.privateNetwork)), ("https://[::1]/", .address(.loopback)),
        ("https://[::ffff:7f00:1]/", .address(.loopback)), ("https://0.0.0.0/", .address(.unspecified)),
        ("https://[fd00::1]/", .address(.uniqueLocal)),
    ])
    func anyOtherURLIsRefusedWithTheReason(text: String, refusal: WebhookTargetRefusal) {
        #expect(throws: refusal) { try WebhookTarget(text, checkedBy: strict) }
    }

    @Test func lengthsAreLimited() throws {
        let start = "https://example.com/"
        _ = try WebhookTarget(start + String(repeating: "a", count: 2048 - start.count), checkedBy: strict)
        #expect(throws: WebhookTargetRefusal.tooLong) {
            try WebhookTarget(start + String(repeating: "a", count: 2049 - start.count), checkedBy: strict)
        }
        let label = String(repeating: "a", count: 63)
        _ = try WebhookTarget("https://\(label).\(label).\(label).\(label.dropLast(2))/", checkedBy: strict)
        #expect(throws: WebhookTargetRefusal.host) {
            try WebhookTarget("https://\(label).\(label).\(label).\(label.dropLast(1))/", checkedBy: strict)
        }
        #expect(throws: WebhookTargetRefusal.host) {
            try WebhookTarget("https://\(label)a.example/", checkedBy: strict)
        }
    }

    @Test(arguments: [
        "http://127.0.0.1:8099/hook", "https://127.0.0.1/hook", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
    ])
    func withinAnAllowedNetworkNoEncryptionIsAsked(text: String) throws {
        let target = try WebhookTarget(text, checkedBy: lenient)
        #expect(target.isEncrypted == text.hasPrefix("https"))
        #expect(target.port == (text.contains("8099") ? 8099 : target.isEncrypted ? 443 : 80))
    }

    @Test(arguments: [
        "http://128.0.0.1/", "http://localhost/", "http://10.0.0.1/", "http://127.0.0.1.example/", "http://127.1/",
    ])
    func outsideOfItEncryptionIsAskedStill(text: String) {
        #expect(throws: WebhookTargetRefusal.self) { try WebhookTarget(text, checkedBy: lenient) }
    }

    @Test func randomBytesNeverPassWithAHostThatIsNone() {
        var generator = SeededGenerator(seed: 27)
        let parts = [
            "https://", "a", ".", "example", ":", "443", "/", "?", "@", "#", "[", "]", "%", "%41", "\\", "127.0.0.1",
            "0x7f", "-", "::1",
        ]
        var accepted = 0
        for _ in 0..<5000 {
            let text = "https://" + parts.draws(.random(in: 1...6, using: &generator), using: &generator).joined()
            guard let target = try? WebhookTarget(text, checkedBy: strict) else { continue }
            accepted += 1
            #expect(target.address == nil)
            #expect(target.host.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." })
            #expect((1...65535).contains(target.port))
            #expect(target.pathAndQuery.hasPrefix("/"))
            #expect(text.lowercased().hasPrefix("https://" + target.host))
        }
        #expect(accepted > 100)
    }
}
