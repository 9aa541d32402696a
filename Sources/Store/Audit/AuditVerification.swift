import Crypto
import Foundation
import People
import Postgres

/// What a look through the whole record found.
public enum AuditVerdict: Sendable, Equatable {
    /// Every row is as it was written; how many there are, and the hash of the last one, in hexadecimal.
    case whole(count: Int64, hash: String)
    /// The first row that is not, and what is wrong with it.
    case broken(row: Int64, reason: String)
}

extension Store {
    /// Computes the hash of every row of the record again, in this program and not in the database, and compares.
    ///
    /// - Parameter progress: Told how many rows were looked at; what it throws ends the look.
    public func verifyAudit(progress: @Sendable (Int64) throws -> Void = { _ in }) async throws -> AuditVerdict {
        // One picture of the record, however many rows come meanwhile.
        try await pool.transaction(.snapshot) { connection in
            let (count, head) = try await connection.query("select count, hash from audit_head")
                .decodeOnly(Int64.self, [UInt8].self)
            var previous = [UInt8](repeating: 0, count: 32)
            var last: Int64 = 0
            while true {
                let rows = try await connection.query(readAudit, last)
                if rows.isEmpty { break }
                for row in try rows.map(HashedRow.init) {
                    guard row.id == last + 1 else {
                        return .broken(row: last + 1, reason: "it is missing; the next one is \(row.id)")
                    }
                    guard row.previous == previous else {
                        return .broken(row: row.id, reason: "it does not follow the row before it")
                    }
                    previous = auditHash(row.fields, after: previous)
                    guard row.hash == previous else { return .broken(row: row.id, reason: "it was changed") }
                    last = row.id
                }
                try progress(last)
            }
            guard last == count else {
                let reason = last < count ? "it is missing; there were \(count) rows" : "it was added in another way"
                return .broken(row: min(last, count) + 1, reason: reason)
            }
            guard previous == head else { return .broken(row: last, reason: "it is not the row that was written last") }
            return .whole(count: count, hash: previous.hexadecimal)
        }
    }
}

extension Store {
    /// Whether a row of the record has a hash, in hexadecimal.
    public func hasAuditHash(_ hash: String) async throws -> Bool {
        try await pool.query("select exists (select from audit where encode(hash, 'hex') = lower($1))", hash)
            .decodeOnly(Bool.self)
    }
}

/// A row with the fields that its hash is over.
private struct HashedRow {
    let id: Int64
    let fields: [String?]
    let previous: [UInt8]
    let hash: [UInt8]

    init(_ row: PostgresRow) throws {
        id = try row.decode("audit_id")
        let microseconds: Int64 = try row.decode("microseconds")
        fields = [
            "\(id)", "\(microseconds)", try row.decode("actor"), try row.decode("network"), try row.decode("action"),
            try row.decode("subject"), try row.decode("before"), try row.decode("after"),
        ]
        previous = try row.decode("previous")
        hash = try row.decode("hash")
    }
}

/// The hash of a row, as `write_audit` computes it: over the hash before it, and each field with its length before it.
private func auditHash(_ fields: [String?], after previous: [UInt8]) -> [UInt8] {
    var bytes = previous
    for field in fields {
        if let field { bytes += "\(field.utf8.count):\(field),".utf8 } else { bytes += "-,".utf8 }
    }
    return Array(SHA256.hash(data: bytes))
}

private let readAudit: StaticString = """
    select audit_id, (extract(epoch from at) * 1000000)::bigint as microseconds, actor, network, action, subject,
        before::text, after::text, previous, hash
    from audit where audit_id > $1 order by audit_id limit 5000
    """
