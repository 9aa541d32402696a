import Foundation
import Postgres

/// What a manager said to an agent about a month, in its newest version, and what the agent replied.
public struct AgentNote: Sendable, Equatable, Identifiable {
    /// The number by which it is replied to.
    public let id: Int64
    /// The month's first day.
    public let month: CalendarDay
    /// How often it was written.
    public let version: Int
    /// The note.
    public let words: String
    /// When it was written.
    public let writtenAt: Date
    /// Who wrote it.
    public let writtenBy: String
    /// The replies to all of its versions, oldest first.
    public let replies: [Reply]

    /// A reply.
    public struct Reply: Sendable, Equatable {
        /// The reply.
        public let words: String
        /// When it was written.
        public let writtenAt: Date
    }
}

/// What became of an attempt to write.
public enum NoteOutcome: Sendable, Equatable {
    case written
    /// There are so many that no more are taken.
    case tooMany
    /// The person does not see the agent, or is not the agent.
    case notTheirs
}

extension Store {
    /// Writes a note about a month, or a further version of it.
    ///
    /// - Parameters:
    ///   - month: Any day of it.
    ///   - teams: The teams that the person sees; nil for everything.
    public func writeAgentNote(
        to agent: Int32, about month: CalendarDay, words: String, by person: Int32, seeing teams: [Int32]?,
        network: String?, now: Date
    ) async throws -> NoteOutcome {
        let first = month.firstOfMonth(after: 0)
        return try await refusingTooMany("agent_note_version_range") {
            try await pool.transaction { connection in
                // Whoever writes at the same time waits here, so that versions follow each other.
                let isSeen = try await connection.query(
                    """
                    select true from agent where agent_id = $1 and ($2::int[] is null or team_id = any ($2)) for update
                    """, agent, teams
                ).decodeFirst(Bool.self)
                guard isSeen == true else { return .notTheirs }
                let version = try await connection.query(addNote, agent, first, words, now, person)
                    .decodeOnly(Int.self)
                let event = try AuditEvent(
                    "note.write", of: "agent \(agent)",
                    before: version > 1 ? NoteVersion(month: "\(first)", version: version - 1) : nil,
                    after: NoteVersion(month: "\(first)", version: version))
                try await connection.query(.record(event, by: .person(person, network: network), now: now))
                return .written
            }
        }
    }

    /// Replies to a note.
    ///
    /// - Parameter person: Somebody who is the agent it was written to.
    public func replyToAgentNote(
        _ id: Int64, words: String, by person: Int32, network: String?, now: Date
    ) async throws -> NoteOutcome {
        try await refusingTooMany("agent_note_reply_number_range") {
            try await pool.transaction { connection in
                let agent = try await connection.query(findOwnNote, id, person).decodeFirst(Int32.self)
                guard let agent else { return .notTheirs }
                let number = try await connection.query(addReply, id, words, now, person).decodeOnly(Int.self)
                let event = try AuditEvent(
                    "note.reply", of: "agent \(agent)", before: nil, after: ["note": id, "reply": Int64(number)])
                try await connection.query(.record(event, by: .person(person, network: network), now: now))
                return .written
            }
        }
    }

    private func refusingTooMany(
        _ constraint: String, _ write: () async throws -> NoteOutcome
    ) async throws -> NoteOutcome {
        do { return try await write() } catch let error as PostgresError where error.constraint == constraint {
            return .tooMany
        }
    }
}

private struct NoteVersion: Encodable {
    let month: String
    let version: Int
}

private let addNote: StaticString = """
    insert into agent_note (agent_id, month, version, words, written_at, written_by)
    select $1, $2, 1 + coalesce(max(version), 0), $3, $4, $5 from agent_note where agent_id = $1 and month = $2
    returning version
    """

/// The note of an agent that somebody is, held so that replies follow each other.
private let findOwnNote: StaticString = """
    select agent.agent_id
    from agent_note n join agent using (agent_id) join person p using (agent_id)
    where n.agent_note_id = $1 and p.person_id = $2 and p.role = 'agent' and p.disabled_at is null
    for update of agent
    """

private let addReply: StaticString = """
    insert into agent_note_reply (agent_note_id, number, words, written_at, written_by)
    select $1, 1 + coalesce(max(number), 0), $2, $3, $4 from agent_note_reply where agent_note_id = $1
    returning number
    """

/// The newest version of each month's note to an agent ($1), newest month first, at most so many ($2).
let listNotes: StaticString = """
    select distinct on (month) n.agent_note_id, month, version, words, written_at, person.name as writer
    from agent_note n join person on person.person_id = n.written_by
    where n.agent_id = $1
    order by month desc, version desc
    limit $2
    """

/// The replies to all versions of an agent's ($1) notes.
let listReplies: StaticString = """
    select month, reply.words, reply.written_at
    from agent_note n join agent_note_reply reply using (agent_note_id)
    where n.agent_id = $1
    order by month, reply.written_at, version, number
    """

extension AgentNote {
    /// Joins notes with their replies.
    static func notes(_ rows: PostgresRows, replies: PostgresRows) throws -> [AgentNote] {
        let replied = Dictionary(
            grouping: try replies.decode(CalendarDay.self, String.self, Date.self), by: \.0)
        return try rows.map { row in
            let month: CalendarDay = try row.decode("month")
            return AgentNote(
                id: try row.decode("agent_note_id"), month: month, version: try row.decode("version"),
                words: try row.decode("words"), writtenAt: try row.decode("written_at"),
                writtenBy: try row.decode("writer"),
                replies: (replied[month] ?? []).map { Reply(words: $0.1, writtenAt: $0.2) })
        }
    }
}
