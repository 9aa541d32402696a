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
        let issuer = percentEncoded(issuer.replacing(":", with: ""))
        return "otpauth://totp/\(issuer):\(percentEncoded(account.replacing(":", with: "")))"
            + "?secret=\(base32)&issuer=\(issuer)&algorithm=SHA1&digits=6&period=30"
    }
}
