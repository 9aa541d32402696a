import Crypto
import Foundation

/// Tells what a form shows from anything else, so that it is not saved over what somebody else has changed meanwhile.
func fingerprint(_ parts: [String]) -> String {
    let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
    return Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
}
