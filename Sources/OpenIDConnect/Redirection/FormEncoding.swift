import Foundation
import People

/// Spells fields as `application/x-www-form-urlencoded` (RFC 6749, appendix B).
func formEncoded(_ fields: [(name: String, value: String)]) -> String {
    fields.map { "\(formEncoded($0.name))=\(formEncoded($0.value))" }.joined(separator: "&")
}

/// Spells one name or value as `application/x-www-form-urlencoded`.
func formEncoded(_ text: String) -> String {
    percentEncoded(text).replacing("%20", with: "+").replacing("~", with: "%7E")
}
