import Postgres
import TestSupport
import Testing

@Suite(.database) struct CopyTests {
    private struct BrokenProducer: Error {}

    private func prepareTable() async throws -> PostgresPool {
        let pool = try TestDatabase.current.pool
        try await pool.query("create table t (id int primary key, text text)")
        return pool
    }

    private func count(_ pool: PostgresPool) async throws -> Int {
        try await pool.query("select count(*) from t").decodeOnly(Int.self)
    }

    /// Rows as COPY text in pieces whose ends fall anywhere.
    private func pieces(_ rows: Range<Int>, size: Int) -> AsyncStream<ArraySlice<UInt8>> {
        let bytes = Array(rows.map { "\($0)\ttext of row \($0)\n" }.joined().utf8)
        return AsyncStream { stream in
            for start in stride(from: 0, to: bytes.count, by: size) {
                stream.yield(bytes[start..<min(start + size, bytes.count)])
            }
            stream.finish()
        }
    }

    @Test(arguments: [1, 1000, 1_000_000]) func piecesOfAnySizeBecomeRows(_ size: Int) async throws {
        let pool = try await prepareTable()
        let rows = size == 1 ? 500 : 50_000
        #expect(try await pool.copyIn("copy t from stdin", from: pieces(0..<rows, size: size)) == rows)
        #expect(try await count(pool) == rows)
    }

    @Test func aProducerThatFailsStoresNothingAndKeepsTheConnection() async throws {
        let pool = try await prepareTable()
        let rows = AsyncThrowingStream<[UInt8], any Error> { stream in
            stream.yield(Array("1\tone\n".utf8))
            stream.finish(throwing: BrokenProducer())
        }
        try await pool.withConnection { connection in
            let backend = try await connection.query("select pg_backend_pid()").decodeOnly(Int.self)
            await #expect(throws: BrokenProducer.self) { try await connection.copyIn("copy t from stdin", from: rows) }
            #expect(try await connection.query("select pg_backend_pid()").decodeOnly(Int.self) == backend)
        }
        #expect(try await count(pool) == 0)
    }

    @Test func aCancelledProducerStoresNothing() async throws {
        let pool = try await prepareTable()
        let (rows, producer) = AsyncStream.makeStream(of: [UInt8].self)
        producer.yield(Array("1\tone\n".utf8))
        let work = Task { try await pool.copyIn("copy t from stdin", from: rows) }
        while pool.counts.leased == 0 { await Task.yield() }
        work.cancel()
        let error = await #expect(throws: PostgresError.self) { try await work.value }
        #expect(error?.code == .cancelled)
        #expect(try await count(pool) == 0)
    }

    @Test func aRowThatIsRefusedFailsTheCopy() async throws {
        let pool = try await prepareTable()
        let error = await #expect(throws: PostgresError.self) {
            try await pool.withConnection { connection in
                try await connection.copyIn("copy t from stdin") { writer in
                    try await writer.write("1\tone\n".utf8)
                    try await writer.write("x\ttwo\n".utf8)
                    for _ in 0..<200 { try await writer.write([UInt8](repeating: 0x20, count: 100_000)) }
                }
            }
        }
        #expect(error?.sqlState == "22P02")
        #expect(error?.description.contains("\"x\"") == false)
        #expect(try await count(pool) == 0)
        #expect(pool.counts.open == 1)
    }

    @Test func statementsHaveToWaitForTheEndOfACopy() async throws {
        let pool = try await prepareTable()
        try await pool.withConnection { connection in
            try await connection.copyIn("copy t from stdin") { writer in
                let error = await #expect(throws: PostgresError.self) { try await connection.query("select 1") }
                #expect(error?.code == .misuse)
                try await writer.write("1\tone\n".utf8)
            }
        }
        #expect(try await count(pool) == 1)
    }

    @Test func whatIsCopiedOutIsWhatWasCopiedIn() async throws {
        let pool = try await prepareTable()
        try await pool.copyIn("copy t from stdin", from: pieces(0..<50_000, size: 4096))
        let (bytes, largest) = try await pool.copyOut("copy (select * from t order by id) to stdout") { chunks in
            var bytes: [UInt8] = []
            var largest = 0
            for try await chunk in chunks {
                #expect(chunk.last == UInt8(ascii: "\n"))
                largest = max(largest, chunk.count)
                bytes += chunk
            }
            return (bytes, largest)
        }
        var sent: [UInt8] = []
        for await piece in pieces(0..<50_000, size: 4096) { sent += piece }
        #expect(bytes == sent)
        #expect(largest < 128 * 1024)
    }

    @Test func leavingTheLoopEarlyKeepsTheConnection() async throws {
        let pool = try TestDatabase.current.pool
        try await pool.withConnection { connection in
            let backend = try await connection.query("select pg_backend_pid()").decodeOnly(Int.self)
            for _ in 0..<5 {
                let first = try await connection.copyOut(
                    "copy (select repeat('x', 1000), generate_series(1, 1000000000)) to stdout"
                ) { chunks in
                    for try await chunk in chunks { return chunk.count }
                    return 0
                }
                #expect(first > 0)
            }
            await #expect(throws: BrokenProducer.self) {
                try await connection.copyOut("copy (select generate_series(1, 1000000000)) to stdout") { chunks in
                    for try await _ in chunks { throw BrokenProducer() }
                }
            }
            #expect(try await connection.query("select pg_backend_pid()").decodeOnly(Int.self) == backend)
        }
    }

    @Test func cancellingTheTaskEndsACopyOut() async throws {
        let pool = try TestDatabase.current.pool
        let (started, starter) = AsyncStream.makeStream(of: Void.self)
        let work = Task {
            try await pool.copyOut("copy (select generate_series(1, 1000000000)) to stdout") { chunks in
                for try await _ in chunks { starter.yield() }
            }
        }
        for await _ in started { break }
        work.cancel()
        let error = await #expect(throws: PostgresError.self) { try await work.value }
        #expect(error?.code == .cancelled)
        #expect(try await pool.query("select 1").count == 1)
        #expect(pool.counts.open == 1)
    }

    @Test func anErrorInTheMiddleOfACopyOutIsThrown() async throws {
        let pool = try TestDatabase.current.pool
        let error = await #expect(throws: PostgresError.self) {
            try await pool.copyOut("copy (select 1 / (3000 - n) from generate_series(1, 5000) n) to stdout") { chunks in
                for try await _ in chunks {}
            }
        }
        #expect(error?.sqlState == "22012")
        #expect(pool.counts.open == 1)
    }

    @Test func whatIsNoCopyIsRefused() async throws {
        let pool = try await prepareTable()
        for sql in ["select 1", "copy t to stdout", "copy nothing from stdin"] as [StaticString] {
            await #expect(throws: PostgresError.self) {
                try await pool.copyIn(sql, from: AsyncStream<[UInt8]> { $0.finish() })
            }
            #expect(try await pool.query("select 1").count == 1)
        }
    }

    @Test func valuesReachACopyThroughATransactionsSettings() async throws {
        let pool = try await prepareTable()
        try await pool.copyIn("copy t from stdin", from: pieces(0..<100, size: 100))
        let lines = try await pool.transaction { connection in
            try await connection.query("select set_config('export.first', $1, true)", "98")
            return try await connection.copyOut(
                "copy (select id from t where id >= current_setting('export.first')::int order by id) to stdout"
            ) { chunks in
                var text: [UInt8] = []
                for try await chunk in chunks { text += chunk }
                return String(decoding: text, as: UTF8.self)
            }
        }
        #expect(lines == "98\n99\n")
    }
}
