import Foundation
import Testing

@testable import Delivery

@Suite struct MailTests {
    let desk: MailDesk
    let session = TransferSession()

    init() throws {
        desk = try MailDesk()
    }

    @Test func aMailArrivesWithItsEnvelopeAndTheServersWordIsReturned() async throws {
        let acceptance = try await session.send(desk.mail(to: "ann"), through: desk.server)
        let arrived = try #require(try desk.events().last)
        #expect(acceptance == MailAcceptance(code: 250, text: "2.0.0 queued as \(arrived.connection)"))
        #expect(arrived.sender == "ask@centre.example")
        #expect(arrived.recipients == ["ann@\(desk.domain)"])
        #expect(arrived.content == Data(plainMessage))
        #expect(arrived.name == "centre.example")
        #expect(arrived.encrypted == false)
    }

    @Test func aConnectionServesManyMails() async throws {
        for number in 0..<25 { _ = try await session.send(desk.mail(to: "n\(number)"), through: desk.server) }
        let mails = try desk.events()
        #expect(mails.map(\.recipients) == (0..<25).map { ["n\($0)@\(desk.domain)"] })
        #expect(Set(mails.map(\.connection)).count == 1)
    }

    @Test func aChangedServerGetsAConnectionOfItsOwn() async throws {
        _ = try await session.send(desk.mail(to: "ann"), through: desk.server)
        var other = desk.server
        other.greetingName = "[127.0.0.1]"
        _ = try await session.send(desk.mail(to: "ann"), through: other)
        let mails = try desk.events()
        #expect(mails.map(\.name) == ["centre.example", "[127.0.0.1]"])
        #expect(Set(mails.map(\.connection)).count == 2)
    }

    @Test func dotsAtTheBeginningOfLinesArriveAsTheyAre() async throws {
        let messages = [
            ".\r\n", "..\r\n", ".first\r\n", "\r\n.\r\n.\r\n..\r\n...\r\n", "a\r\n.b\r\n", "a\r\n.\r\nb\r\n", "\r\n",
            ".\r\nMAIL FROM:<other@centre.example>\r\n", "no line end", "a\r\n.",
        ]
        for text in messages {
            _ = try await session.send(desk.mail(to: "ann", Array(text.utf8)), through: desk.server)
            let arrived = try #require(try desk.events().last?.content)
            // The only change: SMTP has no line without an end.
            #expect(String(decoding: arrived, as: UTF8.self) == (text.hasSuffix("\r\n") ? text : text + "\r\n"))
        }
        #expect(Set(try desk.events().map(\.connection)).count == 1)
    }

    /// libcurl asks for 65,536 bytes at a time and looks for dots in each part.
    @Test(arguments: 65_525...65_545)
    func aDotOnTheBorderOfTwoPartsArrivesAsItIs(position: Int) async throws {
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 74) + [0x0D, 0x0A]
        var message = Array([[UInt8]](repeating: line, count: position / 76).joined())
        message += [UInt8](repeating: UInt8(ascii: "y"), count: position - message.count)
        message += Array("\r\n.\r\n.after\r\n".utf8)
        _ = try await session.send(desk.mail(to: "ann", message), through: desk.server)
        #expect(try desk.events().last?.content == Data(message))
    }

    @Test(arguments: [65_536, 131_072, 300_000])
    func aLargeMessageOfDotsArrivesWhole(size: Int) async throws {
        var message = [UInt8]()
        while message.count < size - 8 { message += Array(".\r\n".utf8) }
        message += [UInt8](repeating: UInt8(ascii: "e"), count: size - 2 - message.count) + [0x0D, 0x0A]
        for _ in 0..<2 { _ = try await session.send(desk.mail(to: "ann", message), through: desk.server) }
        let mails = try desk.events()
        #expect(mails.map(\.content) == [Data(message), Data(message)])
        #expect(Set(mails.map(\.connection)).count == 1)
    }

    @Test func mailsOfSeveralTasksTakeTurns() async throws {
        try await withThrowingTaskGroup { group in
            for number in 0..<20 {
                group.addTask { _ = try await session.send(desk.mail(to: "n\(number)"), through: desk.server) }
            }
            try await group.waitForAll()
        }
        let mails = try desk.events()
        #expect(Set(mails.compactMap(\.recipients)).count == 20)
        #expect(Set(mails.map(\.connection)).count == 1)
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["ann", "silentquit"])
    func aClosedSessionTakesLeaveOfTheServerWithoutWaitingForIt(name: String) async throws {
        _ = try await session.send(desk.mail(to: name), through: desk.server)
        let connection = try #require(try desk.events().last?.connection)
        await session.close()
        // The server may read it a little later.
        while try !desk.sink.events().contains(where: { $0.event == .quit && $0.connection == connection }) {
            await Task.yield()
        }
        await #expect(throws: TransferError.closed) {
            try await session.send(desk.mail(to: name), through: desk.server)
        }
        await session.close()
    }
}
