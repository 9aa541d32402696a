import Foundation
import Testing

@testable import Delivery

/// Whoever can be told is told, whatever becomes of the others.
@Suite struct StaffMailTests {
    private let desk: MailDesk
    private let session = TransferSession()

    init() throws {
        desk = try MailDesk()
    }

    private func mail(to names: [String]) throws -> StaffMail {
        StaffMail(
            over: session, through: desk.server, from: try #require(EmailAddress("care@centre.example")),
            to: try names.map { try #require(EmailAddress("\($0)@\(desk.domain)")) })
    }

    private func send(to names: [String]) async throws -> [String] {
        try await mail(to: names).send(subject: "An answer needs a person", text: "7", key: "follow-up-7", now: Date())
            .map { $0.reader.text.prefix { $0 != "@" }.description }
    }

    @Test(.timeLimit(.minutes(1))) func oneWhoIsRefusedKeepsNobodyElseFromBeingTold() async throws {
        #expect(try await send(to: ["refuse550", "ada", "refuse450", "bo"]) == ["refuse550", "refuse450"])
        #expect(try desk.events().flatMap { $0.recipients ?? [] } == ["ada@\(desk.domain)", "bo@\(desk.domain)"])
    }

    @Test(.timeLimit(.minutes(1))) func nobodyToldIsTriedAgainUnlessThatIsOfNoUse() async throws {
        let error = try await failure { try await send(to: ["refuse550", "refuse450"]) }
        #expect(error.consequence == .tryAgain)
        #expect(try await send(to: ["refuse550"]) == ["refuse550"])
        #expect(try desk.events().isEmpty)
    }

    private func failure(_ body: () async throws -> [String]) async throws -> TransferError {
        try #require(await #expect(throws: TransferError.self) { _ = try await body() })
    }
}
