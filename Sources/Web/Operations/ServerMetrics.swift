import Store
import Synchronization

/// What the server counts about itself, told in Prometheus' text format at `/metrics`.
final class ServerMetrics: Sendable {
    private struct Counts {
        var outcomes: [SubmissionOutcome: Int] = [:]
        var unavailable = 0
        var responses: [ResponseKind: Int] = [:]
        var durations = [Int](repeating: 0, count: ServerMetrics.bounds.count + 1)
        var durationSum = 0.0
    }

    private struct ResponseKind: Hashable, Comparable {
        let route: String
        let status: Int

        static func < (left: ResponseKind, right: ResponseKind) -> Bool {
            (left.route, left.status) < (right.route, right.status)
        }
    }

    /// Upper bounds of the duration histogram, in seconds.
    private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let counts = Mutex(Counts())

    func count(_ outcome: SubmissionOutcome) {
        counts.withLock { $0.outcomes[outcome, default: 0] += 1 }
    }

    func countUnavailable() {
        counts.withLock { $0.unavailable += 1 }
    }

    /// - Parameter route: The route's pattern, never the path: paths hold tokens.
    func count(route: String, status: Int, seconds: Double) {
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        counts.withLock { counts in
            counts.responses[ResponseKind(route: route, status: status), default: 0] += 1
            counts.durations[bucket] += 1
            counts.durationSum += seconds
        }
    }

    /// Writes everything, together with what the caller measures at the moment.
    func text(gauges: [(name: String, help: String, value: Int)]) -> String {
        let counts = counts.withLock { $0 }
        var text = """
            # HELP hearback_answers_total Submitted answers by what became of them.
            # TYPE hearback_answers_total counter

            """
        for outcome in SubmissionOutcome.allCases {
            text += "hearback_answers_total{outcome=\"\(outcome.rawValue)\"} \(counts.outcomes[outcome] ?? 0)\n"
        }
        text += """
            # HELP hearback_answers_unavailable_total Submissions that could not be stored and were handed back.
            # TYPE hearback_answers_unavailable_total counter
            hearback_answers_unavailable_total \(counts.unavailable)
            # HELP hearback_http_responses_total Responses by route and status.
            # TYPE hearback_http_responses_total counter

            """
        for (kind, count) in counts.responses.sorted(by: { $0.key < $1.key }) {
            text += "hearback_http_responses_total{route=\"\(kind.route)\",status=\"\(kind.status)\"} \(count)\n"
        }
        text += """
            # HELP hearback_http_response_seconds Time from a request's head to its response.
            # TYPE hearback_http_response_seconds histogram

            """
        var total = 0
        for (bound, count) in zip(Self.bounds, counts.durations) {
            total += count
            text += "hearback_http_response_seconds_bucket{le=\"\(bound)\"} \(total)\n"
        }
        total += counts.durations[Self.bounds.count]
        text += """
            hearback_http_response_seconds_bucket{le="+Inf"} \(total)
            hearback_http_response_seconds_sum \(counts.durationSum)
            hearback_http_response_seconds_count \(total)

            """
        for gauge in gauges {
            text += "# HELP \(gauge.name) \(gauge.help)\n# TYPE \(gauge.name) gauge\n\(gauge.name) \(gauge.value)\n"
        }
        return text
    }
}
