/// Decides which addresses a webhook may be sent to, so that nobody can use the service to reach machines behind it.
///
/// The address to check is the one that is then connected to. A name that is resolved again after the check can have
/// another address by then.
public struct AddressGuard: Sendable {
    private let allowed: [IPNetwork]

    /// Creates a guard that lets through public addresses, and those of the networks the operator allows.
    public init(allowing allowed: [IPNetwork] = []) {
        self.allowed = allowed
    }

    /// Refuses an address that is not public, unless it is in an allowed network.
    ///
    /// An IPv4 address inside an IPv6 one is judged as well. An allowed IPv4 network includes the IPv4-mapped spelling of its
    /// addresses, but not the forms that are carried through a translator or a tunnel.
    public func check(_ address: IPAddress) throws(AddressRefusal) {
        if !allows(address), let refusal = Self.refusal(of: address.unmapped) { throw refusal }
    }

    /// Refuses an address of four or sixteen bytes in network order, as ``check(_:)``.
    public func check(bytes: [UInt8]) throws(AddressRefusal) {
        guard let address = IPAddress(bytes: bytes) else { throw .malformed }
        try check(address)
    }

    /// Refuses an address in its textual form, as ``check(_:)``.
    public func check(text: String) throws(AddressRefusal) {
        guard let address = IPAddress(text) else { throw .malformed }
        try check(address)
    }

    /// Whether the operator allows the address by name of its network.
    func allows(_ address: IPAddress) -> Bool {
        allowed.contains { $0.contains(address) }
    }

    private static func refusal(of address: IPAddress) -> AddressRefusal? {
        if let special = AddressRefusal.networks.first(where: { $0.network.contains(address) }) {
            return special.refusal
        }
        if address.isVersion4 { return nil }
        if let carried = address.carried, let refusal = refusal(of: carried) { return refusal }
        let isPublic = IPNetwork.globalUnicast.contains(address) || IPNetwork.translated.contains(address)
        return isPublic ? nil : .reserved
    }
}
