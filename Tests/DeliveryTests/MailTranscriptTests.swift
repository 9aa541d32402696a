import Testing

@testable import Delivery

@Suite struct MailTranscriptTests {
    /// A transcript of lines that are marked `C:` for the client's and `S:` for the server's.
    private func transcript(_ lines: String...) -> MailTranscript {
        var transcript = MailTranscript()
        for line in lines {
            let bytes = Array(line.dropFirst(2).utf8) + [0x0D, 0x0A]
            if line.hasPrefix("C:") { transcript.noteCommand(bytes) } else { transcript.noteReplyLine(bytes) }
        }
        return transcript
    }

    @Test func aReplyBelongsToTheLastCommandOnly() {
        let asked = transcript("C:EHLO x", "S:250 x", "C:MAIL FROM:<a@b>", "S:450 later", "C:RCPT TO:<a@b>")
        #expect(asked.stage == .recipient)
        #expect(asked.reply == nil)
    }

    @Test func aGreetingNeedsNoCommand() {
        let greeted = transcript("S:554 go away")
        #expect(greeted.stage == .connection)
        #expect(greeted.reply == MailTranscript.Reply(code: 554, text: "go away"))
    }

    @Test func linesOfAReplyAreJoined() {
        let reply = transcript("C:RCPT TO:<a@b>", "S:550-5.1.1 no", "S:550-", "S:550 such user").reply
        #expect(reply == MailTranscript.Reply(code: 550, text: "5.1.1 no such user"))
    }

    @Test(arguments: ["S:550-unfinished", "S:", "S:5", "S:abc def", "S:-12 x", "S:099 x"])
    func whatIsNoWholeReplyIsNone(line: String) {
        #expect(transcript("C:MAIL FROM:<a@b>", line).reply == nil)
    }

    @Test(arguments: ["S:550", "S:550 ", "S:550 \u{1B}\u{7}"])
    func aReplyNeedsNoText(line: String) {
        #expect(transcript("C:MAIL FROM:<a@b>", line).reply == MailTranscript.Reply(code: 550, text: ""))
    }

    @Test func whatIsSaidAtLeaveTakingChangesNothing() {
        let left = transcript("C:RCPT TO:<a@b>", "S:550 no", "C:QUIT", "S:221 bye")
        #expect(left.stage == .recipient)
        #expect(left.reply?.code == 550)
    }

    @Test func aLineOfALoginIsNoCommand() {
        let asked = transcript("C:AUTH LOGIN", "S:334 x", "C:DATA", "S:535 no")
        #expect(asked.stage == .authentication)
        #expect(asked.hasLoggedIn)
    }

    @Test func aNewGreetingForgetsTheLogin() {
        #expect(!transcript("C:AUTH PLAIN", "S:235 ok", "C:EHLO x").hasLoggedIn)
    }

    @Test(arguments: [
        ("5.1.1 no", "5.1.1"), ("4.7.650", "4.7.650"), ("5.1 no", nil), ("5.1.1.1", nil), ("9.1.1", nil), ("", nil),
        ("5.1.x", nil), ("5..1", nil), ("5.1.1000", nil), ("no 5.1.1", nil), ("٥.1.1", nil),
    ])
    func anEnhancedCodeIsReadFromTheBeginningOfTheText(text: String, code: String?) {
        #expect(MailRefusal(code: 550, stage: .recipient, text: text).enhancedCode == code)
    }

    @Test func theDescriptionKeepsTheServersWordsToItself() {
        let refusal = MailRefusal(code: 550, stage: .recipient, text: "5.1.1 ann@customers.example unknown")
        #expect("\(TransferError.refused(refusal))" == "refused at recipient: 550 5.1.1")
    }
}
