import Foundation
import Postgres

/// A sign-in that an identity provider was asked for, kept until the browser comes back from there.
public struct ProviderRequest: Sendable, Equatable {
    /// SHA-256 of what only the browser has.
    public let stateDigest: [UInt8]
    /// The provider.
    public let issuer: String
    /// What its token has to repeat, and what shows it that the code is ours.
    public let nonce, verifier: String
    /// The path to go on to.
    public let goOn: String
    /// When it was asked.
    public let createdAt: Date

    /// Creates a request.
    public init(
        stateDigest: [UInt8], issuer: String, nonce: String, verifier: String, goOn: String, createdAt: Date
    ) {
        self.stateDigest = stateDigest
        self.issuer = issuer
        self.nonce = nonce
        self.verifier = verifier
        self.goOn = goOn
        self.createdAt = createdAt
    }
}

extension Store {
    /// Keeps what an identity provider was asked for.
    public func keep(_ request: ProviderRequest) async throws {
        try await pool.query(
            """
            insert into provider_request (state_sha256, issuer, nonce, verifier, go_on, created_at)
            values ($1, $2, $3, $4, $5, $6)
            """, request.stateDigest, request.issuer, request.nonce, request.verifier, request.goOn, request.createdAt)
    }

    /// Takes out what was kept: whoever comes back a second time finds nothing.
    public func takeProviderRequest(_ stateDigest: [UInt8]) async throws -> ProviderRequest? {
        try await pool.query(
            """
            delete from provider_request where state_sha256 = $1
            returning issuer, nonce, verifier, go_on, created_at
            """, stateDigest
        ).map { row in
            ProviderRequest(
                stateDigest: stateDigest, issuer: try row.decode("issuer"), nonce: try row.decode("nonce"),
                verifier: try row.decode("verifier"), goOn: try row.decode("go_on"),
                createdAt: try row.decode("created_at"))
        }.first
    }
}
