import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Store
import Synchronization

/// What was refused, for the log; and for the record, where somebody tried what their role does not include.
///
/// Each kind of request once a minute for each network or person, and so many of each reason at the most, so that nobody can fill
/// either: the metrics count them all.
final class Refusals: Sendable {
    private let store: Store
    private let now: @Sendable () -> Date
    private let logged: FirstOfMinute
    private let recorded: FirstOfMinute

    /// - Parameter capacity: The most lines of a reason a minute, and the most rows.
    init(store: Store, capacity: Int = 200, now: @escaping @Sendable () -> Date) {
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
            .unsupportedMediaType, .tooManyRequests:
            log("\(status.code)", of: route, from: network, to: logger)
        default: break
        }
    }

    /// Logs a cookie of a session that there is not: forged, stolen and ended since, or simply old.
    func logUnknownSession(of route: String, from network: String, to logger: Logger) {
        log("no such session", of: route, from: network, to: logger)
    }

    /// Logs that so many send passwords at once that one more is asked to come again.
    func logTooMany(of route: String, from network: String, to logger: Logger) {
        log("too many at once", of: route, from: network, to: logger)
    }

    private func log(_ reason: String, of route: String, from network: String?, to logger: Logger) {
        switch logged.place(of: "\(route) \(network ?? "")", among: reason, at: now()) {
        case .known, .beyond: return
        case .first: break
        case .last:
            logger.notice("more is refused than the log tells", metadata: ["reason": "\(reason)"])
            return
        }
        var metadata: Logger.Metadata = ["reason": "\(reason)", "route": "\(route)"]
        if let network { metadata["network"] = "\(network)" }
        logger.notice("refused", metadata: metadata)
    }

    /// Puts in the record that somebody tried what their role does not include; if that fails, it is in the log alone.
    func record(_ viewer: Viewer, at route: String, from network: String, to logger: Logger) async {
        let moment = now()
        guard recorded.place(of: "\(viewer.person) \(route)", among: "", at: moment) == .first else { return }
        do {
            try await store.record(
                AuditEvent("refused", of: route), by: .person(viewer.person, network: network), now: moment)
        } catch {
            logger.warning(
                "a refusal could not be recorded",
                metadata: ["person": "\(viewer.person)", "route": "\(route)", "error": "\(error)"])
        }
    }
}

/// Tells the first of each kind within a minute from those that follow, up to so many kinds among a reason.
private final class FirstOfMinute: Sendable {
    /// Where one stands among those of its minute.
    enum Place {
        case first
        /// There was one of its kind.
        case known
        /// The first for which there is no room.
        case last
        /// There was no room before.
        case beyond
    }

    private let capacity: Int
    private let seen = Mutex<(minute: Int, kinds: [String: Set<String>])>((0, [:]))

    init(capacity: Int) {
        self.capacity = capacity
    }

    func place(of kind: String, among reason: String, at moment: Date) -> Place {
        let minute = Int((moment.timeIntervalSince1970 / 60).rounded(.down))
        return seen.withLock { seen in
            if seen.minute != minute { seen = (minute, [:]) }
            let count = seen.kinds[reason]?.count ?? 0
            if count > capacity { return .beyond }
            guard seen.kinds[reason, default: []].insert(kind).inserted else { return .known }
            return count < capacity ? .first : .last
        }
    }
}

extension AppContext {
    /// A request's method, of which anybody may send one of any length, and the pattern of its path, for logs and the record.
    func route(of request: Request) -> String { "\(request.method.rawValue.prefix(16)) \(endpointPath ?? "none")" }
}
