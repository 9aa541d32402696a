import Postgres
import TestSupport
import Testing

@Suite(.database) struct StatementTests {
    @Test func rowsTellWhatTheyHold() async throws {
        let pool = try TestDatabase.current.pool
        try await pool.query("create table t (id int primary key, name text)")
        let inserted = try await pool.query("insert into t select n, 'n' || n from generate_series(1, 3) n")
        #expect(inserted.affected == 3)
        #expect(inserted.isEmpty)
        let rows = try await pool.query("select id, name from t where id < $1 order by id", 3)
        #expect(rows.count == 2)
        #expect(rows.columnNames == ["id", "name"])
        #expect(try rows.decode(Int.self, String.self).map(\.1) == ["n1", "n2"])
        #expect(try rows.map { try $0.decode("name", as: String.self) } == ["n1", "n2"])
        #expect(throws: PostgresError.self) { try rows.map { try $0.decode("nome", as: String.self) } }
        #expect(try rows.decodeFirst(Int.self, String.self)?.0 == 1)
        #expect(throws: PostgresError.self) { try rows.decodeOnly(Int.self, String.self) }
        let none = try await pool.query("select id from t where false")
        #expect(try none.decodeFirst(Int.self) == nil)
        #expect(throws: PostgresError.self) { try none.decodeOnly(Int.self) }
    }

    @Test func aPipelineIsOneTransaction() async throws {
        let pool = try TestDatabase.current.pool
        try await pool.query("create table t (id int primary key)")
        let results = try await pool.pipeline([
            PostgresStatement("insert into t values ($1)", 1),
            PostgresStatement("select count(*) from t"),
            PostgresStatement("insert into t values ($1)", 2),
        ])
        #expect(try results[1].decodeOnly(Int.self) == 1)
        #expect(results.map(\.affected) == [1, 1, 1])

        let error = await #expect(throws: PostgresError.self) {
            try await pool.pipeline([
                PostgresStatement("insert into t values ($1)", 3),
                PostgresStatement("insert into t values ($1)", 1),
                PostgresStatement("insert into t values ($1)", 4),
            ])
        }
        #expect(error?.sqlState == "23505")
        #expect(error?.constraint == "t_pkey")
        #expect(error?.statement == "insert into t values ($1)")
        #expect(try await pool.query("select id from t order by id").decode(Int.self) == [1, 2])
    }

    @Test func aConstraintCheckedAtTheEndFailsThePipeline() async throws {
        let pool = try TestDatabase.current.pool
        try await pool.query("create table t (id int constraint once unique deferrable initially deferred)")
        let insert = PostgresStatement("insert into t values (1)")
        let error = await #expect(throws: PostgresError.self) { try await pool.pipeline([insert, insert]) }
        #expect(error?.constraint == "once")
        #expect(try await pool.query("select count(*) from t").decodeOnly(Int.self) == 0)
    }

    @Test func aPipelineLargerThanEverySocketBufferDoesNotStall() async throws {
        let pool = try TestDatabase.current.pool
        let text = String(repeating: "x", count: 100_000)
        let results = try await pool.pipeline((0..<200).map { PostgresStatement("select $1 || $2", text, "\($0)") })
        #expect(results.count == 200)
        #expect(try results[199].decodeOnly(String.self) == text + "199")
    }

    @Test func anEmptyPipelineIsNoWork() async throws {
        #expect(try await TestDatabase.current.pool.pipeline([]).isEmpty)
    }

    @Test func preparedStatementsFollowAChangedTable() async throws {
        let database = try TestDatabase.current
        try await database.pool.query("create table t (a int)")
        try await database.pool.query("insert into t values (1)")
        try await database.pool.withConnection { connection in
            #expect(try await connection.query("select * from t").columnNames == ["a"])
            try await connection.execute(script: "alter table t add column b text default 'new'")
            #expect(try await connection.query("select * from t").columnNames == ["a", "b"])
            try await connection.execute(script: "deallocate all")
            #expect(try await connection.query("select * from t").columnNames == ["a", "b"])
            try await connection.execute(script: "alter table t drop column a")
            let names = try await connection.transaction { connection in
                try await connection.query("select * from t").columnNames
            }
            #expect(names == ["b"])
        }
    }

    @Test func aStatementIsPreparedOnceForEachListOfTypes() async throws {
        try await TestDatabase.current.pool.withConnection { connection in
            for _ in 0..<3 {
                for value in [1, "one", Int32(1), [1]] as [any PostgresEncodable] {
                    try await connection.query(PostgresStatement("select $1 as value", parameters: [value]))
                }
            }
            let prepared = try await connection.query(
                "select count(*) from pg_prepared_statements where statement = 'select $1 as value'")
            #expect(try prepared.decodeOnly(Int.self) == 4)
        }
    }

    @Test func aStatementThatFailsToPrepareDoesNoHarm() async throws {
        let pool = try TestDatabase.current.pool
        for _ in 0..<2 {
            let error = await #expect(throws: PostgresError.self) {
                try await pool.pipeline([PostgresStatement("select 1"), PostgresStatement("select * from missing")])
            }
            #expect(error?.sqlState == "42P01")
        }
        try await pool.query("create table missing ()")
        #expect(try await pool.query("select * from missing").isEmpty)
        #expect(pool.counts.open == 1)
    }

    @Test func scriptsHoldSeveralStatementsAndTakeEffectTogether() async throws {
        let pool = try TestDatabase.current.pool
        let name = PostgresConnection.quoteIdentifier("odd \"name\"")
        try await pool.withConnection { connection in
            try await connection.execute(script: "create table \(name) (a int); insert into \(name) values (1), (2);")
            #expect(try await connection.query("select a from \"odd \"\"name\"\"\"").count == 2)
            await #expect(throws: PostgresError.self) {
                try await connection.execute(script: "insert into \(name) values (3); select 1 / 0")
            }
            #expect(try await connection.query("select a from \"odd \"\"name\"\"\"").count == 2)
        }
    }

    @Test func copyingByAnOrdinaryStatementIsRefusedAndCostsOnlyTheConnection() async throws {
        let pool = try TestDatabase.current.pool
        let error = await #expect(throws: PostgresError.self) { try await pool.query("copy (select 1) to stdout") }
        #expect(error?.code == .misuse)
        #expect(try await pool.query("select 1").count == 1)
    }
}
