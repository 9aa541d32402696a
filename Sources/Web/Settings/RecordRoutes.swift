import People
import Foundation
import HTTPTypes
import Hummingbird
import Postgres
import Store

/// The record of what was done: `/record`, for administrators.
struct RecordRoutes: Sendable {
    /// Rows on a page.
    static let pageLength = 50
    /// How long a look through the whole record may take before the command line has to do it.
    static let patience = Duration.seconds(20)

    let store: Store
    let pages: StaffPages
    let now: @Sendable () -> Date
    /// One look at a time.
    private let slots = DownloadSlots(1)

    init(store: Store, pages: StaffPages, now: @escaping @Sendable () -> Date) {
        (self.store, self.pages, self.now) = (store, pages, now)
    }

    /// Lists rows, newest first.
    @Sendable func list(_ request: Request, context: AppContext) async throws -> Response {
        try await page(RecordFilter(request.uri.query ?? ""), context)
    }

    /// Looks whether the whole record is as it was written.
    @Sendable func verify(_ request: Request, context: AppContext) async throws -> Response {
        guard try await StaffForm.read(request, context) != nil else { return pages.refusal(.badRequest) }
        guard let slot = slots.take() else {
            return try await page(
                RecordFilter(""), context, problem: "Somebody is having the record checked at this moment.",
                status: .serviceUnavailable)
        }
        defer { withExtendedLifetime(slot) {} }
        let end = ContinuousClock.now + Self.patience
        do {
            let verdict = try await store.verifyAudit { rows in
                if ContinuousClock.now > end { throw TooLong(rows: rows) }
            }
            switch verdict {
            case .whole(let count, let hash):
                return try await page(
                    RecordFilter(""), context,
                    notice: "All \(count) rows are as they were written. The last one’s hash is \(hash).")
            case .broken(let row, let reason):
                context.logger.critical("the record is not as it was written", metadata: ["row": "\(row)"])
                return try await page(
                    RecordFilter(""), context, problem: "Row \(row) is not as it was written: \(reason).")
            }
        } catch let error as TooLong {
            return try await page(
                RecordFilter(""), context,
                problem:
                    "The first \(error.rows) rows are as they were written. The record is too long to be checked here: "
                    + "“hearback audit verify” checks all of it.")
        }
    }

    private struct TooLong: Error {
        let rows: Int64
    }

    private func page(
        _ filter: RecordFilter, _ context: AppContext, notice: String? = nil, problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let rows = try await store.auditRows(
            matching: filter.stored, before: filter.before ?? .max, limit: Self.pageLength + 1)
        let zone = TimeZone(identifier: try await store.organisation().timeZone) ?? .gmt
        let frame = StaffFrame(
            title: "Record", pages: pages, context: context, path: "/record", notice: notice,
            problem: problem ?? filter.problem)
        let shown = rows.prefix(Self.pageLength)
        return pages.reply(
            RecordPage(
                frame: frame, token: context.formToken?.text ?? "", rows: shown.map { .init($0, in: zone) },
                actors: filter.actors(try await store.people()), kinds: filter.kinds,
                from: filter.from, to: filter.to, isFiltered: filter != RecordFilter(""),
                older: rows.count > Self.pageLength ? shown.last.map { filter.address(before: $0.id) } : nil),
            with: "record", status: status)
    }
}

/// What somebody looks for in the record.
struct RecordFilter: Equatable {
    let actor, kind, from, to: String
    let before: Int64?

    /// Reads a query; what cannot be read is as if it were not there, but for days.
    init(_ query: String) {
        let fields = FormFields(Array(query.utf8))
        // No text in the record holds a NUL, and none can be looked for.
        func value(_ name: String) -> String { String((fields?[name] ?? "").filter { $0 != "\0" }.prefix(80)) }
        (actor, kind, from, to) = (value("who"), value("what"), value("from"), value("to"))
        before = Int64(value("before")).flatMap { $0 > 0 ? $0 : nil }
    }

    /// What is wrong with the days.
    var problem: String? {
        [from, to].contains { !$0.isEmpty && CalendarDay($0) == nil } ? "A day is written 2026-11-23." : nil
    }

    var stored: AuditFilter {
        var filter = AuditFilter()
        filter.actor = actor.isEmpty ? nil : actor
        filter.action = kind.isEmpty ? nil : kind
        (filter.firstDay, filter.lastDay) = (CalendarDay(from), CalendarDay(to))
        return filter
    }

    func address(before: Int64) -> String {
        let values = [("who", actor), ("what", kind), ("from", from), ("to", to), ("before", "\(before)")]
        return "/record?"
            + values.filter { !$0.1.isEmpty }.map { "\($0.0)=\(percentEncoded($0.1))" }.joined(separator: "&")
    }

    /// Who may have done something.
    func actors(_ people: [Person]) -> [RecordPage.Choice] {
        let known =
            [("", "anybody")] + people.map { ("person \($0.id)", $0.name) }
            + [
                ("key", "any API key"), ("command", "the command line"), ("hearback", "Hearback by itself"),
                ("nobody", "nobody who is known"),
            ]
        let typed = known.contains { $0.0 == actor } ? [] : [(actor, actor)]
        return (known + typed).map { .init(value: $0.0, name: $0.1, isChosen: $0.0 == actor) }
    }

    /// What may have been done.
    var kinds: [RecordPage.Choice] {
        [
            ("", "anything"), ("sign-in", "signing in"), ("session", "sessions ended"), ("person", "people"),
            ("password", "passwords"), ("second-factor", "second factors"), ("key", "API keys"),
            ("organisation", "the organisation"), ("survey", "surveys"), ("policy", "policies"),
            ("template", "messages"), ("export", "exports"), ("customer", "customers"), ("follow-up", "follow-ups"),
            ("comment", "comments"), ("note", "notes to agents"), ("objection", "objections"),
            ("retention", "retention"), ("topic", "topics"),
            ("refused", "refused"),
        ].map { .init(value: $0.0, name: $0.1, isChosen: $0.0 == kind) }
    }
}
