import Foundation
import Testing

@testable import Delivery

@Suite struct MailSecurityTests {
    private func server(_ desk: MailDesk, _ security: MailServer.Security, _ password: String? = nil) -> MailServer {
        var server = desk.server
        server.security = security
        server.credentials = password.map { Credentials(user: "robot", password: $0) }
        return server
    }

    private func startDesk(_ options: String...) throws -> MailDesk {
        try MailDesk(Sink("smtp_sink.py", options))
    }

    @Test(arguments: [
        ("starttls", MailServer.Security.required), ("starttls", .opportunistic), ("implicit", .implicit),
    ])
    func mailIsEncryptedForAServerWithATrustedCertificate(
        offered: String, security: MailServer.Security
    ) async throws {
        let desk = try startDesk("--encryption", offered, "--login", "robot:hunter2", "--login-required")
        let session = TransferSession(certificateAuthorities: desk.sink.certificateAuthorities)
        for _ in 0..<3 {
            _ = try await session.send(desk.mail(to: "ann"), through: server(desk, security, "hunter2"))
        }
        let mails = try desk.events()
        #expect(mails.count == 3)
        #expect(mails.allSatisfy { $0.encrypted == true && $0.login == true && $0.content == Data(plainMessage) })
        #expect(Set(mails.map(\.connection)).count == 1)
        #expect(try desk.sink.events().filter { $0.event == .login }.count == 1)
    }

    @Test(arguments: [
        ("starttls", MailServer.Security.required), ("starttls", .opportunistic), ("implicit", .implicit),
    ])
    func aCertificateOfAnUnknownAuthorityEndsTheConnection(
        offered: String, security: MailServer.Security
    ) async throws {
        let desk = try startDesk("--encryption", offered, "--login", "robot:hunter2")
        let error = try await failure {
            try await TransferSession().send(desk.mail(to: "ann"), through: server(desk, security, "hunter2"))
        }
        guard case .tls(let reason) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(reason.contains("certificate"))
        #expect(error.consequence == .channelFault)
        #expect(try desk.sink.events().allSatisfy { $0.event == .connection })
    }

    @Test func aCertificateForAnotherNameEndsTheConnection() async throws {
        let desk = try startDesk("--encryption", "starttls")
        let session = TransferSession(certificateAuthorities: desk.sink.certificateAuthorities)
        var named = server(desk, .required)
        named.host = "localhost"
        _ = try await session.send(desk.mail(to: "ann"), through: named)
        // The same address (RFC 6761, section 6.3), but no name of the certificate's.
        named.host = "other.localhost"
        #expect(try await failure { try await session.send(desk.mail(to: "ann"), through: named) }.kind == "tls")
    }

    @Test func aMissingFileOfAuthoritiesIsAFaultOfTheChannel() async throws {
        let desk = try startDesk("--encryption", "starttls")
        let session = TransferSession(certificateAuthorities: "/nonexistent/authority.pem")
        let error = try await failure {
            try await session.send(desk.mail(to: "ann"), through: server(desk, .required))
        }
        #expect(error.kind == "tls")
    }

    @Test func aServerThatDoesNotOfferTheRequiredEncryptionGetsNothing() async throws {
        let desk = try startDesk("--login", "robot:hunter2")
        let error = try await failure {
            try await TransferSession().send(desk.mail(to: "ann"), through: server(desk, .required, "hunter2"))
        }
        #expect(error.kind == "tls")
        #expect(error.consequence == .channelFault)
        #expect(try desk.sink.events().allSatisfy { $0.event == .connection || $0.event == .quit })
    }

    /// libcurl by itself uses an open connection again, encrypted or not.
    @Test func anUnencryptedConnectionIsNotUsedAgainWhenEncryptionIsRequired() async throws {
        let desk = try startDesk("--encryption", "starttls")
        let session = TransferSession(certificateAuthorities: desk.sink.certificateAuthorities)
        _ = try await session.send(desk.mail(to: "ann"), through: server(desk, .none))
        _ = try await session.send(desk.mail(to: "ann"), through: server(desk, .required))
        #expect(try desk.events().map(\.encrypted) == [false, true])
    }

    @Test func opportunisticEncryptionDoesWithoutWhereNoneIsOffered() async throws {
        let desk = try MailDesk()
        _ = try await TransferSession().send(desk.mail(to: "ann"), through: server(desk, .opportunistic))
        #expect(try desk.events().map(\.encrypted) == [false])
    }

    @Test func aWrongPasswordIsAFaultOfTheChannelAndNotQuoted() async throws {
        let desk = try startDesk("--login", "robot:hunter2")
        let session = TransferSession()
        let error = try await failure {
            try await session.send(desk.mail(to: "ann"), through: server(desk, .none, "wr0ngpassword"))
        }
        #expect(error == .refused(MailRefusal(code: 535, stage: .authentication, text: "5.7.8")))
        #expect(error.consequence == .channelFault)
        #expect("\(error) \(String(reflecting: error))".contains("wr0ng") == false)
        _ = try await session.send(desk.mail(to: "ann"), through: server(desk, .none, "hunter2"))
        #expect(try desk.events().map(\.login) == [true])
    }

    @Test func whatAServerQuotesOfTheLoginIsTakenOut() async throws {
        let desk = try startDesk("--login", "robot:hunter2")
        let error = try await failure {
            try await TransferSession().send(desk.mail(to: "quotes"), through: server(desk, .none, "hunter2"))
        }
        #expect(
            error == .refused(MailRefusal(code: 550, stage: .recipient, text: "5.7.1 not for […] with […]")))
    }

    /// Otherwise one server without its AUTH would turn every recipient into one that does not exist.
    @Test func aRefusalWithoutTheLoginThatWasMeantIsAFaultOfTheChannel() async throws {
        let desk = try MailDesk()
        let error = try await failure {
            try await TransferSession().send(desk.mail(to: "relay554"), through: server(desk, .none, "hunter2"))
        }
        #expect(error == .refused(MailRefusal(code: 554, stage: .authentication, text: "5.7.1")))
        #expect(error.consequence == .channelFault)
    }

    @Test func aLoginIsRememberedForTheConnection() async throws {
        let desk = try startDesk("--login", "robot:hunter2")
        let session = TransferSession()
        _ = try await session.send(desk.mail(to: "ann"), through: server(desk, .none, "hunter2"))
        let error = try await failure {
            try await session.send(desk.mail(to: "relay554"), through: server(desk, .none, "hunter2"))
        }
        #expect(error.consequence == .giveUp)
    }
}
