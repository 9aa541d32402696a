import Foundation
import Hummingbird
import Store
import Synchronization

/// What people tried that their role does not include, for the log and the record: once a minute for each path of a session, so
/// that nobody can fill the record.
final class Refusals: Sendable {
    private struct Attempt: Hashable {
        let session: Int64
        let route: String
    }

    private static let rest: TimeInterval = 60
    private static let capacity = 1000

    private let store: Store
    private let now: @Sendable () -> Date
    private let noted = Mutex<[Attempt: Date]>([:])

    init(store: Store, now: @escaping @Sendable () -> Date) {
        (self.store, self.now) = (store, now)
    }

    /// Notes a refused attempt.
    ///
    /// - Parameter route: The pattern of the path.
    func note(_ viewer: Viewer, at route: String, _ request: Request, _ context: AppContext) async throws {
        let moment = now()
        let attempt = Attempt(session: viewer.session, route: "\(request.method) \(route)")
        let isNew = noted.withLock { noted in
            if let last = noted[attempt], abs(moment.timeIntervalSince(last)) < Self.rest { return false }
            if noted.count >= Self.capacity { noted = noted.filter { moment.timeIntervalSince($0.value) < Self.rest } }
            guard noted.count < Self.capacity else { return false }
            noted[attempt] = moment
            return true
        }
        guard isNew else { return }
        context.logger.notice(
            "refused", metadata: ["person": "\(viewer.person)", "route": "\(attempt.route)"])
        try await store.record(
            AuditEvent("refused", of: attempt.route), by: .person(viewer.person, network: context.network), now: moment)
    }
}
