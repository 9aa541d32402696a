import Foundation

extension TOTP {
    /// The `otpauth://` address that an authenticator app reads from a QR code; it holds the secret.
    ///
    /// Source: Google Authenticator, "Key Uri Format". Neither name may hold a colon there, so colons are left out.
    ///
    /// - Parameters:
    ///   - issuer: The service, as the app shows it.
    ///   - account: The account's e-mail address.
    public func address(issuer: String, account: String) -> String {
        let issuer = Self.encoded(issuer)
        return "otpauth://totp/\(issuer):\(Self.encoded(account))"
            + "?secret=\(base32)&issuer=\(issuer)&algorithm=SHA1&digits=6&period=30"
    }

    /// Percent-encodes everything but the unreserved characters (RFC 3986, section 2.3).
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte -> String in
            switch byte {
            case UInt8(ascii: ":"): ""
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
