import Testing

@testable import Postgres

/// The pool's rules alone: connections and waiters are mere names.
struct PoolStateTests {
    private typealias State = PoolState<String, String>

    /// A pool with so many connections, all leased.
    private func leased(_ count: Int, of maximum: Int) -> State {
        var state = State(maximumSize: maximum)
        for number in 0..<count {
            let opens = state.enqueue("w\(number)", id: UInt64(number))
            #expect(opens)
            guard case .handOver("w\(number)") = state.opened("c\(number)") else {
                Issue.record("the new connection was not handed over")
                continue
            }
        }
        return state
    }

    @Test func aConnectionIsOpenedForEachWaiterUpToTheMaximum() {
        var state = State(maximumSize: 2)
        let opens = (0..<4).map { state.enqueue("w", id: $0) }
        #expect(opens == [true, true, false, false])
        #expect(state.counts.waiting == 4)
    }

    @Test func aReturnedConnectionGoesToWhoeverWaitsLongest() {
        var state = leased(1, of: 1)
        _ = state.enqueue("first", id: 10)
        _ = state.enqueue("second", id: 11)
        let returned = "\(state.giveBack("c0"))"
        #expect(returned == "handOver(to: \"first\")")
        let next = "\(state.leaseIdle())"
        #expect(next == "mustWait")
        let second = state.removeWaiter(11)
        #expect(second == "second")
        let last = "\(state.giveBack("c0"))"
        #expect(last == "kept")
        let leased = "\(state.leaseIdle())"
        #expect(leased == "leased(\"c0\")")
    }

    @Test func aWaiterIsRemovedOnce() {
        var state = State(maximumSize: 1)
        _ = state.enqueue("w", id: 1)
        let removed = [state.removeWaiter(1), state.removeWaiter(1)]
        #expect(removed == ["w", nil])
        let retries = state.retriesOpening()
        #expect(retries == false)
    }

    @Test func aBrokenConnectionIsReplacedOnlyForSomebodyWhoWaits() {
        var state = leased(2, of: 2)
        let unneeded = state.discardLeased()
        #expect(unneeded == false)
        #expect(state.counts.open == 1)
        let opens = state.enqueue("w", id: 10)
        #expect(opens)
        let second = state.discardLeased()
        #expect(second == false)
        let retries = state.retriesOpening()
        #expect(retries)
    }

    @Test func aClosedPoolIsDrainedWhenEverythingHasComeBack() {
        var state = leased(2, of: 3)
        _ = state.enqueue("w", id: 10)
        let (waiters, idle) = state.close()
        #expect(waiters == ["w"])
        #expect(idle == [])
        let refused = "\(state.leaseIdle())"
        #expect(refused == "closed")
        let returned = "\(state.giveBack("c0"))"
        #expect(returned == "close")
        let opened = "\(state.opened("c2"))"
        #expect(opened == "close")
        #expect(state.isDrained == false)
        let opens = state.discardLeased()
        #expect(opens == false)
        #expect(state.isDrained)
    }
}
