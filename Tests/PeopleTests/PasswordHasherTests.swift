import Dispatch
import Synchronization
import Testing

@testable import People

/// Work that stays until it is let go, and counts how much of it there is at once.
private final class Works: Sendable {
    private let counts = Mutex((now: 0, most: 0))
    private let notes = Mutex<[Int]>([])
    private let gate = DispatchSemaphore(value: 0)

    var now: Int { counts.withLock { $0.now } }
    var most: Int { counts.withLock { $0.most } }
    var noted: [Int] { notes.withLock { $0 } }

    func stay() {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
        gate.wait()
        counts.withLock { $0.now -= 1 }
    }

    func note(_ number: Int) { notes.withLock { $0.append(number) } }

    func letGo(_ number: Int) {
        for _ in 0..<number { gate.signal() }
    }
}

private func until(_ holds: () -> Bool) async {
    while !holds() { await Task.yield() }
}

@Suite(.timeLimit(.minutes(1))) struct PasswordHasherTests {
    private let works = Works()

    private func staying(_ hasher: PasswordHasher) -> Task<Bool, any Error> {
        Task { [works] in
            try await hasher.run {
                works.stay()
                return true
            }
        }
    }

    @Test(arguments: [1, 2, 3])
    func neverMoreThanTheGivenNumberRunAtOnce(simultaneous: Int) async throws {
        let hasher = PasswordHasher(simultaneous: simultaneous, waiting: 64, cost: 4)
        let tasks = (0..<12).map { _ in staying(hasher) }
        await until { works.now == simultaneous && hasher.waiting == 12 - simultaneous }
        works.letGo(12)
        for task in tasks { #expect(try await task.value) }
        #expect(works.most == simultaneous)
        #expect(hasher.waiting == 0)
    }

    @Test func aFullQueueRefusesAtOnceAndTakesAgainLater() async throws {
        let hasher = PasswordHasher(simultaneous: 1, waiting: 2, cost: 4)
        let tasks = (0..<3).map { _ in staying(hasher) }
        await until { works.now == 1 && hasher.waiting == 2 }
        #expect(hasher.isFull)
        await #expect(throws: HashingError.busy) { try await hasher.run { true } }
        works.letGo(3)
        for task in tasks { #expect(try await task.value) }
        #expect(!hasher.isFull)
        #expect(try await hasher.run { true })
    }

    @Test func aCancelledWaiterLeavesTheQueueAndFreesItsPlace() async throws {
        let hasher = PasswordHasher(simultaneous: 1, waiting: 1, cost: 4)
        let running = staying(hasher)
        await until { works.now == 1 }
        let cancelled = staying(hasher)
        await until { hasher.waiting == 1 }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        #expect(hasher.waiting == 0)
        let next = staying(hasher)
        await until { hasher.waiting == 1 }
        works.letGo(2)
        #expect(try await running.value)
        #expect(try await next.value)
    }

    @Test func aTaskThatIsAlreadyCancelledTakesNoPlace() async throws {
        let hasher = PasswordHasher(simultaneous: 1, waiting: 0, cost: 4)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await hasher.run { true }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await hasher.run { true })
    }

    @Test func aTaskThatIsAlreadyCancelledDoesNotQueue() async throws {
        let hasher = PasswordHasher(simultaneous: 1, waiting: 1, cost: 4)
        let running = staying(hasher)
        await until { works.now == 1 }
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await hasher.run { true }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        works.letGo(1)
        #expect(try await running.value)
    }

    @Test func thoseWhoWaitHaveTheirTurnInOrder() async throws {
        let hasher = PasswordHasher(simultaneous: 1, waiting: 9, cost: 4)
        let running = staying(hasher)
        await until { works.now == 1 }
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<9 {
            tasks.append(Task { [works] in try await hasher.run { works.note(number) } })
            await until { hasher.waiting == number + 1 }
        }
        works.letGo(1)
        #expect(try await running.value)
        for task in tasks { try await task.value }
        #expect(works.noted == Array(0..<9))
    }

    @Test func aCancelledTaskThatRunsKeepsItsPlaceUntilItsWorkIsDone() async throws {
        let hasher = PasswordHasher(simultaneous: 1, waiting: 0, cost: 4)
        let running = staying(hasher)
        await until { works.now == 1 }
        running.cancel()
        await #expect(throws: HashingError.busy) { try await hasher.run { true } }
        works.letGo(1)
        #expect(try await running.value)
        #expect(try await hasher.run { true })
    }

    @Test func workThatFailsFreesItsPlace() async throws {
        let hasher = PasswordHasher(simultaneous: 1, waiting: 0, cost: 4)
        await #expect(throws: PasswordProblem.common) { try await hasher.run { throw PasswordProblem.common } }
        #expect(try await hasher.run { true })
    }

    @Test func afterManyCancellationsEveryPlaceIsFree() async throws {
        let hasher = PasswordHasher(simultaneous: 2, waiting: 1_000, cost: 4)
        let tasks = (0..<500).map { number in
            let task = Task { try await hasher.run { number } }
            if number.isMultiple(of: 2) { task.cancel() }
            return task
        }
        for (number, task) in tasks.enumerated() {
            switch await task.result {
            case .success(let value): #expect(value == number)
            case .failure(let error): #expect(error is CancellationError && number.isMultiple(of: 2))
            }
        }
        #expect(hasher.waiting == 0)
        let both = (0..<2).map { _ in staying(hasher) }
        await until { works.now == 2 }
        works.letGo(2)
        for task in both { #expect(try await task.value) }
    }

    @Test func passwordsAreHashedAndChecked() async throws {
        let hasher = PasswordHasher(cost: 4)
        var generator = SystemRandomNumberGenerator()
        let password = try #require(Password("plate velvet outing harbour"))
        let other = try #require(Password("plate velvet outing harbours"))
        let hash = try await hasher.hash(password, using: &generator)
        #expect(hash.text.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
        #expect(try await hasher.matches(password, hash))
        #expect(try await !hasher.matches(other, hash))
    }

    @Test func nobodySignsInToAnAccountWithoutAPassword() async throws {
        let password = try #require(Password("plate velvet outing harbour"))
        #expect(try await !PasswordHasher(cost: 4).matches(password, nil))
    }
}
