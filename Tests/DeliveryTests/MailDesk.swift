import Foundation
import Testing

@testable import Delivery

let plainMessage = Array("Subject: How did we do?\r\n\r\nPlease tell us.\r\n".utf8)

/// Mails of one test, which it knows again by their domain among those of others at the same server.
struct MailDesk {
    let domain = "\(UUID().uuidString.lowercased()).example"
    let sink: Sink

    /// A server that offers neither encryption nor a login, for the tests that need no more.
    private static let plainSink = Result { try Sink("smtp_sink.py") }

    /// Names a server of its own, or the one that all share.
    init(_ sink: Sink? = nil) throws {
        self.sink = try sink ?? MailDesk.plainSink.get()
    }

    /// The server without encryption, patient enough for any machine.
    var server: MailServer {
        MailServer(
            host: "127.0.0.1", port: sink.port, security: .none, greetingName: "centre.example", timeout: .seconds(120))
    }

    func mail(
        to name: String, sender: String = "ask@centre.example", _ message: [UInt8] = plainMessage
    ) -> MailTransfer {
        MailTransfer(sender: sender, recipient: "\(name)@\(domain)", message: message)
    }

    /// This test's mails that arrived, or its recipients that were named.
    func events(_ kind: SinkEvent.Kind = .mail) throws -> [SinkEvent] {
        try sink.events(about: domain).filter { $0.event == kind }
    }

    /// Waits for the server to be told something.
    func wait(for kind: SinkEvent.Kind) async throws {
        while try events(kind).isEmpty { await Task.yield() }
    }
}

/// The error of a transfer that has to fail.
func failure<Value>(of transfer: () async throws -> Value) async throws -> TransferError {
    try #require(await #expect(throws: TransferError.self) { _ = try await transfer() })
}

extension TransferError {
    /// The kind of a failure whose reason is in the words of the system.
    var kind: String {
        switch self {
        case .connect: "connect"
        case .tls: "tls"
        case .lost: "lost"
        case .uncertain: "uncertain"
        default: "\(self)"
        }
    }
}
