import Foundation
import JWTKit

/// A public key from the provider's key set (RFC 7517; RFC 7518, section 6; RFC 8037).
struct PublishedKey: Decodable, Sendable {
    let identifier: String
    private let type: String
    private let use: String?
    private let algorithm: String?
    private let modulus: String?
    private let exponent: String?
    private let curve: String?
    private let x: String?
    private let y: String?

    private enum CodingKeys: String, CodingKey {
        case identifier = "kid", type = "kty", use, algorithm = "alg"
        case modulus = "n", exponent = "e", curve = "crv", x, y
    }

    /// The keys of a set that have a name; others, and keys of a form that is not known here, are left out.
    static func all(in body: Data) throws(SignInProblem) -> [PublishedKey] {
        guard let set = try? JSONDecoder().decode(KeySet.self, from: body) else { throw .malformedReply(.keys) }
        return set.keys.compactMap(\.key)
    }

    /// Whether the key is meant for signatures with an algorithm.
    func fits(_ algorithm: SigningAlgorithm) -> Bool {
        guard use == nil || use == "sig", self.algorithm == nil || self.algorithm == algorithm.rawValue else {
            return false
        }
        return switch algorithm {
        case .rs256, .ps256: type == "RSA"
        case .es256: type == "EC" && curve == "P-256"
        case .edDSA: type == "OKP" && curve == "Ed25519"
        }
    }

    /// Checks a signature by this key.
    ///
    /// - Throws: ``SignInProblem/wrongSignature``; ``SignInProblem/keyDoesNotFit`` if the key itself is broken or too short.
    func check(_ signature: [UInt8], of signed: [UInt8], by algorithm: SigningAlgorithm) async throws(SignInProblem) {
        guard let verifier = try? await verifier(for: algorithm) else { throw .keyDoesNotFit }
        guard (try? verifier.verify(signature, signs: signed)) == true else { throw .wrongSignature }
    }

    /// The collection holds this key alone: with several, it would take any of them for a name it does not know.
    private func verifier(for algorithm: SigningAlgorithm) async throws -> any JWTAlgorithm {
        let name = JWKIdentifier(string: identifier)
        let key: JWK =
            switch algorithm {
            case .rs256: .rsa(.rs256, identifier: name, modulus: modulus, exponent: exponent)
            case .ps256: .rsa(.ps256, identifier: name, modulus: modulus, exponent: exponent)
            case .es256: .ecdsa(.es256, identifier: name, x: x, y: y, curve: .p256)
            case .edDSA: .octetKeyPair(.eddsa, identifier: name, x: x, y: nil, curve: .ed25519)
            }
        return try await JWTKeyCollection().add(jwk: key).getKey(for: name)
    }
}

private struct KeySet: Decodable {
    var keys: [Entry]

    /// Never fails: one key of an unknown form must not take the others away.
    struct Entry: Decodable {
        var key: PublishedKey?

        init(from decoder: any Decoder) {
            key = try? PublishedKey(from: decoder)
        }
    }
}
