/// Where a webhook is sent: a URL that has been taken apart once, so that what was checked is what is connected to.
public struct WebhookTarget: Equatable, Sendable {
    /// Whether the connection is encrypted: `https`.
    public let isEncrypted: Bool
    /// The host's name in lower case, or its address without brackets.
    public let host: String
    /// The host's address, if the URL has one in place of a name.
    public let address: IPAddress?
    /// From 1 to 65535.
    public let port: Int
    /// The path and the query as they are requested, at least `/`.
    public let pathAndQuery: String

    /// Reads a URL (RFC 3986) more strictly than browsers do: nothing is repaired, so no two programs can read it differently.
    ///
    /// A host given as an address is checked at once. One given as a name is to be checked with ``AddressGuard/check(_:)`` when
    /// it has been resolved. Only an address can be seen to lie in an allowed network, so a name always needs `https`.
    public init(_ text: String, checkedBy addressGuard: AddressGuard) throws(WebhookTargetRefusal) {
        guard text.utf8.count <= 2048 else { throw .tooLong }
        if text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) { throw .controlCharacterOrSpace }
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw .notASCII }
        switch text.prefix(while: { $0 != ":" }).lowercased() {
        case "https": isEncrypted = true
        case "http": isEncrypted = false
        default: throw .scheme
        }
        let scheme = isEncrypted ? "https://" : "http://"
        guard text.lowercased().hasPrefix(scheme) else { throw .malformed }
        if text.contains("#") { throw .fragment }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "\\" }
        let request = rest.dropFirst(authority.count)
        if authority.contains("@") { throw .userInformation }
        guard isRequest(request.utf8) else { throw .malformed }

        let location = try HostAndPort(authority, defaultPort: isEncrypted ? 443 : 80)
        host = location.host
        address = location.address
        port = location.port
        pathAndQuery = request.hasPrefix("/") ? String(request) : "/" + request

        guard isEncrypted || (address.map(addressGuard.allows) ?? false) else { throw .notEncrypted }
        if let address {
            do {
                try addressGuard.check(address)
            } catch {
                throw .address(error)
            }
        }
    }
}

/// Why a URL cannot be a webhook's.
public enum WebhookTargetRefusal: Error, Equatable, Sendable {
    /// It is longer than 2,048 bytes.
    case tooLong
    /// It has a control character or a space.
    case controlCharacterOrSpace
    /// It has characters that a URL spells as `%` or `xn--`.
    case notASCII
    /// It does not start with `https:`, nor with `http:`.
    case scheme
    /// It is `http`, and the host is no address in an allowed network.
    case notEncrypted
    /// It has a user name or a password.
    case userInformation
    /// It has a part behind `#`, which is never sent.
    case fragment
    /// It has no host.
    case emptyHost
    /// The host is neither a name (RFC 1123, section 2.1) nor an address in its usual spelling.
    case host
    /// The port is no number from 1 to 65535.
    case port
    /// The slashes after the scheme are missing, or the path or query has a character that does not belong there.
    case malformed
    /// The host is an address that must not be connected to.
    case address(AddressRefusal)
}

/// Whether a path and query consist of the characters of RFC 3986, sections 3.3 and 3.4, with whole percent escapes.
private func isRequest(_ bytes: Substring.UTF8View) -> Bool {
    var digitsDue = 0
    for byte in bytes {
        let character = Character(Unicode.Scalar(byte))
        if digitsDue > 0 {
            guard character.isHexDigit else { return false }
            digitsDue -= 1
        } else if character == "%" {
            digitsDue = 2
        } else if !character.isLetter, !character.isNumber, !"-._~!$&'()*+,;=:@/?".contains(character) {
            return false
        }
    }
    return digitsDue == 0
}
