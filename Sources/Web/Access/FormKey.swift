import Crypto
import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import People

/// What shows that a form came from a page of this site: its origin, and a token that only the pages of that session have.
struct FormKey: Sendable {
    private let key: SymmetricKey

    /// - Parameter keys: The keys of links; the newest one's descendant is used.
    init(_ keys: LinkKeys) {
        key = keys.derivedKey(for: "forms of people who are signed in")
    }

    /// The token for the forms of a session.
    func token(of session: SecretToken) -> FormToken {
        FormToken(token: CSRFToken(for: session, key: key))
    }
}

/// The token of one session's forms.
struct FormToken: Sendable {
    fileprivate let token: CSRFToken

    /// What stands in the form's field `token`.
    var text: String { token.text }

    /// Whether a form has it.
    func isIn(_ fields: FormFields) -> Bool { matches(fields["token"]) }

    /// Whether a text is it.
    func matches(_ text: String?) -> Bool { token.matches(text) }
}

/// Whether a form was sent by a page of this very site (OWASP, "Cross-Site Request Forgery Prevention", verifying origin).
///
/// Every browser of these years sends `Origin` with a POST.
func isSameOrigin(_ request: Request) -> Bool {
    guard let origin = request.headers[.origin], let host = request.head.authority, !host.isEmpty else { return false }
    return origin == "https://\(host)" || origin == "http://\(host)"
}
