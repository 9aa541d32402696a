import Feedback
import Foundation
import Intake
import Postgres
import Store
import Testing

extension Trait where Self == DatabaseTrait {
    /// A database with all migrations and the standard survey, whose policy asks at once.
    public static var migrated: DatabaseTrait { .database(migratedTemplate) }
}

private let migratedTemplate = TestCluster.template(named: "migrated") { conninfo in
    let pool = PostgresPool(conninfo: conninfo, logger: TestCluster.logger)
    let run = Task { await pool.run() }
    try await Migrator().migrate(pool, now: .test)
    let store = Store(pool: pool)
    _ = try await store.publish(SurveyFile.standard(), now: .test)
    _ = try await store.publish(PolicyFile.atOnce(), now: .test)
    // Each test's record begins with what the test itself does.
    try await pool.withConnection { try await $0.execute(script: emptyRecord) }
    run.cancel()
    await run.value
}

private let emptyRecord = """
    alter table audit disable trigger user; truncate audit; alter table audit enable trigger user;
    update audit_head set count = 0, hash = decode(repeat('00', 32), 'hex')
    """

extension Store {
    /// Publishes by the program itself.
    public func publish(_ file: SurveyFile, now: Date) async throws -> (version: SurveyVersion, isNew: Bool) {
        try await publish(file, by: .program, now: now)
    }

    /// Publishes by the program itself.
    public func publish(_ file: PolicyFile, now: Date) async throws -> (version: Int32, isNew: Bool) {
        try await publish(file, by: .program, now: now)
    }
}

extension PolicyFile {
    /// Asks everybody at once, by a link that is handed over.
    ///
    /// - Parameter lines: Further lines of the policy, which may give any of these another value.
    public static func atOnce(_ lines: String...) throws -> PolicyFile {
        let own = lines.map { ($0.prefix { $0 != ":" }, $0) }
        let standard = [
            "delay: 0s", "stale_after: 36500d", "channels: [link]", "quiet_hours: none", "customer_rest: none",
            "account_rest: none", "contact_cap: none",
        ].filter { line in !own.contains { line.hasPrefix($0.0 + ":") } }
        let body = (standard + lines).map { "    \($0)\n" }.joined()
        return try PolicyFile("policies:\n  - name: test\n" + body)
    }
}

extension Date {
    /// The tests' present: 23 November 2026, 12:00 UTC.
    public static let test = Date(timeIntervalSince1970: 1_795_435_200)

    /// So many hours later, or earlier.
    public func hours(_ count: Double) -> Date {
        addingTimeInterval(count * 3600)
    }

    /// So many days later, or earlier.
    public func days(_ count: Double) -> Date {
        hours(24 * count)
    }
}

extension TestDatabase {
    /// The store on the running test's database.
    public static var store: Store {
        get throws { Store(pool: try current.pool) }
    }
}

extension Store {
    /// Takes in records as the API does.
    ///
    /// - Returns: Each record's status, or the reason it was refused for, in their order.
    @discardableResult
    public func take(_ kind: IntakeKind, _ json: String) async throws -> [String] {
        let intake = try JSONIntake(Array(json.utf8), kind: kind)
        let merged = try await importing(kind) { try await $0.merge(intake.rows) }
        let replies =
            merged.map { ($0.line, $0.reason ?? $0.status.rawValue) } + intake.refusals.map { ($0.line, $0.reason) }
        return replies.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// Invites the customers of so many fresh interactions of agent A1 and returns the invitations.
    public func invite(_ count: Int, at now: Date = .test) async throws -> [Int64] {
        let base = try await pool.query("select count(*) from interaction").decodeOnly(Int.self)
        for start in stride(from: base, to: base + count, by: 1000) {
            let items = (start..<min(start + 1000, base + count)).map { number in
                """
                {"ref": "i\(number)", "customer": "c\(number)", "agent": "A1", "topic": "Payment plan",
                 "portfolio": "Cards", "started_at": "\(now.hours(-1).ISO8601Format())", "talk_seconds": 300}
                """
            }
            try await take(.interactions, "[\(items.joined(separator: ","))]")
        }
        _ = try await decideDueResolutions(now: now)
        return try await attributions(issuedAt: now).map(\.id)
    }
}

extension Answers {
    /// Answers with the scores a test needs.
    public init(nps: Int16?, csat: Int16? = nil, ces: Int16? = nil, resolved: Bool? = nil, comment: String? = nil) {
        self.init()
        self.nps = nps
        self.csat = csat
        self.ces = ces
        self.resolved = resolved
        self.comment = comment
    }
}
