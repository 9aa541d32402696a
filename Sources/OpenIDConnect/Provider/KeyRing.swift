import Foundation
import Logging

/// The keys that the provider publishes (RFC 7517), read anew when a token names an unknown one.
///
/// They are asked for at most once a minute, so that forged names cannot make this server hammer the provider. A key that has
/// been withdrawn is no longer trusted after an hour at the latest.
actor KeyRing {
    private let connection: ProviderConnection
    private var keys: [PublishedKey] = []
    private var readAt = Date.distantPast
    private var askedAt = Date.distantPast
    private var problem: (any Error)?
    private var reading: Task<Void, any Error>?

    init(connection: ProviderConnection) {
        self.connection = connection
    }

    /// The key of a name that an algorithm may use; those who ask at the same time share one request.
    ///
    /// - Throws: ``SignInProblem/unknownKey``, ``SignInProblem/keyDoesNotFit``, or why the keys could not be read.
    func key(
        named identifier: String, for algorithm: SigningAlgorithm, at address: WebAddress, now: Date
    ) async throws -> PublishedKey {
        if !now.isWithin(3600, of: readAt) || !keys.contains(where: { $0.identifier == identifier }) {
            try await readAnew(at: address, now: now)
        }
        // One name may stand for keys of several types (RFC 7517, section 4.5).
        let named = keys.filter { $0.identifier == identifier }
        guard !named.isEmpty else { throw SignInProblem.unknownKey }
        guard let key = named.first(where: { $0.fits(algorithm) }) else { throw SignInProblem.keyDoesNotFit }
        return key
    }

    private func readAnew(at address: WebAddress, now: Date) async throws {
        if let reading { return try await reading.value }
        if now.isWithin(60, of: askedAt) {
            if let problem { throw problem }
            return
        }
        askedAt = now
        let task = Task {
            defer { reading = nil }
            do {
                let body = try await connection.body(of: address.text, as: .keys)
                keys = try PublishedKey.all(in: body)
                readAt = now
                problem = nil
                connection.logger.info("read the provider's keys", metadata: ["count": "\(keys.count)"])
            } catch {
                problem = error
                throw error
            }
        }
        reading = task
        try await task.value
    }
}
