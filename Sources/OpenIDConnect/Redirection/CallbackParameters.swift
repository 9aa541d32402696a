import Crypto
import Foundation

/// What the browser brings back from the provider: a code or an error, with the state.
public struct CallbackParameters: Sendable {
    private let state: String
    private let issuer: String?
    private let outcome: Outcome

    private enum Outcome: Sendable {
        case code(String)
        case refusal(ProviderRefusal)
    }

    /// Reads the decoded items of the callback's query. Parameters of other names are left alone (RFC 6749, section 4.1.2).
    ///
    /// - Throws: ``SignInProblem/duplicateParameter`` (RFC 6749, section 3.1) or ``SignInProblem/malformedCallback``.
    public init(queryItems: some Sequence<(name: String, value: String)>) throws(SignInProblem) {
        var values: [String: String] = [:]
        for item in queryItems where values.updateValue(item.value, forKey: item.name) != nil {
            throw .duplicateParameter
        }
        guard let state = values["state"], (1...512).contains(state.utf8.count) else { throw .malformedCallback }
        self.state = state
        issuer = values["iss"]
        switch (values["code"], values["error"]) {
        case (let code?, nil) where (1...4096).contains(code.utf8.count):
            outcome = .code(code)
        case (nil, let error?):
            outcome = .refusal(ProviderRefusal(rawValue: error) ?? .other)
        default:
            throw .malformedCallback
        }
    }

    /// The code, when all that can be checked before using it has been.
    func code(
        for pending: PendingSignIn, settings: ProviderSettings, metadata: ProviderMetadata, now: Date
    ) throws(SignInProblem) -> String {
        // Digests are compared in constant time.
        guard SHA256.hash(data: Data(state.utf8)) == pending.stateDigest else { throw .stateMismatch }
        guard now.isWithin(PendingSignIn.lifetime, of: pending.startedAt) else { throw .pendingExpired }
        guard pending.issuer == settings.issuer else { throw .pendingOfOtherIssuer }
        // RFC 9207, section 2.4: compared as it is, in errors too.
        if let issuer {
            guard isExactly(issuer, settings.issuer) else { throw .callbackOfOtherIssuer }
        } else if metadata.namesIssuerInCallback {
            throw .callbackIssuerMissing
        }
        switch outcome {
        case .code(let code): return code
        case .refusal(let refusal): throw .refused(refusal)
        }
    }
}
