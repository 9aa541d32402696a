import Crypto
import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import People

/// What shows that a form came from a page of this site: its origin, and a token that only the pages of that session have.
struct FormKey: Sendable {
    private let keys: [SymmetricKey]

    /// - Parameter keys: The keys of links, whose descendants are used: pages made before a newer one signs go on.
    init(_ keys: LinkKeys) {
        self.keys = keys.derivedKeys(for: "forms of people who are signed in")
    }

    /// The token for the forms of a session.
    func token(of session: SecretToken) -> FormToken {
        FormToken(session: session, keys: keys)
    }
}

/// The token of one session's forms.
struct FormToken: Sendable {
    fileprivate let session: SecretToken
    fileprivate let keys: [SymmetricKey]

    /// What stands in the form's field `token`.
    var text: String { keys.first.map { CSRFToken(for: session, key: $0).text } ?? "" }

    /// Whether a form has it.
    func isIn(_ fields: FormFields) -> Bool { matches(fields["token"]) }

    /// Whether a text is it, or was before a newer key signed.
    func matches(_ text: String?) -> Bool {
        keys.contains { CSRFToken(for: session, key: $0).matches(text) }
    }
}

/// Whether a form was sent by a page of this very site (OWASP, "Cross-Site Request Forgery Prevention", verifying origin).
///
/// Every browser of these years sends `Origin` with a POST.
func isSameOrigin(_ request: Request) -> Bool {
    guard let origin = request.headers[.origin], let host = request.head.authority, !host.isEmpty else { return false }
    return origin == "https://\(host)" || origin == "http://\(host)"
}
