/// The host of a web address as messages carry it, or nil for anything else.
///
/// Only characters that may stand in an address unescaped (RFC 3986, appendix A) and that end neither an attribute nor
/// a header: no quotes, brackets of markup or spaces. No user name, because it could pass for the host. At most 500
/// characters, so that a header line stays under 998 (RFC 5322, section 2.1.1).
func webHost(of address: String) -> String? {
    guard let scheme = ["https://", "http://"].first(where: address.hasPrefix),
        address.utf8.count <= 500, address.utf8.allSatisfy(isAddressByte)
    else { return nil }
    let rest = address.dropFirst(scheme.count)
    let authority = rest.prefix { !"/?#".contains($0) }
    let host = authority.prefix { $0 != ":" }
    guard !host.isEmpty, !authority.contains("@") else { return nil }
    return String(host)
}

/// Whether a byte is one of the unreserved and reserved characters, or `%`, except the apostrophe and square brackets.
func isAddressByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: "-._~:/?#@!$&()*+,;=%".utf8.contains(byte)
    }
}
