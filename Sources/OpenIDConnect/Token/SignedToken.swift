import Foundation

/// An ID token taken apart (RFC 7515, section 3.1), with its claims still unread, since nobody has vouched for them.
struct SignedToken: Sendable {
    /// The name of the algorithm that the header claims.
    let algorithm: String
    /// The name of the key that the header claims.
    let keyIdentifier: String?
    /// What the signature is of.
    let signed: [UInt8]
    let signature: [UInt8]
    private let payload: Data

    init(_ text: String) throws(SignInProblem) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = bytes(ofBase64URL: parts[0]), let payload = bytes(ofBase64URL: parts[1]),
            let signature = bytes(ofBase64URL: parts[2]),
            let fields = try? JSONDecoder().decode([String: ClaimValue].self, from: Data(header)),
            let algorithm = fields["alg"]?.text,
            // What a `crit` header asks for is not understood here, so the token must be refused (section 4.1.11).
            fields["crit"] == nil
        else { throw .malformedIDToken }
        self.algorithm = algorithm
        keyIdentifier = fields["kid"]?.text
        signed = Array(parts[0].utf8) + [UInt8(ascii: ".")] + Array(parts[1].utf8)
        self.signature = signature
        self.payload = Data(payload)
    }

    /// The claims, once the signature is by a key of the ring.
    func claims(
        checkedBy keyRing: KeyRing, at keysEndpoint: WebAddress, allowing algorithms: Set<SigningAlgorithm>, now: Date
    ) async throws -> [String: ClaimValue] {
        if algorithm.lowercased() == "none" { throw SignInProblem.unsignedIDToken }
        guard let algorithm = SigningAlgorithm(rawValue: algorithm), algorithms.contains(algorithm) else {
            throw SignInProblem.algorithmNotAllowed
        }
        guard let keyIdentifier else { throw SignInProblem.keyIdentifierMissing }
        let key = try await keyRing.key(named: keyIdentifier, for: algorithm, at: keysEndpoint, now: now)
        try await key.check(signature, of: signed, by: algorithm)
        guard let claims = try? JSONDecoder().decode([String: ClaimValue].self, from: payload) else {
            throw SignInProblem.malformedIDToken
        }
        return claims
    }
}
