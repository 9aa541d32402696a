import Testing

@testable import Delivery

@Suite struct EmailAddressTests {
    @Test(arguments: [
        "a@b.example", "first.last+tag@sub.mail-1.example", "o'brien_{x}|~@mail.example", "1@1.example",
        String(repeating: "x", count: 64) + "@mail.example", "a@xn--e1afmkfd.example",
    ])
    func oneAddressIsRead(text: String) {
        #expect(EmailAddress(text)?.text == text)
    }

    @Test(arguments: [
        "", "@", "a", "a@", "@b.example", "a@b", "a@b.", "a@.example", "a@b..example", ".a@b.example", "a.@b.example",
        "a..b@b.example", "a@b@c.example", "a b@c.example", " a@b.example", "a@b.example ",
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\n", "a@b.example, c@d.example", "a@b.example;c@d.example", "Name <a@b.example>", "<a@b.example>",
        "\"a b\"@c.example", "a@[127.0.0.1]", "a@127.0.0.1", "a@-b.example", "a@b-.example", "a@b_c.example",
        "ä@b.example", "a@ä.example", "a\u{301}@b.example", "a@b.example\u{0}", "a(x)@b.example", "a@b.example\u{202E}",
        String(repeating: "x", count: 65) + "@mail.example", "a@" + String(repeating: "x", count: 64) + ".example",
        "a@" + String(repeating: "abcdefg.", count: 31) + "example",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(EmailAddress(text) == nil)
    }
}
