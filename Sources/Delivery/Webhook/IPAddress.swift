import Foundation

/// An address of the Internet Protocol, version 4 or 6.
public struct IPAddress: Hashable, Sendable {
    /// Four or sixteen bytes in network order.
    public let bytes: [UInt8]

    /// Takes an address of four or sixteen bytes in network order; nil for any other number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads an address as the C library's `inet_pton` does.
    ///
    /// Dotted decimal of four parts, or IPv6 (RFC 4291, section 2.2) without brackets and zone. Nil for the older spellings that
    /// some programs take for an address, such as `127.1`, `0x7f000001` and `0177.0.0.1`.
    public init?(_ text: String) {
        // A zero byte would end the text early for the C library.
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let isVersion6 = text.utf8.contains(UInt8(ascii: ":"))
        var bytes = [UInt8](repeating: 0, count: isVersion6 ? 16 : 4)
        guard inet_pton(isVersion6 ? AF_INET6 : AF_INET, text, &bytes) == 1 else { return nil }
        self.bytes = bytes
    }

    /// Whether the address has four bytes.
    var isVersion4: Bool { bytes.count == 4 }

    /// The address that a connection really goes to: an IPv4-mapped one (RFC 4291, section 2.5.5.2) as its IPv4 address.
    var unmapped: IPAddress {
        guard !isVersion4, bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF else {
            return self
        }
        return ending(at: 16)
    }

    /// The IPv4 address inside one of the forms by which IPv6 carries it to another network, or nil.
    ///
    /// IPv4-compatible (RFC 4291, section 2.5.5.1), the well-known translation prefix (RFC 6052) and 6to4 (RFC 3056).
    var carried: IPAddress? {
        if IPNetwork.compatible.contains(self) || IPNetwork.translated.contains(self) { return ending(at: 16) }
        return IPNetwork.sixToFour.contains(self) ? ending(at: 6) : nil
    }

    private func ending(at end: Int) -> IPAddress {
        IPAddress(version4: Array(bytes[(end - 4)..<end]))
    }

    private init(version4 bytes: [UInt8]) {
        self.bytes = bytes
    }
}
