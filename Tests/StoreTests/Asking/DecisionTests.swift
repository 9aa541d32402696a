import Feedback
import Foundation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.migrated) struct DecisionTests {
    @Test func everyResolutionGetsExactlyOneDecisionHoweverManyDecide() async throws {
        let store = try TestDatabase.store
        let items = (0..<500).map { number in
            #"{"ref": "i\#(number)", "customer": "c\#(number)", "started_at": "2026-11-20T10:00:00Z"}"#
        }
        try await store.take(.interactions, "[\(items.joined(separator: ","))]")
        let counts = try await withThrowingTaskGroup(of: DecisionCounts.self) { group in
            for _ in 0..<4 { group.addTask { try await store.decideDueResolutions(now: .test) } }
            return try await group.reduce(into: [DecisionCounts]()) { $0.append($1) }
        }
        #expect(counts.map(\.invited).reduce(0, +) == 500)
        #expect(try await store.decideDueResolutions(now: .test) == DecisionCounts())
        #expect(try await rules() == ["invite": 500])
    }

    @Test func aContactIsAskedAboutOnceAndStrangersNot() async throws {
        let store = try TestDatabase.store
        try await store.take(
            .interactions,
            """
            [{"ref": "leg1", "contact": "t1", "customer": "c1", "started_at": "2026-11-20T10:00:00Z"},
             {"ref": "leg2", "contact": "t1", "customer": "c1", "started_at": "2026-11-20T10:05:00Z"},
             {"ref": "i3", "started_at": "2026-11-20T10:00:00Z"},
             {"ref": "i4", "customer": "c2", "complaint": "k1", "started_at": "2026-11-20T10:00:00Z"}]
            """)
        _ = try await store.decideDueResolutions(now: .test)
        #expect(try await rules() == ["invite": 1, "earlier-leg": 1, "customer-unknown": 1])
    }

    @Test func nobodyIsAskedBeforeTheDelayHasPassed() async throws {
        let store = try TestDatabase.store
        _ = try await store.publish(PolicyFile.atOnce("delay: 24h", "expiry: 24h"), now: .test)
        try await store.take(
            .interactions, #"{"ref": "i1", "customer": "c1", "started_at": "\#(Date.test.ISO8601Format())"}"#)
        #expect(try await store.decideDueResolutions(now: .test.hours(23)).invited == 0)
        #expect(try await store.decideDueResolutions(now: .test.hours(24)).invited == 1)
    }

    @Test func aComplaintThatWasReopenedIsNotAskedAbout() async throws {
        let store = try TestDatabase.store
        for (state, at) in [("resolved", "2026-11-05T10:00:00Z"), ("reopened", "2026-11-06T10:00:00Z")] {
            try await store.take(
                .complaints,
                """
                {"ref": "k1", "customer": "c1", "received_at": "2026-11-01T10:00:00Z", "state": "\(state)",
                 "state_at": "\(at)"}
                """)
        }
        _ = try await store.decideDueResolutions(now: .test)
        #expect(try await rules() == ["reopened": 1])
    }

    @Test func aComplaintIsAttributedToTheLastAgentBeforeItsClosing() async throws {
        let store = try TestDatabase.store
        try await store.take(.agents, #"[{"ref": "Ana", "team": "Early"}, {"ref": "Ben", "team": "Late"}]"#)
        try await store.take(
            .interactions,
            """
            [{"ref": "i1", "customer": "c1", "complaint": "k1", "agent": "Ana", "started_at": "2026-11-02T10:00:00Z"},
             {"ref": "i2", "customer": "c1", "complaint": "k1", "agent": "Ben", "started_at": "2026-11-03T10:00:00Z"},
             {"ref": "i3", "customer": "c1", "complaint": "k1", "agent": "Ana", "started_at": "2026-11-09T10:00:00Z"}]
            """)
        try await store.take(
            .complaints,
            """
            {"ref": "k1", "customer": "c1", "received_at": "2026-11-01T10:00:00Z", "state": "resolved",
             "state_at": "2026-11-05T10:00:00Z"}
            """)
        _ = try await store.decideDueResolutions(now: .test)
        #expect(try await attribution() == "Ben of Late")
        // Moving, renaming and retiring the agent later moves nothing.
        try await store.take(.agents, #"{"ref": "Ben", "team": "Early", "active": false}"#)
        #expect(try await attribution() == "Ben of Late")
    }

    @Test func theDatabaseRefusesToChangeAttribution() async throws {
        let store = try TestDatabase.store
        _ = try await store.invite(1)
        await #expect { try await store.pool.query("update invitation set agent_id = null") } throws: { error in
            (error as? PostgresError)?.constraint == "invitation_is_frozen"
        }
        await #expect(throws: PostgresError.self) { try await store.pool.query("delete from agent") }
    }

    @Test(arguments: [("es-MX", "es"), ("AR", "ar"), ("fr", "en")])
    func theCustomersLanguageIsUsedWhereTheSurveyHasIt(wish: String, language: String) async throws {
        let store = try TestDatabase.store
        try await store.take(.customers, #"{"ref": "c1", "language": "\#(wish)"}"#)
        try await store.take(.interactions, #"{"ref": "i1", "customer": "c1", "started_at": "2026-11-20T10:00:00Z"}"#)
        _ = try await store.decideDueResolutions(now: .test)
        #expect(try await store.attributions(issuedAt: .test).map(\.language) == [language])
    }

    @Test func openInvitationsArePagedNewestFirst() async throws {
        let store = try TestDatabase.store
        let ids = try await store.invite(5)
        let first = try await store.invitations(onlyOpen: true, limit: 2, now: .test)
        let second = try await store.invitations(onlyOpen: true, before: first.last?.id, limit: 10, now: .test)
        #expect((first + second).map(\.id) == ids.reversed())
        let later = Date.test.days(14)
        #expect(try await store.invitations(onlyOpen: true, limit: 10, now: later).isEmpty)
        #expect(
            try await store.invitations(onlyOpen: false, limit: 10, now: later).map(\.state)
                == Array(repeating: .expired, count: 5))
    }

    @Test func aHoldIsJudgedAgainAndBecomesOneDecision() async throws {
        let store = try TestDatabase.store
        _ = try await store.publish(
            PolicyFile.atOnce("quiet_hours: {open: \"08:00-12:00\"}", "channels: [email]"), now: .test)
        try await store.take(
            .customers,
            #"{"ref": "c1", "email": "c1@example.com", "email_basis": "used", "time_zone": "Europe/London"}"#)
        try await store.take(.interactions, #"{"ref": "i1", "customer": "c1", "started_at": "2026-11-23T10:00:00Z"}"#)
        // It is noon in London, when the hours are over.
        let held = try await store.decideDueResolutions(now: .test)
        #expect((held.invited, held.held, held.skipped) == (0, 1, 0))
        #expect(try await store.decideDueResolutions(now: .test.hours(19)) == DecisionCounts())
        #expect(try await store.decideDueResolutions(now: .test.hours(20)).invited == 1)
        let history = try #require(try await store.decisionHistories(of: "i1").first)
        #expect(history.steps.map(\.kind) == [.resolved, .held, .invited, .queued])
        #expect(history.steps[1].rule == "quiet-hours")
        #expect(history.steps[1].until == .test.hours(20))
        #expect(history.steps[1].inputs["zones"] == "Europe/London")
        #expect(history.steps[2].inputs == ["channels": "email"])
    }

    @Test func restsHoldAcrossBatchesAndWithinOne() async throws {
        let store = try TestDatabase.store
        _ = try await store.publish(PolicyFile.atOnce("customer_rest: 30d"), now: .test)
        func call(_ ref: String, _ customer: String) async throws {
            try await store.take(
                .interactions, #"{"ref": "\#(ref)", "customer": "\#(customer)", "started_at": "2026-11-20T10:00:00Z"}"#)
        }
        try await call("i1", "c1")
        try await call("i2", "c1")
        try await call("i3", "c2")
        let first = try await store.decideDueResolutions(now: .test)
        #expect((first.invited, first.skipped) == (2, 1))
        try await call("i4", "c2")
        #expect(try await store.decideDueResolutions(now: .test.days(1)).skipped == 1)
        #expect(try await rules() == ["invite": 2, "customer-asked-recently": 2])
        let inputs = try await TestDatabase.store.pool.query(
            "select inputs ->> 'asked' from decision where rule <> 'invite' order by resolution_id"
        ).decode(String.self)
        #expect(inputs == ["2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z"])
    }

    @Test func manyDecidersTogetherKeepTheRest() async throws {
        let store = try TestDatabase.store
        _ = try await store.publish(PolicyFile.atOnce("customer_rest: 30d"), now: .test)
        let items = (0..<600).map { number in
            #"{"ref": "i\#(number)", "customer": "c\#(number % 50)", "started_at": "2026-11-20T10:00:00Z"}"#
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for part in 0..<6 {
                let json = "[\(items[part * 100..<part * 100 + 100].joined(separator: ","))]"
                group.addTask {
                    try await store.take(.interactions, json)
                    _ = try await store.decideDueResolutions(now: .test)
                }
            }
            try await group.waitForAll()
        }
        _ = try await store.decideDueResolutions(now: .test)
        #expect(try await rules() == ["invite": 50, "customer-asked-recently": 550])
    }

    @Test func stopsAndReportedContactsAreKnownWhenDeciding() async throws {
        let store = try TestDatabase.store
        _ = try await store.publish(PolicyFile.atOnce("contact_cap: {contacts: 2, within: 7d}"), now: .test)
        #expect(
            try await store.take(
                .stops,
                """
                [{"ref": "s1", "customer": "c1", "kind": "breathing-space", "starts_at": "2026-11-01T00:00:00Z"},
                 {"ref": "s2", "customer": "c2", "kind": "breathing-space", "starts_at": "2026-09-01T00:00:00Z"},
                 {"ref": "s3", "customer": "c3", "kind": "vulnerable", "starts_at": "2026-11-01T00:00:00Z",
                  "ends_at": "2026-10-01T00:00:00Z"}]
                """)
                == [
                    "created", "created",
                    "it ends at 2026-10-01 00:00:00+00, not after its start at 2026-11-01 00:00:00+00",
                ])
        try await store.take(
            .contacts,
            """
            [{"ref": "x1", "customer": "c4", "contacted_at": "2026-11-22T10:00:00Z"},
             {"ref": "x2", "customer": "c4", "contacted_at": "2026-11-23T10:00:00Z"},
             {"ref": "x3", "customer": "c5", "contacted_at": "2026-11-16T10:00:00Z"},
             {"ref": "x4", "customer": "c5", "contacted_at": "2026-11-23T10:00:00Z"}]
            """)
        for customer in 1...5 {
            try await store.take(
                .interactions,
                #"{"ref": "i\#(customer)", "customer": "c\#(customer)", "started_at": "2026-11-20T10:00:00Z"}"#)
        }
        let counts = try await store.decideDueResolutions(now: .test)
        #expect((counts.invited, counts.held, counts.skipped) == (3, 1, 1))
        #expect(try await rules() == ["invite": 3, "breathing-space": 1])
        let history = try #require(try await store.decisionHistories(of: "i4").first)
        #expect(history.steps.last?.rule == "contact-cap")
        #expect(history.steps.last?.until == Date.test.days(6).hours(-12))
    }

    @Test func aCustomersAddressAndHoursAreCheckedAsTheyComeIn() async throws {
        let store = try TestDatabase.store
        #expect(
            try await store.take(
                .customers,
                """
                [{"ref": "c1", "country": "us", "region": "ny", "not_on": "Sunday", "contact_hours": "18:00-24:00"},
                 {"ref": "c2", "country": "usa"}, {"ref": "c3", "country": "U1"}, {"ref": "c4", "contact_hours": "21:00-08:00"},
                 {"ref": "c5", "not_on": "someday"},
                 {"ref": "c6", "not_on": "monday tuesday wednesday thursday friday saturday sunday"}]
                """)
                == [
                    "created", "country \"usa\" has 3 characters; 2 are allowed",
                    "\"U1\" is not a country; use a code like US",
                    "\"21:00-08:00\" are not hours; write them like 18:00-21:00, the first time before the second",
                    "\"someday\" must name days without contact, such as \"saturday sunday\", and leave one free",
                    "\"monday tuesday wednesday thursday friday saturday sunday\" must name days without contact, such as "
                        + "\"saturday sunday\", and leave one free",
                ])
        let kept = try await store.pool.query(
            "select own_days::text || own_opens || own_closes || country || region from customer"
        )
        .decodeOnly(String.self)
        #expect(kept == "{1,2,3,4,5,6}10801440USNY")
        // A new address needs a ground of its own.
        try await store.take(.customers, #"{"ref": "c1", "email": "a@example.com", "email_basis": "used"}"#)
        try await store.take(.customers, #"{"ref": "c1", "email": "b@example.com"}"#)
        #expect(
            try await store.pool.query("select email_basis::text from customer").decodeOnly(String?.self) == nil)
    }

    @Test func aDryRunTellsWhatWouldHaveBeenAndChangesNothing() async throws {
        let store = try TestDatabase.store
        let items = (0..<40).map { number in
            #"{"ref": "i\#(number)", "customer": "c\#(number % 20)", "started_at": "2026-11-\#(10 + number % 10)T10:00:00Z"}"#
        }
        try await store.take(.interactions, "[\(items.joined(separator: ","))]")
        try await store.take(
            .stops, #"{"ref": "s1", "customer": "c0", "kind": "minor", "starts_at": "2026-01-01T00:00:00Z"}"#)
        let tried = try PolicyFile.atOnce(
            "customer_rest: 30d", "delay: 4d", "quiet_hours: {open: \"12:00-13:00\"}", "channels: [webhook]")
        let counts = try await store.dryRun(tried.policies, since: .test.days(-30), now: .test)
        #expect(counts.resolutions == 40)
        #expect(counts.skipped == [.minor: 2, .customerAskedRecently: 19])
        #expect(counts.invited == 19)
        #expect(counts.byChannel == [.webhook: 19])
        #expect(counts.held.values.reduce(0, +) == 0)
        #expect(counts.putOff == [.quietHours: 19])
        #expect(try await store.pool.query("select count(*) from decision").decodeOnly(Int.self) == 0)
        #expect(
            try await store.pool.query("select count(*) from resolution where decided or held_until is not null")
                .decodeOnly(Int.self) == 0)
    }

    @Test func publishingTheSamePoliciesAgainChangesNothing() async throws {
        let store = try TestDatabase.store
        let file = try PolicyFile.atOnce("delay: 2h")
        let (version, isNew) = try await store.publish(file, now: .test)
        #expect(isNew)
        #expect(try await store.publish(file, now: .test) == (version, false))
        #expect(try await store.policySource(ofVersion: version) == file.source)
        await #expect(throws: UnknownSurvey.self) {
            try await store.publish(PolicyFile.atOnce("survey: nowhere"), now: .test)
        }
    }

    private func rules() async throws -> [String: Int] {
        let rows = try await TestDatabase.store.pool.query("select rule, count(*) from decision group by rule")
        return Dictionary(uniqueKeysWithValues: try rows.decode(String.self, Int.self).map { ($0, $1) })
    }

    private func attribution() async throws -> String {
        try await TestDatabase.store.pool.query(
            """
            select agent.ref || ' of ' || team.ref
            from invitation join agent using (agent_id) join team on team.team_id = invitation.team_id
            """
        ).decodeOnly(String.self)
    }
}
