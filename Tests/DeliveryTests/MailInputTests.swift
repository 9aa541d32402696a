import Testing

@testable import Delivery

/// What may not reach libcurl. The port is one that nothing listens at: a mail that was let through says `connect`.
@Suite struct MailInputTests {
    let session = TransferSession()
    let server: MailServer

    init() throws {
        server = MailServer(host: "127.0.0.1", port: try unusedPort(), security: .none)
    }

    private func transfer(_ message: [UInt8]) -> MailTransfer {
        MailTransfer(sender: "a@b.example", recipient: "c@d.example", message: message)
    }

    private static let hostileAddresses = [
        "", "@", "a@", "@b", "no-at", "a b@c.example", "a@c.example\r\nRCPT TO:<x@y.example>", "a@c.example\n", "a\0@b",
        "<a@b>", "a@b>", "a@b> SIZE=1", "a\t@b", "a\u{7F}@b", "ä@b.example", "a@ö.example", "a@b.example\u{2028}",
        String(repeating: "a", count: 253) + "@b",
    ]

    @Test(arguments: hostileAddresses)
    func anAddressThatCouldBeMoreThanAnAddressIsRefused(address: String) async {
        let toAddress = MailTransfer(sender: "a@b.example", recipient: address, message: plainMessage)
        await #expect(throws: TransferError.invalid(.recipient)) { try await session.send(toAddress, through: server) }
        let fromAddress = MailTransfer(sender: address, recipient: "a@b.example", message: plainMessage)
        await #expect(throws: TransferError.invalid(.sender)) { try await session.send(fromAddress, through: server) }
    }

    @Test(arguments: [
        "a@b", "first.last+tag@sub.centre.example", "o'neil@x.example", "a@[192.0.2.1]",
        String(repeating: "a", count: 252) + "@b",
    ])
    func anOrdinaryAddressIsLetThrough(address: String) async throws {
        let transfer = MailTransfer(sender: address, recipient: address, message: plainMessage)
        let error = await #expect(throws: TransferError.self) { try await session.send(transfer, through: server) }
        #expect(error?.kind == "connect")
    }

    @Test(arguments: [
        "", "a\n.\nb\r\n", "a\r.\rb\r\n", "a\r\n.\n", "a\r", "\n", "a\0b\r\n", "a\r\r\n", "ä\r\n",
    ])
    func aMessageThatAServerCouldTakeForTwoIsRefused(text: String) async {
        await #expect(throws: TransferError.invalid(.message)) {
            try await session.send(transfer(Array(text.utf8)), through: server)
        }
    }

    @Test(arguments: [
        "", "a b", "a/b", "a@b", "a:b@c", "host\r\n", "a\0", "höst", "a?b", "a#b", "[::1]", "a%00", "127.0.0.1:25",
    ])
    func aHostThatIsNoHostIsRefused(host: String) async {
        var other = server
        other.host = host
        // A colon alone could be an IPv6 address, which libcurl then refuses.
        let error = await #expect(throws: TransferError.self) {
            try await session.send(transfer(plainMessage), through: other)
        }
        #expect(error?.consequence == .channelFault)
        if host != "127.0.0.1:25" { #expect(error == .invalid(.server)) }
    }

    @Test(arguments: ["", "a b", "a\r\nMAIL FROM:<x@y>", "a/b", "a%0d%0ab", "[", "[]", "[a b]", "x[1]", "ä"])
    func aGreetingNameThatIsNoneIsRefused(name: String) async {
        var other = server
        other.greetingName = name
        await #expect(throws: TransferError.invalid(.server)) {
            try await session.send(transfer(plainMessage), through: other)
        }
    }

    @Test(arguments: [("", "x"), ("a\0b", "x"), ("a", "x\r\n"), ("a\nb", "x"), ("a", "\u{7F}")])
    func credentialsWithControlCharactersAreRefused(user: String, password: String) async {
        var other = server
        other.credentials = Credentials(user: user, password: password)
        await #expect(throws: TransferError.invalid(.credentials)) {
            try await session.send(transfer(plainMessage), through: other)
        }
    }

    @Test func credentialsAreNeverPrinted() {
        var other = server
        other.credentials = Credentials(user: "robot", password: "hunter2")
        var dumped = ""
        dump(other, to: &dumped)
        let texts = [dumped, "\(other)", String(reflecting: other), "\(String(describing: other.credentials))"]
        for text in texts {
            #expect(!text.contains("robot"))
            #expect(!text.contains("hunter2"))
        }
    }
}
