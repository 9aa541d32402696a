import Intake
import Postgres

/// The statements that merge one kind's staged records into the facts.
struct Merge: Sendable {
    /// Create what records refer to by name.
    let references: [StaticString]
    /// Waits for whoever else is changing the same records, so that what follows sees their result.
    var lock: StaticString?
    /// Mark records that contradict what is known as refused, with a reason.
    let refuse: [StaticString]
    /// Creates or updates one record of each reference and marks it; run until every record is marked.
    let merge: StaticString

    static func of(_ kind: IntakeKind) -> Merge {
        switch kind {
        case .customers: customerMerge
        case .accounts: accountMerge
        case .agents: agentMerge
        case .complaints: complaintMerge
        case .interactions: interactionMerge
        case .stops: stopMerge
        case .contacts: contactMerge
        }
    }
}

/// What became of one record.
public struct MergedRecord: Sendable, Equatable {
    /// What was done with a record.
    public enum Status: String, Sendable {
        case created, updated, unchanged, refused
    }

    /// The record's line in its file, or its place in its request.
    public let line: Int
    /// The caller's reference.
    public let ref: String
    /// What was done.
    public let status: Status
    /// Why it was refused.
    public let reason: String?
}

/// Merges batches of one kind's records, all in the transaction of its import.
public struct MergeSession: Sendable {
    fileprivate let kind: IntakeKind
    fileprivate let zone: String?
    fileprivate let key: SuppressionKey?
    fileprivate let connection: PostgresConnection

    /// Merges records: good ones are taken, bad ones are refused one by one.
    ///
    /// - Parameter copyText: The records as `Intake` writes them: PostgreSQL's COPY text for the kind's staging table.
    /// - Returns: What became of each record, by line.
    public func merge(_ copyText: [UInt8]) async throws -> [MergedRecord] {
        copyText.isEmpty ? [] : try await mergeStaged(kind, copyText, zone: zone, key: key, on: connection)
    }
}

extension Store {
    /// Imports records in as many batches as the body likes, in one transaction: if the body throws, nothing is kept.
    ///
    /// - Parameters:
    ///   - zone: The time zone of local times in the records; the organisation's by default.
    ///   - dryRun: Whether to undo everything at the end and only tell what would have happened.
    public func importing<R: Sendable>(
        _ kind: IntakeKind, zone: String? = nil, dryRun: Bool = false,
        _ body: @escaping @Sendable (MergeSession) async throws -> R
    ) async throws -> R {
        let key = suppressionKey
        do {
            return try await pool.transaction { connection in
                let result = try await body(MergeSession(kind: kind, zone: zone, key: key, connection: connection))
                if dryRun { throw DryRun(result: result) }
                return result
            }
        } catch let undone as DryRun<R> {
            return undone.result
        }
    }
}

/// Rolls a transaction back while keeping its result.
private struct DryRun<R: Sendable>: Error {
    let result: R
}

/// How often one reference may stand in one batch: each further time takes another round.
private let mostRounds = 50

/// Merges inside the caller's transaction.
func mergeStaged(
    _ kind: IntakeKind, _ copyText: [UInt8], zone: String?, key: SuppressionKey?,
    on connection: isolated PostgresConnection
) async throws -> [MergedRecord] {
    let staging = Staging(kind)
    let merge = Merge.of(kind)
    let erased = try await ErasedRecords.known(key: key, on: connection)
    try await connection.execute(script: staging.prepare)
    try await connection.query(
        "select set_config('TimeZone', coalesce($1, (select time_zone from organisation)), true)", zone)
    let staged = try await connection.copyIn(staging.copy) { try await $0.write(copyText) }
    // The planner knows nothing of a fresh temporary table; for a few rows its guess is good enough.
    if staged > 1000 { try await connection.query(staging.analyze) }
    var merged = try await erased?.refuse(kind, on: connection) ?? 0
    for statement in merge.references { try await connection.query(statement) }
    var round = 0
    while merged < staged {
        round += 1
        if round > mostRounds {
            try await connection.query(staging.refuseRest)
            break
        }
        if let lock = merge.lock { try await connection.query(lock) }
        for statement in merge.refuse { merged += try await connection.query(statement).affected }
        merged += try await connection.query(merge.merge).affected
    }
    try await erased?.stopReturned(kind, on: connection)
    if kind == .complaints || kind == .interactions {
        try await connection.query("select pg_notify('resolutions', '')")
    }
    return try await connection.query(staging.statuses).decode(Int.self, String.self, String.self, String?.self)
        .map { line, ref, status, reason in
            MergedRecord(line: line, ref: ref, status: .init(rawValue: status) ?? .refused, reason: reason)
        }
}
