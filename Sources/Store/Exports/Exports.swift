import Foundation
import Postgres

/// What can be exported, a row a line.
public enum ExportKind: String, Sendable, CaseIterable {
    /// Answers, by the time they were given, with the attribution that was frozen when the customer was invited.
    case responses
    /// Interactions, by their start.
    case interactions
    /// Decisions to ask or not to ask, by their time.
    case decisions

    /// The statement that copies the rows out, by time and then identifier.
    var copy: StaticString {
        switch self {
        case .responses: copyResponses
        case .interactions: copyInteractions
        case .decisions: copyDecisions
        }
    }
}

extension Store {
    /// Exports rows as CSV with a heading (RFC 4180, but for lines that end with LF), as they all were at one moment.
    ///
    /// Memory use does not depend on how much is exported, and the connection is kept until the body returns. Instants are in
    /// UTC; absent values are empty; texts that a spreadsheet might take for a formula begin with an apostrophe.
    ///
    /// The record tells of it before the first row is given out.
    ///
    /// - Parameter body: Reads the chunks; when it throws, the export ends.
    public func export<Result: Sendable>(
        _ kind: ExportKind, _ selection: ExportSelection, by actor: Actor, now: Date,
        _ body: @Sendable (PostgresCopyOut) async throws -> Result
    ) async throws -> Result {
        let event = try AuditEvent("export.\(kind.rawValue)", before: nil, after: selection.described)
        try await record(event, by: actor, now: now)
        return try await pool.transaction(.snapshot) { connection in
            try await connection.query(PostgresStatement(setSelection, parameters: selection.settings))
            return try await connection.copyOut(kind.copy, body)
        }
    }
}

let setSelection: StaticString = """
    select set_config('export.start', $1, true), set_config('export.end', $2, true), set_config('export.team', $3, true),
        set_config('export.agent', $4, true), set_config('export.portfolio', $5, true),
        set_config('export.topic', $6, true), set_config('export.channel', $7, true)
    """
