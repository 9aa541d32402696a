/// Why a connection to an address is refused.
public enum AddressRefusal: String, Error, Sendable, CaseIterable {
    /// It is no address of four or sixteen bytes.
    case malformed
    /// It means this machine.
    case loopback
    /// It is all zeros, which many systems take for this machine.
    case unspecified
    /// It belongs to a private IPv4 network (RFC 1918).
    case privateNetwork
    /// It belongs to a private IPv6 network (RFC 4193).
    case uniqueLocal
    /// It belongs to the cable it is used on (RFC 3927), as the clouds' metadata services at 169.254.169.254 do.
    case linkLocal
    /// It belongs to a carrier's inner network (RFC 6598).
    case carrierShared
    /// It is a cloud's service for its own machines at an address that looks public.
    case cloudPlatform
    /// It means a group of machines.
    case multicast
    /// It means every machine on the cable.
    case broadcast
    /// It is kept for examples in texts (RFC 5737, 3849, 9637).
    case documentation
    /// It is kept for measurements in laboratories (RFC 2544, 5180).
    case benchmarking
    /// It tunnels to an IPv4 address behind a relay (RFC 4380).
    case teredo
    /// It is kept for other purposes, or not given out at all.
    case reserved
}

extension AddressRefusal {
    /// The networks no webhook may reach, the narrower before the wider (IANA special-purpose address registries).
    static let networks: [(network: IPNetwork, refusal: AddressRefusal)] = [
        (.version4(0, 0, 0, 0, 32), .unspecified),
        (.version4(0, 0, 0, 0, 8), .reserved),
        (.version4(10, 0, 0, 0, 8), .privateNetwork),
        (.version4(100, 64, 0, 0, 10), .carrierShared),
        (.version4(127, 0, 0, 0, 8), .loopback),
        // Azure's agent and metadata answer here, inside an otherwise public network.
        (.version4(168, 63, 129, 16, 32), .cloudPlatform),
        (.version4(169, 254, 0, 0, 16), .linkLocal),
        (.version4(172, 16, 0, 0, 12), .privateNetwork),
        (.version4(192, 0, 0, 0, 24), .reserved),
        (.version4(192, 0, 2, 0, 24), .documentation),
        (.version4(192, 88, 99, 0, 24), .reserved),
        (.version4(192, 168, 0, 0, 16), .privateNetwork),
        (.version4(198, 18, 0, 0, 15), .benchmarking),
        (.version4(198, 51, 100, 0, 24), .documentation),
        (.version4(203, 0, 113, 0, 24), .documentation),
        (.version4(224, 0, 0, 0, 4), .multicast),
        (.version4(255, 255, 255, 255, 32), .broadcast),
        (.version4(240, 0, 0, 0, 4), .reserved),
        (.version6([], 128), .unspecified),
        (.version6([UInt8](repeating: 0, count: 15) + [1], 128), .loopback),
        (.version6([0xFE, 0x80], 10), .linkLocal),
        (.version6([0xFC], 7), .uniqueLocal),
        (.version6([0xFF], 8), .multicast),
        (.version6([0x20, 0x01, 0x0D, 0xB8], 32), .documentation),
        (.version6([0x3F, 0xFF], 20), .documentation),
        (.version6([0x20, 0x01, 0x00, 0x02], 48), .benchmarking),
        (.version6([0x20, 0x01], 32), .teredo),
        (.version6([0x20, 0x01], 23), .reserved),
    ]
}

extension IPNetwork {
    /// The only IPv6 addresses that are given out for the whole Internet (RFC 4291, section 2.4).
    static let globalUnicast = IPNetwork.version6([0x20], 3)
    /// Translated to the IPv4 address in the last four bytes (RFC 6052, section 2.1).
    static let translated = IPNetwork.version6([0x00, 0x64, 0xFF, 0x9B], 96)
    /// An IPv4 address in the last four bytes, no longer in use (RFC 4291, section 2.5.5.1).
    static let compatible = IPNetwork.version6([], 96)
    /// Tunnelled to the IPv4 address that follows the prefix (RFC 3056, section 2).
    static let sixToFour = IPNetwork.version6([0x20, 0x02], 16)
}
