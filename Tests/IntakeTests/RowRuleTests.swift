import Testing

@testable import Intake

@Suite struct RowRuleTests {
    private func complaint(_ received: String, _ state: String, _ stateAt: String) throws -> Outcome {
        try read(.complaints, "ref,customer,received_at,state,state_at\nk1,c1,\(received),\(state),\(stateAt)\n")
    }

    @Test func aStateOtherThanReceivedNeedsItsTime() throws {
        let refusal = Refusal(
            line: 2, ref: "k1", field: "state_at",
            reason: "state_at is missing: say when the complaint was resolved")
        #expect(try complaint("2012-04-13", "resolved", "").refusals == [refusal])
        #expect(try complaint("2012-04-13", "received", "").rows.count == 1)
        #expect(try complaint("2012-04-13", "", "").rows.count == 1)
    }

    @Test func aComplaintIsNotResolvedBeforeItIsReceived() throws {
        #expect(
            try complaint("2012-04-13", "resolved", "2012-04-03").reasons
                == ["resolved on 2012-04-03, before it was received on 2012-04-13"])
        #expect(
            try complaint("2012-04-13 10:00", "confirmed", "2012-04-13 09:59:59").reasons
                == ["confirmed on 2012-04-13 09:59:59, before it was received on 2012-04-13 10:00:00"])
        #expect(try complaint("2012-04-13 10:00", "resolved", "2012-04-13 10:00").rows.count == 1)
    }

    @Test func aCallDoesNotEndBeforeItStarts() throws {
        let file =
            "ref,started_at,ended_at\ni1,2026-05-01T10:00Z,2026-05-01T11:30+02:00\ni2,2026-05-01T10:00Z,2026-05-01T09:00\n"
        let outcome = try read(.interactions, file)
        #expect(outcome.refusals.map(\.field) == ["ended_at"])
        #expect(outcome.rows.map { $0[1] } == ["i2"], "without a common zone it is for the database to compare")
    }

    @Test func missingValuesAreRefusedWithTheirFieldAndRef() throws {
        let outcome = try read(.accounts, "ref,customer,portfolio\na1,,p1\n ,c1,p1\na3,c3,p3\n")
        #expect(
            outcome.refusals == [
                Refusal(line: 2, ref: "a1", field: "customer", reason: "customer is missing"),
                Refusal(line: 3, ref: nil, field: "ref", reason: "ref is missing"),
            ])
        #expect(outcome.rows == [["4", "a3", "c3", "p3"]])
        #expect(outcome.counts.read == 3 && outcome.counts.accepted == 1 && outcome.counts.refused == 2)
    }
}
