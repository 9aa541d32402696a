import NIOPosix
import Synchronization
import Testing

@testable import Web

@Suite struct BatcherTests {
    /// Holds a group until the test lets it go.
    private final class Gate: Sendable {
        private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

        func pass() async {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if !state.isOpen { state.waiting.append(continuation) }
                    return state.isOpen
                }
                if isOpen { continuation.resume() }
            }
        }

        func open() {
            let waiting = state.withLock { state in
                state.isOpen = true
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }
    }

    @Test func everyInputGetsItsOwnOutputInGroupsOfAtMostTheSize() async throws {
        let sizes = Mutex<[Int]>([])
        let batcher = Batcher<Int, Int>(largestGroup: 7, capacity: 1000) { group in
            sizes.withLock { $0.append(group.count) }
            return group.map { $0 * 2 }
        }
        let worker = Task { await batcher.run() }
        let outputs = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for input in 0..<500 { group.addTask { (input, try await batcher(input)) } }
            return try await group.reduce(into: [Int: Int]()) { $0[$1.0] = $1.1 }
        }
        #expect(outputs.count == 500 && outputs.allSatisfy { $0.value == $0.key * 2 })
        #expect(sizes.withLock { $0.max() ?? 0 } <= 7)
        worker.cancel()
    }

    @Test func whatDoesNotFitIsRefusedAtOnce() async throws {
        let gate = Gate()
        let batcher = Batcher<Int, Int>(largestGroup: 1, capacity: 2) { group in
            await gate.pass()
            return group
        }
        // Nobody works yet: two wait, the third is refused.
        async let first = batcher(1)
        async let second = batcher(2)
        while batcher.waitingCount < 2 { await Task.yield() }
        await #expect(throws: Overloaded.self) { try await batcher(3) }
        let worker = Task { await batcher.run() }
        gate.open()
        #expect(try await [first, second] == [1, 2])
        worker.cancel()
    }

    @Test func cancellingTheWorkerEndsIt() async throws {
        let batcher = Batcher<Int, Int>(largestGroup: 1, capacity: 1) { $0 }
        let worker = Task { await batcher.run() }
        #expect(try await batcher(1) == 1)
        worker.cancel()
        await worker.value
        await #expect(throws: Overloaded.self) { try await batcher(2) }
    }

    @Test func anErrorReachesEveryInputOfItsGroupAndTheNextGroupIsFine() async throws {
        struct Broken: Error {}
        let isBroken = Mutex(true)
        let batcher = Batcher<Int, Int>(largestGroup: 10, capacity: 10) { group in
            if isBroken.withLock({ $0 }) { throw Broken() }
            return group
        }
        let worker = Task { await batcher.run() }
        await #expect(throws: Broken.self) { try await batcher(1) }
        isBroken.withLock { $0 = false }
        #expect(try await batcher(2) == 2)
        worker.cancel()
    }
}

extension Batcher {
    fileprivate func callAsFunction(_ input: Input) async throws -> Output {
        try await self(input, on: MultiThreadedEventLoopGroup.singleton.any()).get()
    }
}
