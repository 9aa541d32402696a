/// Who holds which connection, and who waits for one: the pool's rules, without its input and output.
///
/// Waiters are served in the order in which they came; nobody overtakes them, since a connection is idle only while no
/// one waits.
struct PoolState<Connection, Waiter> {
    private enum Phase { case open, closing }

    private var phase = Phase.open
    private var idle: [Connection] = []
    private var waiters: [(id: UInt64, waiter: Waiter)] = []
    private var leased = 0
    private var connecting = 0
    let maximumSize: Int

    init(maximumSize: Int) {
        self.maximumSize = max(1, maximumSize)
    }

    var counts: PostgresPool.Counts {
        .init(open: idle.count + leased, leased: leased, waiting: waiters.count, maximum: maximumSize)
    }

    /// True once the pool is closing and every connection has come back.
    var isDrained: Bool { phase == .closing && leased == 0 && connecting == 0 }

    enum Lease {
        case leased(Connection)
        case mustWait
        case closed
    }

    /// Leases an idle connection, the one used last: it is the likeliest to be alive and warm.
    mutating func leaseIdle() -> Lease {
        guard phase == .open else { return .closed }
        guard let connection = idle.popLast() else { return .mustWait }
        leased += 1
        return .leased(connection)
    }

    /// Queues a waiter; true when a new connection is to be opened.
    mutating func enqueue(_ waiter: Waiter, id: UInt64) -> Bool {
        waiters.append((id, waiter))
        return reserveConnection()
    }

    /// Takes a waiter out of the queue; nil when it has been served already.
    mutating func removeWaiter(_ id: UInt64) -> Waiter? {
        waiters.firstIndex { $0.id == id }.map { waiters.remove(at: $0).waiter }
    }

    enum Placement {
        case handOver(to: Waiter)
        case kept
        case close
    }

    /// Finds the place of a connection that has been returned.
    mutating func giveBack(_ connection: Connection) -> Placement {
        leased -= 1
        return place(connection)
    }

    /// Forgets a leased connection that broke; true when a new one is to be opened in its place.
    mutating func discardLeased() -> Bool {
        leased -= 1
        return reserveConnection()
    }

    /// Finds the place of a connection that has just been opened.
    mutating func opened(_ connection: Connection) -> Placement {
        connecting -= 1
        return place(connection)
    }

    /// Tells whether opening is worth another attempt after a failure; gives the reservation up when not.
    mutating func retriesOpening() -> Bool {
        if phase == .open && connecting <= waiters.count { return true }
        connecting -= 1
        return false
    }

    /// Gives up a reservation.
    mutating func stoppedOpening() {
        connecting -= 1
    }

    /// Closes the pool to new work; returns whom to turn away and what to close.
    mutating func close() -> (waiters: [Waiter], idle: [Connection]) {
        defer { (waiters, idle) = ([], []) }
        phase = .closing
        return (waiters.map(\.waiter), idle)
    }

    private mutating func place(_ connection: Connection) -> Placement {
        guard phase == .open else { return .close }
        guard !waiters.isEmpty else {
            idle.append(connection)
            return .kept
        }
        leased += 1
        return .handOver(to: waiters.removeFirst().waiter)
    }

    private mutating func reserveConnection() -> Bool {
        guard phase == .open, connecting < waiters.count, idle.count + leased + connecting < maximumSize else {
            return false
        }
        connecting += 1
        return true
    }
}
