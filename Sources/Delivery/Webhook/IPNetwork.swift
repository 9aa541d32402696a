/// A range of addresses that share their first bits (RFC 4632), such as `10.1.2.0/24`.
public struct IPNetwork: Hashable, Sendable {
    private let prefix: [UInt8]
    private let length: Int

    /// Reads a network in CIDR notation.
    ///
    /// - Throws: ``IPNetworkError``; a bit set behind the prefix is refused, as it is more likely a slip than meant.
    public init(_ text: String) throws(IPNetworkError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw .notation }
        guard let address = IPAddress(parts[0]) else { throw .address }
        guard address.unmapped == address else { throw .mapped }
        guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(parts[1]), length <= address.bytes.count * 8
        else { throw .length }
        self.init(address.bytes, length)
        for (index, byte) in address.bytes.enumerated() where byte & ~mask(index) != 0 { throw .bitsBehindPrefix }
    }

    /// Takes the first bytes of a prefix; those left out are zero.
    private init(_ bytes: [UInt8], _ length: Int) {
        prefix = bytes
        self.length = length
    }

    /// Whether an address is in the network; an IPv4-mapped one is judged as the IPv4 address it stands for.
    public func contains(_ address: IPAddress) -> Bool {
        let address = address.unmapped
        return address.bytes.count == prefix.count
            && prefix.indices.allSatisfy { (address.bytes[$0] ^ prefix[$0]) & mask($0) == 0 }
    }

    /// The bits of one byte that belong to the prefix.
    private func mask(_ index: Int) -> UInt8 {
        let bits = min(max(length - index * 8, 0), 8)
        return bits == 0 ? 0 : 0xFF << UInt8(8 - bits)
    }

    static func version4(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8, _ length: Int) -> IPNetwork {
        IPNetwork([first, second, third, fourth], length)
    }

    /// The network whose prefix starts with these bytes.
    static func version6(_ start: [UInt8], _ length: Int) -> IPNetwork {
        IPNetwork(start + [UInt8](repeating: 0, count: 16 - start.count), length)
    }
}

/// Why a text is no network.
public enum IPNetworkError: String, Error, Sendable {
    /// It is not an address, a slash and a length.
    case notation
    /// What stands before the slash is no address.
    case address
    /// It is an IPv4 network in its IPv6 spelling, and has to be written as IPv4.
    case mapped
    /// The length is no number from 0 to the address's bits.
    case length
    /// The address has bits set behind the prefix, as in `10.1.2.3/24`.
    case bitsBehindPrefix
}
