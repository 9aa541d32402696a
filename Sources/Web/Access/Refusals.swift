import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Store
import Synchronization

/// What was refused, for the log; and for the record, where somebody tried what their role does not include.
///
/// Each kind of request once a minute for each network or session, and so many kinds at the most, so that nobody can fill either:
/// the metrics count them all.
final class Refusals: Sendable {
    private let store: Store
    private let now: @Sendable () -> Date
    private let logged: FirstOfMinute
    private let recorded: FirstOfMinute

    /// - Parameter capacity: The most lines, and the most rows, a minute.
    init(store: Store, capacity: Int = 1000, now: @escaping @Sendable () -> Date) {
        (self.store, self.now) = (store, now)
        (logged, recorded) = (FirstOfMinute(capacity: capacity), FirstOfMinute(capacity: capacity))
    }

    /// Logs a reply if it refuses: what was typed wrongly and is shown again is no refusal.
    ///
    /// - Parameters:
    ///   - route: The method and the pattern of the path, never the path, which may hold a token.
    ///   - network: Where it came from; nil where that may be a customer's.
    func log(_ status: HTTPResponse.Status, of route: String, from network: String?, to logger: Logger) {
        switch status {
        case .badRequest, .unauthorized, .forbidden, .notFound, .methodNotAllowed, .contentTooLarge,
            .unsupportedMediaType, .tooManyRequests, .serviceUnavailable:
            log("\(status.code)", of: route, from: network, to: logger)
        default: break
        }
    }

    /// Logs a cookie of a session that there is not: forged, stolen and ended since, or simply old.
    func logUnknownSession(of route: String, from network: String, to logger: Logger) {
        log("no such session", of: route, from: network, to: logger)
    }

    private func log(_ reason: String, of route: String, from network: String?, to logger: Logger) {
        guard logged.isFirst("\(reason) \(route) \(network ?? "")", at: now()) else { return }
        var metadata: Logger.Metadata = ["reason": "\(reason)", "route": "\(route)"]
        if let network { metadata["network"] = "\(network)" }
        logger.notice("refused", metadata: metadata)
    }

    /// Puts in the record that somebody tried what their role does not include.
    func record(_ viewer: Viewer, at route: String, from network: String) async throws {
        let moment = now()
        guard recorded.isFirst("\(viewer.session) \(route)", at: moment) else { return }
        try await store.record(
            AuditEvent("refused", of: route), by: .person(viewer.person, network: network), now: moment)
    }
}

/// Tells the first of each kind within a minute from those that follow, of so many kinds.
private final class FirstOfMinute: Sendable {
    private let capacity: Int
    private let seen = Mutex<(minute: Int, kinds: Set<String>)>((0, []))

    init(capacity: Int) {
        self.capacity = capacity
    }

    func isFirst(_ kind: String, at moment: Date) -> Bool {
        let minute = Int((moment.timeIntervalSince1970 / 60).rounded(.down))
        return seen.withLock { seen in
            if seen.minute != minute { seen = (minute, []) }
            return seen.kinds.count < capacity && seen.kinds.insert(kind).inserted
        }
    }
}

extension AppContext {
    /// A request's method and the pattern of its path, for logs and the record.
    func route(of request: Request) -> String { "\(request.method) \(endpointPath ?? "none")" }
}
