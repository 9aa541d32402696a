import Postgres
import TestSupport
import Testing

@Suite(.database) struct TransactionTests {
    private struct Refusal: Error {}

    private func prepareTable() async throws -> PostgresPool {
        let pool = try TestDatabase.current.pool
        try await pool.query("create table t (id int primary key)")
        return pool
    }

    private func ids(_ pool: PostgresPool) async throws -> [Int] {
        try await pool.query("select id from t order by id").decode(Int.self)
    }

    @Test func aTransactionTakesEffectWhenItsBodyReturns() async throws {
        let pool = try await prepareTable()
        let count = try await pool.transaction { connection in
            try await connection.query("insert into t values (1)")
            try await connection.query("insert into t values (2)")
            #expect(try await pool.query("select * from t").isEmpty)
            return try await connection.query("select * from t").count
        }
        #expect(count == 2)
        #expect(try await ids(pool) == [1, 2])
    }

    @Test func aTransactionLeavesNothingBehindWhenItsBodyThrows() async throws {
        let pool = try await prepareTable()
        await #expect(throws: Refusal.self) {
            try await pool.transaction { connection in
                try await connection.query("insert into t values (1)")
                throw Refusal()
            }
        }
        #expect(try await ids(pool) == [])
        #expect(pool.counts.open == pool.counts.maximum || pool.counts.leased == 0)
    }

    @Test func aFailureThatTheBodyHidesIsNotCommittedSilently() async throws {
        let pool = try await prepareTable()
        let error = await #expect(throws: PostgresError.self) {
            try await pool.transaction { connection in
                try await connection.query("insert into t values (1)")
                _ = try? await connection.query("insert into t values (1)")
            }
        }
        #expect(error?.code == .transactionAborted)
        #expect(try await ids(pool) == [])
    }

    @Test func aSnapshotSeesOneMomentAndWritesNothing() async throws {
        let pool = try await prepareTable()
        try await pool.transaction(.snapshot) { connection in
            #expect(try await connection.query("select * from t").isEmpty)
            try await pool.query("insert into t values (1)")
            #expect(try await connection.query("select * from t").isEmpty)
        }
        let error = await #expect(throws: PostgresError.self) {
            try await pool.transaction(.snapshot) { connection in
                try await connection.query("insert into t values (2)")
            }
        }
        #expect(error?.sqlState == "25006")
    }

    @Test func serializableTransactionsThatContradictEachOtherMayBeTriedAgain() async throws {
        let pool = try await prepareTable()
        let error = await #expect(throws: PostgresError.self) {
            try await pool.transaction(.serializable) { connection in
                let count = try await connection.query("select * from t").count
                try await pool.transaction(.serializable) { other in
                    let count = try await other.query("select * from t").count
                    try await other.query("insert into t values ($1)", count + 100)
                }
                try await connection.query("insert into t values ($1)", count + 200)
            }
        }
        #expect(error?.isRetryable == true)
        #expect(try await ids(pool) == [100])
    }

    @Test func transactionsDoNotNest() async throws {
        let pool = try await prepareTable()
        let error = await #expect(throws: PostgresError.self) {
            try await pool.transaction { connection in
                try await connection.transaction { _ in }
            }
        }
        #expect(error?.code == .misuse)
    }

    @Test func anEmptyTransactionIsNoWork() async throws {
        let pool = try TestDatabase.current.pool
        #expect(try await pool.transaction { _ in 1 } == 1)
    }

    @Test func aTransactionLeftOpenByHandIsRolledBackOnReturn() async throws {
        let pool = try await prepareTable()
        let backend = try await pool.withConnection { connection in
            try await connection.query("begin")
            try await connection.query("insert into t values (1)")
            return try await connection.query("select pg_backend_pid()").decodeOnly(Int.self)
        }
        #expect(try await pool.query("select pg_backend_pid()").decodeOnly(Int.self) == backend)
        #expect(try await ids(pool) == [])
    }

    @Test func aScriptAndACopyJoinTheTransaction() async throws {
        let pool = try await prepareTable()
        await #expect(throws: Refusal.self) {
            try await pool.transaction { connection in
                try await connection.copyIn("copy t from stdin") { try await $0.write("7\n".utf8) }
                try await connection.execute(script: "insert into t values (8)")
                #expect(try await connection.query("select * from t").count == 2)
                throw Refusal()
            }
        }
        #expect(try await ids(pool) == [])
    }
}
