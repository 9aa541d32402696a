import Foundation

/// A lock on a file, held until `release()` or the end of the process, whichever way that comes (flock(2)).
final class FileLock: Sendable {
    enum Mode { case shared, exclusive }

    private let descriptor: Int32

    /// Opens the file, which is made when it does not exist; nothing is locked yet.
    init(path: String) throws {
        // Closed on exec: a server that inherited the descriptor would go on holding the lock.
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw EmbeddedPostgresError(systemCall: "open", path, errno: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Takes the lock, or changes its mode; false when another holder stands in the way.
    func tryLock(_ mode: Mode) -> Bool {
        flock(descriptor, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0
    }

    /// Takes the lock as soon as it is free.
    func lock(_ mode: Mode) async throws {
        while !tryLock(mode) { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// Gives the lock up.
    func release() {
        _ = flock(descriptor, LOCK_UN)
    }
}
