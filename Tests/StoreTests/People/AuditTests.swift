import Foundation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.migrated) struct AuditTests {
    private let actor = Actor(name: "person 1", network: "192.0.2.1/32")

    private func fill(_ count: Int) async throws -> Store {
        let store = try TestDatabase.store
        for number in 0..<count {
            let event = try AuditEvent(
                "person.change", of: number % 2 == 0 ? "person 7" : nil, before: ["name": "Zoë \"\(number)\""],
                after: number % 3 == 0 ? nil : ["name": "名\n\(number)"])
            try await store.record(event, by: number % 2 == 0 ? actor : .program, now: .test.hours(Double(number)))
        }
        return store
    }

    /// Does what an owner of the database could do.
    private func tamper(_ script: String) async throws {
        try await TestDatabase.current.pool.withConnection { connection in
            try await connection.execute(script: "alter table audit disable trigger user; \(script)")
        }
    }

    @Test func whatWasWrittenIsWholeAndItsRowsTellWhoDidWhat() async throws {
        let store = try await fill(12)
        guard case .whole(let count, let hash) = try await store.verifyAudit() else {
            Issue.record("the record is not whole")
            return
        }
        #expect(count == 12 && hash.count == 64)
        #expect(try await store.hasAuditHash(hash.uppercased()))
        #expect(try await !store.hasAuditHash(String(repeating: "0", count: 64)))
        let newest = try #require(try await store.auditRows(limit: 1).first)
        #expect(newest.id == 12 && newest.actor == .program && newest.after == "{\"name\":\"名\\n11\"}")
        #expect(try await store.auditRows(before: 12, limit: 100).map(\.id) == Array((1...11).reversed()))
    }

    @Test func rowsAreFoundByWhoWhatAndWhen() async throws {
        let store = try await fill(12)
        func ids(_ change: (inout AuditFilter) -> Void) async throws -> [Int64] {
            var filter = AuditFilter()
            change(&filter)
            return try await store.auditRows(matching: filter, limit: 100).map(\.id)
        }
        #expect(try await ids { $0.actor = "person 1" } == [11, 9, 7, 5, 3, 1])
        #expect(try await ids { $0.actor = "person" } == [11, 9, 7, 5, 3, 1])
        #expect(try await ids { $0.actor = "person 11" } == [])
        #expect(try await ids { $0.action = "person" }.count == 12)
        #expect(try await ids { $0.action = "person.change" }.count == 12)
        #expect(try await ids { $0.action = "per" } == [])
        try await store.setOrganisation(name: nil, timeZone: "Pacific/Auckland")
        let today = CalendarDay(.test, in: try #require(TimeZone(identifier: "Pacific/Auckland")))
        // The first row is of 1:00 there, the last of noon.
        #expect(try await ids { ($0.actor, $0.firstDay, $0.lastDay) = ("person 1", today, today) }.count == 6)
        #expect(try await ids { ($0.actor, $0.lastDay) = ("person 1", today.adding(days: -1)) } == [])
        for hostile in ["' or true --", "%", "person 1'", "$1"] {
            #expect(try await ids { $0.actor = hostile } == [])
            #expect(try await ids { $0.action = hostile } == [])
        }
    }

    @Test func anEmptyRecordIsWhole() async throws {
        let verdict = try await TestDatabase.store.verifyAudit()
        #expect(verdict == .whole(count: 0, hash: String(repeating: "0", count: 64)))
    }

    @Test(arguments: [
        ("update audit set actor = 'person 2' where audit_id = 5", 5),
        ("update audit set after = null where audit_id = 5", 5),
        ("update audit set at = at + interval '1 microsecond' where audit_id = 9", 9),
        ("update audit set network = '' where audit_id = 2", 2),
        ("delete from audit where audit_id = 4", 4), ("delete from audit where audit_id = 1", 1),
        ("delete from audit where audit_id = 12", 12), ("delete from audit where audit_id > 6", 7),
        (
            """
            update audit set audit_id = 100 where audit_id = 3; update audit set audit_id = 3 where audit_id = 4;
            update audit set audit_id = 4 where audit_id = 100
            """, 3
        ),
        (
            "insert into audit select 13, at, actor, network, action, subject, before, after, previous, hash from audit where audit_id = 12",
            13
        ),
        ("update audit set hash = sha256('x') where audit_id = 12", 12),
        ("update audit_head set count = 11", 12), ("update audit_head set hash = sha256('x')", 12),
    ])
    func whateverIsDoneToItIsFoundWhereItWasDone(script: String, row: Int64) async throws {
        let store = try await fill(12)
        try await tamper(script)
        guard case .broken(let found, let reason) = try await store.verifyAudit() else {
            Issue.record("nothing was found")
            return
        }
        #expect(found == row && !reason.isEmpty)
    }

    @Test func theServicesRoleCanWriteOnlyByTheFunctionAndChangeNothing() async throws {
        _ = try await fill(3)
        try await TestDatabase.current.pool.withConnection { connection in
            try await connection.execute(script: "set role hearback_service")
            for statement in [
                "update audit set actor = 'x'", "delete from audit", "truncate audit",
                "update audit_head set count = 0",
                "insert into audit select * from audit limit 0", "delete from audit_head",
                "alter table audit disable trigger user", "drop table audit",
                "create or replace function write_audit(timestamptz, text, text, text, text, json, json) returns bigint "
                    + "language sql return 1",
            ] {
                await #expect("\(statement)") { try await connection.execute(script: statement) } throws: { error in
                    (error as? PostgresError)?.sqlState == "42501"
                }
            }
            try await connection.execute(
                script: "select write_audit(now(), 'person 1', null, 'sign-in', null, null, null)")
            try await connection.execute(script: "reset role")
        }
        guard case .whole(let count, _) = try await TestDatabase.store.verifyAudit() else {
            Issue.record("the record is not whole")
            return
        }
        #expect(count == 4)
    }

    @Test func manyAtOnceMakeOneChain() async throws {
        let store = try TestDatabase.store
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<60 {
                group.addTask { try await store.record(AuditEvent("export \(number)"), by: .program, now: .test) }
            }
            try await group.waitForAll()
        }
        guard case .whole(let count, _) = try await store.verifyAudit() else {
            Issue.record("the record is not whole")
            return
        }
        #expect(count == 60)
    }
}
