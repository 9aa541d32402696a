import AsyncAlgorithms
import Foundation
import Hummingbird
import NIOCore
import Postgres
import Store

/// `GET /api/v1/responses.csv`: answers as a file, streamed out of the database.
struct ExportRoutes: Sendable {
    let store: Store
    /// How long a reader may take nothing before the connection is closed.
    let patience: Duration
    let now: @Sendable () -> Date
    /// Each download holds a connection to the database, and most of those are for customers.
    private let slots = DownloadSlots(2)

    init(store: Store, patience: Duration, now: @escaping @Sendable () -> Date) {
        self.store = store
        self.patience = patience
        self.now = now
    }

    /// Sends answers, oldest first.
    @Sendable func responses(_ request: Request, context: AppContext) async throws -> Response {
        let selection: ExportSelection
        do {
            selection = try await store.exportSelection(try ExportFilter(query: request.uri.query ?? ""))
        } catch let refusal as ExportRefusal {
            return try Problem(.badRequest, "Nothing can be exported", refusal.description).response()
        }
        guard let actor = context.keyActor else { throw HTTPError(.unauthorized) }
        guard let slot = slots.take() else { throw Overloaded() }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
                .contentDisposition: "attachment; filename=\"responses.csv\"",
            ],
            body: ResponseBody { writer in
                // The slot is free again when the download is over, and also when it is never begun.
                defer { withExtendedLifetime(slot) {} }
                do {
                    try await send(.responses, selection, by: actor, to: &writer, over: context.channel)
                } catch let error as PostgresError {
                    // The reader sees a reply that breaks off.
                    log(error, at: context.endpointPath ?? "", to: context.logger)
                    throw error
                }
                try await writer.finish(nil)
            })
    }

    /// Hands chunks on one by one: the next is taken from the database once the reader has room for it.
    private func send(
        _ kind: ExportKind, _ selection: ExportSelection, by actor: Actor, to writer: inout any ResponseBodyWriter,
        over channel: any Channel
    ) async throws {
        let chunks = AsyncThrowingChannel<ByteBuffer, any Error>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await store.export(kind, selection, by: actor, now: now()) { rows in
                        for try await chunk in rows { await chunks.send(ByteBuffer(bytes: chunk)) }
                    }
                    chunks.finish()
                } catch {
                    chunks.fail(error)
                }
            }
            for try await chunk in chunks {
                let stalling = channel.eventLoop.scheduleTask(in: TimeAmount(patience)) { channel.close(promise: nil) }
                defer { stalling.cancel() }
                try await writer.write(chunk)
            }
        }
    }
}
