import EmbeddedPostgres
import Foundation
import Logging
import Synchronization

/// Runs `body` with a PostgreSQL of its own and a function that restarts it.
func withOwnServer(
    _ body: (_ server: EmbeddedPostgres, _ restart: @Sendable () async throws -> Void) async throws -> Void
) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hearback-\(UUID().uuidString)").path
    let start = { @Sendable in
        try await EmbeddedPostgres.start(dataFolder: folder, logger: Logger(label: "server"))
    }
    let first = try await start()
    let running = Shared(first)
    let outcome: Result<Void, any Error>
    do {
        try await body(first) {
            await running.withLock { $0 }.stop()
            let next = try await start()
            running.withLock { $0 = next }
        }
        outcome = .success(())
    } catch {
        outcome = .failure(error)
    }
    await running.withLock { $0 }.stop()
    try FileManager.default.removeItem(atPath: folder)
    try outcome.get()
}

/// A value that several tasks change in turn.
final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        value.withLock { value in body(&value) }
    }
}
