import Foundation

/// The network that a request came from, as failures are counted by it: one IPv4 address, or an IPv6 network of 64 bits.
///
/// Both are what one home, office or rented server is usually given. A whole IPv4 /24 would be 256 strangers, who could slow
/// each other; single IPv6 addresses would cost an attacker nothing, since every network has 2^64 of them. Whoever owns many
/// networks is met by the count for the account over all of them.
public struct SourceNetwork: Sendable, Hashable {
    /// The network with its length: `203.0.113.7/32`, `2001:db8:0:1::/64`.
    public let text: String

    /// Reads an address as the C library's `inet_pton` does; an IPv4-mapped one (RFC 4291, section 2.5.5.2) counts as IPv4.
    ///
    /// Nil for anything else, such as ports, brackets, zones and the older spellings `127.1` and `0x7f000001`.
    public init?(_ address: String) {
        // A zero byte would end the text early for the C library.
        guard address.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let isVersion6 = address.utf8.contains(UInt8(ascii: ":"))
        var bytes = [UInt8](repeating: 0, count: isVersion6 ? 16 : 4)
        guard inet_pton(isVersion6 ? AF_INET6 : AF_INET, address, &bytes) == 1 else { return nil }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        if !isVersion6 || bytes.starts(with: mapped) {
            text = bytes.suffix(4).map(String.init).joined(separator: ".") + "/32"
        } else {
            let groups = stride(from: 0, to: 8, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
            text = groups.map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
        }
    }
}
