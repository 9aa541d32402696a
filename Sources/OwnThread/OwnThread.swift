import Dispatch
import Foundation
import Synchronization

/// Runs the jobs of one actor, one after the other, on one thread of its own.
///
/// Calls of C libraries may block for as long as another program takes to answer; on the shared thread pool that would stall
/// unrelated tasks. The thread is created with the first job and lives until ``stop()``. A job that arrives later still
/// runs: it gets a short-lived thread, so that nobody waits for ever on an actor that was closed.
public final class OwnThread: SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var hasThread = false
        var isStopped = false
    }

    private enum Step {
        case run([UnownedJob])
        case wait
        case end
    }

    private let state = Mutex(State())
    private let wakeUp = DispatchSemaphore(value: 0)
    private let prepare: @Sendable () -> Void

    /// Creates the executor, without a thread yet.
    ///
    /// - Parameter prepare: Runs first on each thread.
    public init(prepare: @escaping @Sendable () -> Void = {}) { self.prepare = prepare }

    /// Takes a job.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let needsThread = state.withLock { state in
            state.jobs.append(job)
            defer { state.hasThread = true }
            return !state.hasThread
        }
        if needsThread {
            Thread.detachNewThread { self.runJobs() }
        } else {
            wakeUp.signal()
        }
    }

    /// Ends the thread once it has nothing left to run.
    public func stop() {
        state.withLock { $0.isStopped = true }
        wakeUp.signal()
    }

    private func runJobs() {
        prepare()
        while true {
            switch nextStep() {
            case .run(let jobs):
                for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            case .wait:
                wakeUp.wait()
            case .end:
                return
            }
        }
    }

    private func nextStep() -> Step {
        state.withLock { state in
            if !state.jobs.isEmpty {
                defer { state.jobs.removeAll(keepingCapacity: true) }
                return .run(state.jobs)
            }
            guard state.isStopped else { return .wait }
            state.hasThread = false
            return .end
        }
    }
}
