import Foundation
import HTTPTypes
import Hummingbird
import Store

/// What an operator's tools ask: is it alive, can it work, what has it done.
struct HealthRoutes: Sendable {
    let store: Store
    let metrics: ServerMetrics
    let now: @Sendable () -> Date
    let gauges: @Sendable () -> [(name: String, help: String, value: Int)]

    /// The process answers.
    @Sendable func alive(_ request: Request, context: AppContext) -> Response {
        .text("ok\n")
    }

    /// The database answers, and soon: whoever asks has a deadline of seconds.
    @Sendable func ready(_ request: Request, context: AppContext) async -> Response {
        do {
            try await store.pool.withConnection(within: .seconds(2)) { try await $0.query("select") }
            return .text("ready\n")
        } catch {
            context.logger.warning("not ready", metadata: ["error": "\(error)"])
            return .text("the database does not answer\n", status: .serviceUnavailable)
        }
    }

    /// Counts and gauges; without those of the outbox while the database is away.
    @Sendable func report(_ request: Request, context: AppContext) async -> Response {
        let outbox = try? await outboxText()
        return .text(metrics.text(gauges: gauges()) + (outbox ?? ""), type: "text/plain; version=0.0.4; charset=utf-8")
    }

    private func outboxText() async throws -> String {
        let counts = try await store.outboxCounts(now: now())
        var text = """
            # HELP hearback_messages Messages to customers by channel and state.
            # TYPE hearback_messages gauge

            """
        for count in counts {
            text += "hearback_messages{channel=\"\(count.channel)\",state=\"\(count.state)\"} \(count.count)\n"
        }
        text += """
            # HELP hearback_message_oldest_seconds How long the oldest message that is due has waited.
            # TYPE hearback_message_oldest_seconds gauge

            """
        for count in counts where count.state == "queued" {
            text += "hearback_message_oldest_seconds{channel=\"\(count.channel)\"} \(count.waiting)\n"
        }
        text += """
            # HELP hearback_follow_ups_open Answers that wait for a person.
            # TYPE hearback_follow_ups_open gauge

            """
        for open in try await store.openFollowUps() {
            text += "hearback_follow_ups_open{reason=\"\(open.reason.rawValue)\"} \(open.count)\n"
        }
        return text
    }
}

extension Response {
    static func text(
        _ text: String, status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
