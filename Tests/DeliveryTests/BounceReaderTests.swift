import Testing

@testable import Delivery

@Suite struct BounceReaderTests {
    private let report = """
        From MAILER-DAEMON Mon Nov 23 12:00:00 2026
        Content-Type: multipart/report; report-type=delivery-status

        Reporting-MTA: dns; mx.example.com

        Final-Recipient: rfc822; Gone@Example.com
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 unknown user

        Message-ID: <hearback-17@example.test>


        """

    @Test func aReportTellsAddressStatusAndMessage() {
        #expect(
            bounces(report) == [Bounce(address: "gone@example.com", status: "5.1.1", message: 17)])
        #expect(bounces(report).map(\.isPermanent) == [true])
    }

    @Test func everyReportOfAMailboxIsFoundAndWhatIsNoneIsLeftOut() {
        let delayed = report.replacing("Action: failed", with: "Action: delayed")
        let letter = "From somebody Mon Nov 23 12:00:00 2026\nSubject: Action: failed\n\nStatus: 5.1.1 of what?\n\n"
        let full = report.replacing("5.1.1", with: "4.2.2").replacing("hearback-17", with: "other")
        let found = bounces(report + delayed + letter + full)
        #expect(found.map(\.status) == ["5.1.1", "4.2.2"])
        #expect(found.map(\.isPermanent) == [true, false])
        #expect(found.map(\.message) == [17, nil])
    }

    @Test func hostileLinesAreOnlyLines() {
        let long = String(repeating: "a", count: 5000)
        #expect(bounces("Final-Recipient: rfc822; \(long)@example.com\nAction: failed\nStatus: 5.1.1\n").isEmpty)
        #expect(bounces("Final-Recipient: nobody\nAction: failed\nStatus:\n").isEmpty)
        #expect(bounces("").isEmpty)
    }

    @Test func aWishToUnsubscribeIsReadFromTheHeadOnly() {
        var reader = BounceReader()
        let text =
            "From a\nSubject: Unsubscribe abc-123\n\nhello\n\nFrom b\nSubject: Hello\n\nSubject: unsubscribe zzz\n\n"
        var found = text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { reader.read($0) }
        if let last = reader.finish() { found.append(last) }
        #expect(found == [.unsubscribe(token: "abc-123")])
    }

    private func bounces(_ text: String) -> [Bounce] {
        var reader = BounceReader()
        var found = text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { reader.read($0) }
        if let last = reader.finish() { found.append(last) }
        return found.compactMap { if case .bounce(let bounce) = $0 { bounce } else { nil } }
    }
}
