/// Where to go on to after signing in: a path of this site, or `/` for anything else.
///
/// Keeps a link to the sign-in page from leading to somebody else's site (OWASP, "Unvalidated Redirects and Forwards Cheat
/// Sheet").
public struct LocalPath: Sendable, Equatable {
    /// The path, with its query if it has one: printable ASCII, beginning with exactly one slash.
    public let text: String

    /// Takes a path that came with a request.
    ///
    /// Refused are more than 1,024 characters, fragments, backslashes, empty and dot segments, and in the path slashes,
    /// backslashes, dots, percent signs and control characters that are percent-encoded: whoever decodes them once more must not
    /// find another address. In the query, which is not part of where a browser goes, any percent-encoded byte may stand.
    public init(_ text: String?) {
        self.text = text.flatMap { Self.isLocal($0) ? $0 : nil } ?? "/"
    }

    private static func isLocal(_ text: String) -> Bool {
        guard text.utf8.count <= 1024, text.utf8.first == UInt8(ascii: "/") else { return false }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard isWritten(parts[0], refusingCodes: true) else { return false }
        if parts.count == 2, !isWritten(parts[1], refusingCodes: false) { return false }
        // The last segment may be empty: a path may end with a slash.
        let segments = parts[0].dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        return segments.dropLast().allSatisfy { !$0.isEmpty } && segments.allSatisfy { $0 != "." && $0 != ".." }
    }

    /// Whether a text has only characters that RFC 3986, sections 3.3 and 3.4 allow, and whole percent codes.
    private static func isWritten(_ text: Substring, refusingCodes: Bool) -> Bool {
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let code = hexadecimal(rest.popFirst(), rest.popFirst()) else { return false }
                if refusingCodes, code < 0x20 || refusedCodes.contains(code) { return false }
            case UInt8(ascii: "?"): if refusingCodes { return false }
            default: guard allowed.contains(byte) else { return false }
            }
        }
        return true
    }

    private static let allowed = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/".utf8)

    /// The last two never stand in UTF-8, but begin a long spelling of a slash that some programs read.
    private static let refusedCodes: Set<UInt8> = [
        UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "."), UInt8(ascii: "%"), 0x7F, 0xC0, 0xC1,
    ]

    private static func hexadecimal(_ high: UInt8?, _ low: UInt8?) -> UInt8? {
        guard let high = high.flatMap(digit), let low = low.flatMap(digit) else { return nil }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
