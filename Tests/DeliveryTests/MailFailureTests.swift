import Testing

@testable import Delivery

@Suite struct MailFailureTests {
    let desk: MailDesk
    let session = TransferSession()

    init() throws {
        desk = try MailDesk()
    }

    private func failure(
        to name: String, _ message: [UInt8] = plainMessage, through server: MailServer? = nil
    ) async throws -> TransferError {
        try await DeliveryTests.failure {
            try await session.send(desk.mail(to: name, message), through: server ?? desk.server)
        }
    }

    /// Every failure leaves the session ready for the next mail.
    private func expectNextMailToArrive() async throws {
        _ = try await session.send(desk.mail(to: "next"), through: desk.server)
        #expect(try desk.events().last?.recipients == ["next@\(desk.domain)"])
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("refuse450", 450, MailStage.recipient, "4.2.1 mailbox busy", TransferError.Consequence.tryAgain),
            ("refuse550", 550, .recipient, "5.1.1 no such user here", .giveUp),
            // A server that does not answer QUIT either is not waited for.
            ("refuseandhang", 550, .recipient, "5.1.1 no such user here", .giveUp),
            ("login530", 530, .recipient, "5.7.0 log in first", .channelFault),
            ("drop421", 421, .recipient, "4.3.2 shutting down", .tryAgain),
            ("data451", 451, .data, "4.3.0 not now", .tryAgain),
            ("end451", 451, .end, "4.7.1 greylisted", .tryAgain),
            ("end554", 554, .end, "5.6.0 looks like spam", .giveUp),
        ])
    func aRefusalTellsItsStageAndConsequence(
        name: String, code: Int, stage: MailStage, text: String, consequence: TransferError.Consequence
    ) async throws {
        _ = try await session.send(desk.mail(to: "first"), through: desk.server)
        let error = try await failure(to: name)
        #expect(error == .refused(MailRefusal(code: code, stage: stage, text: text)))
        #expect(error.consequence == consequence)
        try await expectNextMailToArrive()
    }

    @Test func aRefusedSenderIsAFaultOfTheChannel() async throws {
        let error = try await DeliveryTests.failure {
            try await session.send(desk.mail(to: "ann", sender: "refused@centre.example"), through: desk.server)
        }
        #expect(error == .refused(MailRefusal(code: 553, stage: .sender, text: "5.7.1 not your address")))
        #expect(error.consequence == .channelFault)
        try await expectNextMailToArrive()
    }

    @Test func aRefusedConnectionIsAFaultOfTheChannel() async throws {
        let closed = try MailDesk(Sink("smtp_sink.py", ["--greeting", "554 5.3.2 not today"]))
        let error = try await failure(to: "ann", through: closed.server)
        #expect(error == .refused(MailRefusal(code: 554, stage: .connection, text: "5.3.2 not today")))
        #expect(error.consequence == .channelFault)
        try await expectNextMailToArrive()
    }

    @Test func aLongHostileReplyIsKeptShortAndOnOneLine() async throws {
        let error = try await failure(to: "chatty")
        guard case .refused(let refusal) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(refusal.code == 550)
        #expect(refusal.text.utf8.count <= 1000)
        #expect(refusal.text.hasPrefix("[31mgo away xxx"))
        #expect(refusal.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
        try await expectNextMailToArrive()
    }

    @Test func aConnectionLostBeforeTheEndCannotHaveDelivered() async throws {
        let error = try await failure(to: "droprcpt")
        #expect(error.kind == "lost")
        #expect(error.consequence == .tryAgain)
        try await expectNextMailToArrive()
    }

    @Test func aConnectionLostWithinALargeMessageCannotHaveDelivered() async throws {
        // More than the sockets' buffers hold, so that the loss is seen while the message is being sent.
        let line = [UInt8](repeating: 0x41, count: 998) + [0x0D, 0x0A]
        let error = try await failure(
            to: "dropindata", Array([[UInt8]](repeating: line, count: 8_000).joined()))
        #expect(error.kind == "lost")
        #expect(error.consequence == .tryAgain)
        try await expectNextMailToArrive()
    }

    @Test func aConnectionLostAfterTheEndLeavesItOpenWhetherTheMailArrived() async throws {
        let error = try await failure(to: "dropafterdata")
        #expect(error.kind == "uncertain")
        #expect(error.consequence == .mayHaveArrived)
        // It did arrive.
        #expect(try desk.events().last?.recipients == ["dropafterdata@\(desk.domain)"])
        try await expectNextMailToArrive()
    }

    @Test(arguments: [
        ("silentrcpt", TransferError.Moment.beforeEnd, TransferError.Consequence.tryAgain),
        ("silent", .afterEnd, .mayHaveArrived),
    ])
    func aTimeoutTellsWhetherTheEndWasSent(
        name: String, moment: TransferError.Moment, consequence: TransferError.Consequence
    ) async throws {
        var impatient = desk.server
        impatient.timeout = .seconds(3)
        let error = try await failure(to: name, through: impatient)
        #expect(error == .timeout(moment))
        #expect(error.consequence == consequence)
        try await expectNextMailToArrive()
    }

    @Test func nobodyListeningIsAFaultOfTheChannel() async throws {
        var nowhere = desk.server
        nowhere.port = try unusedPort()
        let error = try await failure(to: "ann", through: nowhere)
        guard case .connect(let reason) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(reason.contains("Connection refused"))
        #expect(error.consequence == .channelFault)
        try await expectNextMailToArrive()
    }

    @Test func aNameWithoutAnAddressIsAFaultOfTheChannel() async throws {
        var nowhere = desk.server
        nowhere.host = "no-such-host.invalid"
        let error = try await failure(to: "ann", through: nowhere)
        #expect(error.kind == "connect")
        #expect(error.consequence == .channelFault)
    }

    @Test func aServerThatNeverGreetsIsAFaultOfTheChannel() async throws {
        let listener = try SilentListener()
        var mute = desk.server
        mute.port = listener.port
        mute.connectTimeout = .milliseconds(500)
        let error = try await failure(to: "ann", through: mute)
        #expect(error.kind == "connect")
        #expect(error.consequence == .channelFault)
        try await expectNextMailToArrive()
    }

    @Test func theGuardHoldsForMailToo() async throws {
        let guarded = TransferSession { $0 != [127, 0, 0, 1] }
        await #expect(throws: TransferError.forbiddenAddress) {
            try await guarded.send(desk.mail(to: "ann"), through: desk.server)
        }
        #expect(try desk.events(.recipient).isEmpty)
    }

    @Test(.timeLimit(.minutes(1)), arguments: [("silentrcpt", "cancelled"), ("silent", "uncertain")])
    func aCancelledTaskEndsItsTransferAndItsConnectionIsNotUsedAgain(name: String, kind: String) async throws {
        let transfer = Task { try await session.send(desk.mail(to: name), through: desk.server) }
        try await desk.wait(for: name == "silent" ? .mail : .recipient)
        transfer.cancel()
        let error = try await DeliveryTests.failure { try await transfer.value }
        #expect(error.kind == kind)
        try await expectNextMailToArrive()
    }

    @Test(.timeLimit(.minutes(1))) func closingEndsTheTransferThatRuns() async throws {
        let transfer = Task { try await session.send(desk.mail(to: "silentrcpt"), through: desk.server) }
        try await desk.wait(for: .recipient)
        await session.close()
        await #expect(throws: TransferError.closed) { try await transfer.value }
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        let transfer = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await session.send(desk.mail(to: "ann"), through: desk.server)
        }
        await #expect(throws: TransferError.cancelled) { try await transfer.value }
        #expect(try desk.events(.recipient).isEmpty)
    }
}
