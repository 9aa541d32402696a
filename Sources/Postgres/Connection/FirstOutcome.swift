import Synchronization

/// Resumes a continuation with the first of several outcomes, whichever comes first, they or it.
final class FirstOutcome<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case waiting(CheckedContinuation<Value, any Error>)
        case settledEarly(Result<Value, any Error>)
        case done
    }

    private let state = Mutex(State.empty)

    /// Names the continuation; to be called once.
    func deliver(to continuation: CheckedContinuation<Value, any Error>) {
        let early: Result<Value, any Error>? = state.withLock { state in
            guard case .settledEarly(let outcome) = state else {
                state = .waiting(continuation)
                return nil
            }
            state = .done
            return outcome
        }
        if let early { continuation.resume(with: early) }
    }

    /// Offers an outcome; false when another one came first.
    @discardableResult
    func settle(_ outcome: Result<Value, any Error>) -> Bool {
        let (isFirst, continuation) = state.withLock { state -> (Bool, CheckedContinuation<Value, any Error>?) in
            switch state {
            case .empty:
                state = .settledEarly(outcome)
                return (true, nil)
            case .waiting(let continuation):
                state = .done
                return (true, continuation)
            case .settledEarly, .done:
                return (false, nil)
            }
        }
        continuation?.resume(with: outcome)
        return isFirst
    }
}
