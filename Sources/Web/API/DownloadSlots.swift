import Synchronization

/// How many downloads may run at a time.
final class DownloadSlots: Sendable {
    private let free: Mutex<Int>

    init(_ count: Int) {
        free = Mutex(count)
    }

    /// Takes a slot, which is free again when nobody holds it any more; nil when there is none.
    func take() -> Slot? {
        let isTaken = free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
        return isTaken ? Slot(slots: self) : nil
    }

    /// A slot in use.
    final class Slot: Sendable {
        private let slots: DownloadSlots

        fileprivate init(slots: DownloadSlots) {
            self.slots = slots
        }

        deinit {
            slots.free.withLock { $0 += 1 }
        }
    }
}
