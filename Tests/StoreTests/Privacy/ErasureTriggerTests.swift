import Foundation
import Postgres
import Store
import TestSupport
import Testing

/// Rows that are never changed may lose what an erasure takes, and nothing else.
@Suite(.migrated) struct ErasureTriggerTests {
    private static let erasures: [StaticString] = [
        "update response set comment = null, comment_is_removed = true where comment is not null",
        "update decision set inputs = '{}'",
        "update hold set inputs = '{}'",
        "update invitation set expires_at = issued_at + interval '1 second'",
        "delete from customer_choice",
    ]

    private static let others: [StaticString] = [
        "update response set comment = 'nothing', comment_is_removed = false",
        "update response set comment = null",
        "update response set comment_is_removed = true",
        "update response set comment = null, comment_is_removed = true, nps = 10",
        "update response set comment = null, comment_is_removed = true, answered_at = now()",
        "delete from response",
        "truncate response cascade",
        "update decision set rule = 'invite', inputs = '{}'",
        "update decision set inputs = '{\"draw\": \"1\"}'",
        "delete from decision",
        "truncate decision cascade",
        "update hold set inputs = '{}', until = until + interval '1 day'",
        "delete from hold",
        "truncate hold",
        "update invitation set expires_at = expires_at + interval '1 second'",
        "update invitation set expires_at = issued_at + interval '1 second', agent_id = null",
        "update invitation set survey_channel = 'letter'",
        "delete from invitation",
        "truncate invitation cascade",
        "update customer_choice set opens = 1",
        "truncate customer_choice",
        "update complaint_change set at = at",
        "delete from complaint_change",
        "update survey_version set number = 9",
        "delete from policy_version",
    ]

    private func run(_ statement: StaticString, isErasing: Bool) async throws {
        try await keyedStore.pool.transaction { connection in
            if isErasing { try await connection.query("select set_config('hearback.erasing', 'x', true)") }
            try await connection.query(statement)
        }
    }

    @Test func anErasureIsLetThroughAndOnlyWithinItsTransaction() async throws {
        _ = try await fillKnownCustomer(try keyedStore)
        for statement in Self.erasures {
            await #expect(throws: PostgresError.self, "\(statement)") { try await run(statement, isErasing: false) }
            try await run(statement, isErasing: true)
            await #expect(throws: PostgresError.self, "\(statement)") { try await run(statement, isErasing: false) }
        }
    }

    @Test func nothingElseIsLetThrough() async throws {
        let store = try keyedStore
        _ = try await fillKnownCustomer(store)
        let before = try await store.everyRow().sorted()
        for statement in Self.others {
            for isErasing in [false, true] where isErasing || !"\(statement)".contains("survey_channel") {
                await #expect(throws: PostgresError.self, "\(statement)") {
                    try await run(statement, isErasing: isErasing)
                }
            }
        }
        #expect(try await store.everyRow().sorted() == before)
    }

    @Test func anAnswerOfNothingButARemovedCommentStays() async throws {
        let store = try keyedStore
        let invitation = try await store.invite(1)[0]
        let insert: StaticString = """
            insert into response (invitation_id, answered_at, language, comment, comment_is_removed)
            values ($1, now(), 'en', $2, $3)
            """
        for (comment, isRemoved) in [(nil, false), ("Kind", true)] as [(String?, Bool)] {
            await #expect(throws: PostgresError.self) {
                try await store.pool.query(insert, invitation, comment, isRemoved)
            }
        }
        try await store.pool.query(insert, invitation, "Kind", false)
        try await run(Self.erasures[0], isErasing: true)
        #expect(try await store.pool.query("select comment_is_removed from response").decodeOnly(Bool.self))
    }
}
