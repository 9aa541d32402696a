import Foundation

/// The provider's metadata, read when they are needed and kept for an hour.
actor Discovery {
    private let issuer: WebAddress
    private let connection: ProviderConnection
    private var kept: (metadata: ProviderMetadata, readAt: Date)?
    private var reading: Task<ProviderMetadata, any Error>?

    init(issuer: WebAddress, connection: ProviderConnection) {
        self.issuer = issuer
        self.connection = connection
    }

    /// The metadata; those who ask at the same time share one request.
    func metadata(now: Date) async throws -> ProviderMetadata {
        if let kept, now.isWithin(3600, of: kept.readAt) { return kept.metadata }
        if let reading { return try await reading.value }
        let task = Task {
            defer { reading = nil }
            let body = try await connection.body(of: address, as: .metadata)
            let metadata = try ProviderMetadata(body, publishedBy: issuer)
            kept = (metadata, now)
            return metadata
        }
        reading = task
        return try await task.value
    }

    /// Discovery 1.0, section 4: a slash at the issuer's end is not doubled.
    private var address: String {
        issuer.text + (issuer.text.hasSuffix("/") ? "" : "/") + ".well-known/openid-configuration"
    }
}

extension Date {
    /// Whether less than some seconds lie between two moments, in either order: a clock that was set back does not keep anything
    /// for longer, and those who ask at once may have read the clock in any order.
    func isWithin(_ seconds: TimeInterval, of other: Date) -> Bool {
        abs(timeIntervalSince(other)) < seconds
    }
}
