import HTTPTypes

extension HTTPField.Name {
    /// What browsers are told.
    static let permissionsPolicy = edge("Permissions-Policy")
    static let crossOriginOpenerPolicy = edge("Cross-Origin-Opener-Policy")
    /// What browsers tell of how they came to ask (W3C, "Fetch Metadata Request Headers").
    static let secFetchSite = edge("Sec-Fetch-Site")
    static let secPurpose = edge("Sec-Purpose")
    /// What proxies tell of whoever asks.
    static let forwarded = edge("Forwarded")
    static let xForwardedFor = edge("X-Forwarded-For")
    static let xForwardedProto = edge("X-Forwarded-Proto")

    private static func edge(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no field name") }
        return name
    }
}
