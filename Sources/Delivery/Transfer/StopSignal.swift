import Synchronization

/// Tells the thread that blocks in a transfer to end it; raised by another thread, once and for good.
final class StopSignal: Sendable {
    private let flag = Atomic(false)

    var isRaised: Bool { flag.load(ordering: .relaxed) }

    func raise() {
        flag.store(true, ordering: .relaxed)
    }
}
