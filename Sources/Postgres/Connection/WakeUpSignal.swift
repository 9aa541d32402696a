import Foundation

/// Ends a `poll()` on another thread: a pipe whose reading end is polled beside a socket.
///
/// The signal is only a hint. Whoever is woken looks at the truth (`Task.isCancelled`) and may find nothing to do.
final class WakeUpSignal: Sendable {
    /// The descriptor to poll for reading.
    let readingEnd: Int32
    private let writingEnd: Int32

    init() throws(PostgresError) {
        var ends: (Int32, Int32) = (-1, -1)
        let status = withUnsafeMutableBytes(of: &ends) { pipe($0.assumingMemoryBound(to: Int32.self).baseAddress) }
        guard status == 0 else {
            throw PostgresError(.connectFailed, "no file descriptor is left: \(String(cString: strerror(errno)))")
        }
        (readingEnd, writingEnd) = ends
        for end in [readingEnd, writingEnd] {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        close(readingEnd)
        close(writingEnd)
    }

    /// Wakes whoever polls; a full pipe has been signalled already.
    func raise() {
        var byte: UInt8 = 1
        _ = write(writingEnd, &byte, 1)
    }

    /// Forgets the signals raised so far.
    func clear() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { bytes in
            while read(readingEnd, bytes.baseAddress, bytes.count) > 0 {}
        }
    }
}
