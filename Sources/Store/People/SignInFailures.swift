import Foundation
import People
import Postgres

extension Store {
    /// What is stored for the counters of an attempt; costs no write, so that whoever is to wait costs little.
    ///
    /// - Parameter keys: What each counter counts by.
    public func signInFailures(_ keys: [SignInCounter: String]) async throws -> [SignInCounter: FailureCount] {
        let counters = keys.keys.sorted { $0.rawValue < $1.rawValue }
        let rows = try await pool.query(readFailures, counters.map(\.rawValue), counters.map { keys[$0] ?? "" })
        return try counts(rows)
    }

    /// Counts an attempt before it is tried, unless it has to wait; attempts at the same time count one after the other.
    ///
    /// - Returns: Until when it has to wait, or that it may be tried.
    public func countSignIn(_ keys: [SignInCounter: String], now: Date) async throws -> SignInDelay {
        let counters = keys.keys.sorted { $0.rawValue < $1.rawValue }
        let texts = counters.map { keys[$0] ?? "" }
        return try await pool.transaction { connection in
            // Rows to wait for each other at, in one order everywhere.
            try await connection.query(makeFailures, counters.map(\.rawValue), texts, now)
            let known = try counts(try await connection.query(lockFailures, counters.map(\.rawValue), texts))
            let delay = SignInDelay(known, now: now)
            guard delay == .allowed else { return delay }
            let counted = counters.map { FailureCount.counting(oneMoreThan: known[$0], $0, now: now) }
            try await connection.query(
                writeFailures, counters.map(\.rawValue), texts, counted.map(\.level), counted.map(\.at))
            return .allowed
        }
    }

    /// Takes an attempt back that succeeded.
    public func forgiveSignIn(_ keys: [SignInCounter: String], now: Date) async throws {
        let counters = keys.keys.sorted { $0.rawValue < $1.rawValue }
        let texts = counters.map { keys[$0] ?? "" }
        try await pool.transaction { connection in
            let known = try counts(try await connection.query(lockFailures, counters.map(\.rawValue), texts))
            let left = counters.map { known[$0]?.afterSuccess($0, now: now) ?? FailureCount(level: 0, at: now) }
            try await connection.query(
                writeFailures, counters.map(\.rawValue), texts, left.map(\.level), left.map(\.at))
        }
    }
}

private func counts(_ rows: PostgresRows) throws -> [SignInCounter: FailureCount] {
    let counts = try rows.decode(String.self, Double.self, Date.self).compactMap { name, level, at in
        SignInCounter(rawValue: name).map { ($0, FailureCount(level: level, at: at)) }
    }
    return Dictionary(counts) { first, _ in first }
}

private let readFailures: StaticString = """
    select counter, level, at from sign_in_failures
    join unnest($1::text[], $2::text[]) as wanted (counter, key) using (counter, key)
    """

private let makeFailures: StaticString = """
    insert into sign_in_failures (counter, key, level, at)
    select counter, key, 0, $3 from unnest($1::text[], $2::text[]) as wanted (counter, key)
    order by counter, key
    on conflict (counter, key) do nothing
    """

private let lockFailures: StaticString = """
    select counter, level, at from sign_in_failures
    join unnest($1::text[], $2::text[]) as wanted (counter, key) using (counter, key)
    order by counter, key
    for update of sign_in_failures
    """

private let writeFailures: StaticString = """
    update sign_in_failures set level = counted.level, at = counted.at
    from unnest($1::text[], $2::text[], $3::float8[], $4::timestamptz[]) as counted (counter, key, level, at)
    where sign_in_failures.counter = counted.counter and sign_in_failures.key = counted.key
    """
