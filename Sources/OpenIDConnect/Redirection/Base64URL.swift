import Foundation

/// base64url without padding (RFC 4648, section 5).
func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
}

/// The bytes of base64url without padding; nil for any but the canonical spelling.
func bytes(ofBase64URL text: Substring) -> [UInt8]? {
    let standard = text.replacing("-", with: "+").replacing("_", with: "/")
    let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: standard + padding), base64URL(data) == text else { return nil }
    return [UInt8](data)
}
