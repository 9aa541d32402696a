import Feedback
import Foundation
import Logging
import Store
import Synchronization

/// Sends the messages of one channel over a few connections, for as long as any are due.
public final class OutboxWorker: Sendable {
    /// Sends one message over a session.
    public typealias Send = @Sendable (SendingStep, TransferSession) async -> SendingResult

    private let request: ClaimRequest
    private let freshness: TimeInterval
    private let lanes: [TransferSession]
    private let send: Send
    private let store: Store
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let isStopping = Atomic(false)
    private let surveys = Mutex<[Int32: Survey]>([:])

    /// Creates a worker.
    ///
    /// - Parameters:
    ///   - request: The channel, how much is taken at a time, and its rate and lease.
    ///   - timeout: How many seconds one attempt may take; less than the lease.
    ///   - sessions: One for each connection.
    public init(
        _ request: ClaimRequest, timeout: TimeInterval, over sessions: [TransferSession], store: Store,
        now: @escaping @Sendable () -> Date, logger: Logger, send: @escaping Send
    ) {
        self.request = request
        // What begins by then ends before the lease does; and no judgement is older than a minute.
        freshness = min(60, max(0, request.lease - timeout))
        lanes = sessions
        self.send = send
        self.store = store
        self.now = now
        self.logger = logger
    }

    /// The channel that is served.
    public var channel: SurveyChannel { request.channel }

    /// Takes no more messages; those that are being sent are finished.
    public func stop() { isStopping.store(true, ordering: .relaxed) }

    /// Sends until nothing is due.
    public func drain() async throws {
        while !isStopping.load(ordering: .relaxed) {
            // Before anything is taken: what fails later leaves messages waiting for their lease.
            let organisation = try await store.organisation()
            let claimed = try await store.claimMessages(request, now: now())
            if claimed.isEmpty { return }
            try await send(claimed, for: organisation)
        }
    }

    /// Closes the connections.
    public func close() async {
        for lane in lanes { await lane.close() }
    }

    private func send(_ claimed: [ClaimedMessage], for organisation: Organisation) async throws {
        let lease = Duration.seconds(request.lease)
        let recorder = ResultRecorder(
            store: store, now: now, patience: { [self] in isStopping.load(ordering: .relaxed) ? .seconds(5) : lease },
            logger: logger)
        let round = OutboxRound(claimed)
        await withTaskGroup(of: Void.self) { group in
            for lane in lanes.prefix(claimed.count) {
                group.addTask { [self] in
                    while let message = round.next() {
                        let result: SendingResult
                        if isStopping.load(ordering: .relaxed) || round.rest != nil {
                            result = SendingResult(.notTried(until: now()), "left for later")
                        } else {
                            result = await deliver(message, organisation, over: lane)
                        }
                        round.ask(for: result.channelRest)
                        await recorder.add(DeliveryResult(message, result.outcome, detail: result.detail))
                    }
                }
            }
        }
        await recorder.finish()
        if let rest = round.rest {
            logger.warning(
                "channel rests",
                metadata: ["channel": "\(request.channel.rawValue)", "seconds": "\(rest / .seconds(1))"])
            try await store.pause(request.channel, until: now().addingTimeInterval(rest / .seconds(1)))
        }
    }

    private func deliver(
        _ message: ClaimedMessage, _ organisation: Organisation, over lane: TransferSession
    ) async -> SendingResult {
        do {
            // The batch may have taken a while to get here, and a stop counts up to the moment of sending.
            guard try await store.isStillToBeSent(message, judgedWithin: freshness, now: now()) else {
                return SendingResult(.notTried(until: now()), "something came up since it was taken; judged anew")
            }
            let survey = try await survey(message.surveyVersion)
            let step = SendingStep(message: message, survey: survey, organisation: organisation, now: now())
            return await send(step, lane)
        } catch {
            return SendingResult(.notTried(until: now().addingTimeInterval(5)), "the database was away")
        }
    }

    private func survey(_ version: Int32) async throws -> Survey {
        if let known = surveys.withLock({ $0[version] }) { return known }
        let versions = try await store.surveyVersions(after: version - 1)
        surveys.withLock { known in
            for version in versions { known[version.id] = version.survey }
        }
        guard let survey = versions.first(where: { $0.id == version })?.survey else {
            throw UnknownSurveyVersion(id: version)
        }
        return survey
    }
}

/// A message asks by a survey version that the database does not have.
private struct UnknownSurveyVersion: Error {
    let id: Int32
}

/// What the lanes of a worker share while they send what was taken together.
private final class OutboxRound: Sendable {
    private let left: Mutex<ArraySlice<ClaimedMessage>>
    private let wantedRest = Mutex<Duration?>(nil)

    init(_ messages: [ClaimedMessage]) { left = Mutex(messages[...]) }

    /// How long the channel has to rest, if somebody asked for it.
    var rest: Duration? { wantedRest.withLock { $0 } }

    func next() -> ClaimedMessage? { left.withLock { $0.popFirst() } }

    func ask(for rest: Duration?) {
        guard let rest else { return }
        wantedRest.withLock { $0 = max($0 ?? .zero, rest) }
    }
}
