import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite(.migrated) struct ExportTests {
    private func export(_ kind: ExportKind, _ change: (inout ExportFilter) -> Void = { _ in }) async throws -> String {
        var filter = ExportFilter()
        change(&filter)
        let store = try TestDatabase.store
        let bytes = try await store.export(kind, try await store.exportSelection(filter), by: .program, now: .test) {
            rows in
            try await rows.reduce(into: [UInt8]()) { $0 += $1 }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func answer(_ invitation: Int64, _ answers: Answers, at now: Date = .test) async throws {
        let outcome = try await TestDatabase.store.submitAnswers(
            [Submission(invitation: invitation, surveyVersion: 1, language: "en", answers: answers)], now: now)
        try #require(outcome == [.stored])
    }

    @Test func everyKindHasItsColumnsAlsoWithoutRows() async throws {
        #expect(
            try await export(.responses) == """
                invitation,answered_at,issued_at,survey,survey_version,language,nps,csat,ces,ces_points,\
                ces_lower_is_better,resolved,choices,comment,customer,complaint,interaction,agent,team,portfolio,topic,\
                channel

                """)
        #expect(
            try await export(.interactions) == """
                ref,contact,started_at,ended_at,customer,account,agent,team,portfolio,topic,complaint,channel,direction,\
                queue,outcome,handled,planned,talk_seconds,hold_seconds,wrap_seconds

                """)
        #expect(
            try await export(.decisions) == """
                resolution,resolved_at,complaint,interaction,customer,outcome,rule,decided_at,invitation,agent,team,\
                portfolio,topic,channel

                """)
    }

    @Test func zeroIsWrittenAndWhatIsAbsentIsEmpty() async throws {
        let ids = try await TestDatabase.store.invite(2)
        try await answer(ids[0], Answers(nps: 0, ces: 1, resolved: false))
        try await answer(ids[1], Answers(nps: nil, csat: 5), at: .test.hours(1.5))
        let rows = csvRecords(try await export(.responses))
        #expect(
            rows.first == [
                "invitation": "\(ids[0])", "answered_at": "2026-11-23T12:00:00Z", "issued_at": "2026-11-23T12:00:00Z",
                "survey": "after-contact", "survey_version": "1", "language": "en", "nps": "0", "csat": "", "ces": "1",
                "ces_points": "5", "ces_lower_is_better": "true", "resolved": "false", "choices": "", "comment": "",
                "customer": "c0", "complaint": "", "interaction": "i0", "agent": "A1", "team": "", "portfolio": "Cards",
                "topic": "Payment plan", "channel": "phone",
            ])
        #expect(rows.map { $0["nps"] } == ["0", ""] && rows.map { $0["csat"] } == ["", "5"])
        #expect(rows[1]["answered_at"] == "2026-11-23T13:30:00Z" && rows[1]["ces_lower_is_better"] == "")
    }

    @Test func whatCustomersWriteComesBackAsItWasButForFormulas() async throws {
        let plain = [
            "a,b", "say \"no\"", "two\nlines", "two\r\nlines", "\"", "\\.", "\\N", " blank ", "'quoted'",
            "ñ 💳 شكرا\u{202E}",
            "<script>alert(1)</script>", String(repeating: "x", count: 4000), "1,5", "\u{FEFF}mark",
        ]
        let formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=\"a\",b"]
        let comments = plain + formulas
        let ids = try await TestDatabase.store.invite(comments.count)
        for (id, comment) in zip(ids, comments) { try await answer(id, Answers(nps: 1, comment: comment)) }
        let read = csvRecords(try await export(.responses)).compactMap { $0["comment"] }
        #expect(read == plain + formulas.map { "'" + $0 })
    }

    @Test func referencesAreNeutralisedAndNumbersAreNot() async throws {
        let store = try TestDatabase.store
        try await store.take(
            .interactions,
            """
            {"ref": "=i", "customer": "+491", "agent": "@a", "topic": "-t", "portfolio": "=p", "queue": "=q",
             "contact": "-c", "started_at": "2026-11-20T10:00:00Z", "talk_seconds": 0}
            """)
        _ = try await store.decideDueResolutions(now: .test)
        let row = try #require(csvRecords(try await export(.interactions)).first)
        #expect(
            ["ref", "customer", "agent", "topic", "portfolio", "queue", "contact"].allSatisfy { row[$0]?.first == "'" })
        #expect((row["talk_seconds"], row["started_at"], row["handled"]) == ("0", "2026-11-20T10:00:00Z", "true"))
        let decision = try #require(csvRecords(try await export(.decisions)).first)
        #expect(decision["interaction"] == "'=i" && decision["agent"] == "'@a")
        #expect(decision["outcome"] == "invite" && decision["resolution"] == "1" && decision["invitation"] == "1")
    }

    @Test func daysAreTheOrganisationsAlsoWhenClocksChange() async throws {
        let store = try TestDatabase.store
        try await store.setOrganisation(name: nil, timeZone: "America/New_York")
        // 1 November 2026 has 25 hours there: from 04:00 to 05:00 UTC of the next day.
        let starts = ["01T03:59:59Z", "01T04:00:00Z", "02T04:59:59Z", "02T05:00:00Z"]
        for start in starts {
            try await store.take(.interactions, #"{"ref": "\#(start)", "started_at": "2026-11-\#(start)"}"#)
        }
        func refs(_ first: String?, _ last: String?) async throws -> [String?] {
            let text = try await export(.interactions) { filter in
                (filter.firstDay, filter.lastDay) = (
                    first.flatMap { CalendarDay($0) }, last.flatMap { CalendarDay($0) }
                )
            }
            return csvRecords(text).map { $0["ref"] }
        }
        #expect(try await refs("2026-11-01", "2026-11-01") == [starts[1], starts[2]])
        #expect(try await refs("2026-11-02", nil) == [starts[3]])
        #expect(try await refs(nil, "2026-10-31") == [starts[0]])
        #expect(try await refs(nil, nil) == starts)
        #expect(try await refs("0000-01-01", "9999-12-31") == starts)
    }

    @Test func attributionIsTheInvitationsAndFiltersGoByIt() async throws {
        let store = try TestDatabase.store
        try await store.take(.agents, #"[{"ref": "A1", "team": "North"}, {"ref": "A2", "team": "South"}]"#)
        let ids = try await store.invite(2)
        try await answer(ids[0], Answers(nps: 9))
        // Neither a moved agent nor a corrected interaction moves an answer.
        try await store.take(.agents, #"{"ref": "A1", "team": "South"}"#)
        try await store.take(
            .interactions,
            #"{"ref": "i0", "agent": "A2", "topic": "Other", "started_at": "\#(Date.test.hours(-1).ISO8601Format())"}"#)
        func count(_ kind: ExportKind, _ change: (inout ExportFilter) -> Void) async throws -> Int {
            csvRecords(try await export(kind, change)).count
        }
        #expect(try await count(.responses) { $0.team = "North" } == 1)
        #expect(try await count(.responses) { $0.team = "South" } == 0)
        #expect(try await count(.responses) { $0.agent = "A1" } == 1)
        #expect(try await count(.responses) { $0.agent = "A2" } == 0)
        #expect(try await count(.responses) { $0.topic = "Payment plan" } == 1)
        #expect(try await count(.responses) { $0.topic = "Other" } == 0)
        #expect(try await count(.responses) { $0.portfolio = "Cards" } == 1)
        #expect(try await count(.responses) { $0.channel = "phone" } == 1)
        #expect(try await count(.responses) { $0.channel = "email" } == 0)
        #expect(try await count(.interactions) { $0.agent = "A2" } == 1)
        #expect(try await count(.interactions) { $0.team = "South" } == 1)
        #expect(try await count(.decisions) { $0.team = "North" } == 2)
        #expect(
            try await count(.decisions) {
                $0.team = "North"
                $0.channel = "email"
            } == 0)
    }

    @Test func decisionsNameWhatTheyWereAbout() async throws {
        let store = try TestDatabase.store
        try await store.take(.agents, #"[{"ref": "A1", "team": "North"}, {"ref": "A2", "team": "South"}]"#)
        for (state, at) in [("resolved", "2026-11-05T10:00:00Z"), ("reopened", "2026-11-06T10:00:00Z")] {
            try await store.take(
                .complaints,
                """
                {"ref": "k1", "customer": "c1", "agent": "A2", "channel": "email", "topic": "Fees",
                 "received_at": "2026-11-01T10:00:00Z", "state": "\(state)", "state_at": "\(at)"}
                """)
        }
        try await store.take(
            .complaints,
            """
            {"ref": "k2", "customer": "c2", "received_at": "2026-11-01T10:00:00Z", "state": "resolved",
             "state_at": "2026-11-07T10:00:00Z"}
            """)
        try await store.take(
            .interactions,
            """
            [{"ref": "i1", "agent": "A1", "started_at": "2026-11-08T10:00:00Z"},
             {"ref": "i2", "customer": "c2", "agent": "A1", "complaint": "k2", "started_at": "2026-11-02T10:00:00Z"}]
            """)
        _ = try await store.decideDueResolutions(now: .test)
        let rows = csvRecords(try await export(.decisions))
        #expect(rows.map { $0["rule"] } == ["reopened", "invite", "customer-unknown"])
        #expect(rows.map { $0["outcome"] } == ["skip", "invite", "skip"])
        #expect(rows.map { $0["complaint"] } == ["k1", "k2", ""])
        #expect(rows.map { $0["interaction"] } == ["", "i2", "i1"])
        #expect(rows.map { $0["customer"] } == ["c1", "c2", ""])
        #expect(rows.map { $0["agent"] } == ["A2", "A1", "A1"])
        #expect(rows.map { $0["team"] } == ["South", "North", "North"])
        #expect(rows.map { $0["channel"] } == ["email", "phone", "phone"])
        #expect(rows.map { $0["invitation"] } == ["", "1", ""])
        #expect(rows.map { $0["resolved_at"] }.first == "2026-11-05T10:00:00Z")
        let south = try await export(.decisions) { $0.team = "South" }
        #expect(csvRecords(south).map { $0["complaint"] } == ["k1"])
    }

    @Test func whatIsUnknownIsRefusedWithWhatThereIs() async throws {
        let store = try TestDatabase.store
        try await store.take(.agents, #"[{"ref": "A1", "team": "North"}, {"ref": "A2", "team": "South"}]"#)
        let refused: [(change: (inout ExportFilter) -> Void, words: String)] = [
            ({ $0.team = "West" }, "there is no team \"West\"; there are: North, South"),
            ({ $0.agent = "" }, "there is no agent \"\"; there are: A1, A2"),
            ({ $0.portfolio = "Cards" }, "there is no portfolio \"Cards\"; none is known yet"),
            ({ $0.topic = "a\u{0}" }, "there is no topic \"a\u{0}\"; none is known yet"),
            (
                { $0.channel = "Phone" },
                """
                there is no channel "Phone"; there are: chat, email, fax, in_person, letter, other, phone, referral, sms, \
                social, web
                """
            ),
            (
                { ($0.firstDay, $0.lastDay) = (CalendarDay("2026-11-02"), CalendarDay("2026-11-01")) },
                "the period ends (2026-11-01) before it starts (2026-11-02)"
            ),
        ]
        for (change, words) in refused {
            await #expect { try await export(.responses, change) } throws: {
                ($0 as? ExportRefusal)?.description == words
            }
        }
    }

    @Test func aReaderThatStopsGivesTheConnectionBackAsItWas() async throws {
        struct Enough: Error {}
        let store = try TestDatabase.store
        try await store.pool.query(
            """
            insert into interaction (ref, contact, channel, direction, handled, started_at, ended_at, talk_seconds,
                hold_seconds, wrap_seconds)
            select n, repeat('x', 200), 'phone', 'inbound', true, $1, $1, 0, 0, 0 from generate_series(1, 20000) n
            """, Date.test)
        var filter = ExportFilter()
        filter.channel = "phone"
        let selection = try await store.exportSelection(filter)
        await #expect(throws: Enough.self) {
            try await store.export(.interactions, selection, by: .program, now: .test) { rows in
                for try await _ in rows { throw Enough() }
            }
        }
        #expect(store.pool.counts.leased == 0)
        // Of the filter nothing is left in the session either.
        let left = try await store.pool.query("select coalesce(export_setting('channel'), 'none')").decodeOnly(
            String.self)
        #expect(left == "none" && store.pool.counts.open == 1)
        // No cell of these holds a line end: lines are rows, and the heading.
        #expect(try await export(.interactions).utf8.count { $0 == UInt8(ascii: "\n") } == 20_001)
    }
}
