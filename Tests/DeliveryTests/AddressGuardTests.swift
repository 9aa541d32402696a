import Testing

@testable import Delivery

@Suite struct AddressGuardTests {
    let strict = AddressGuard()

    @Test(arguments: [
        ("127.0.0.0", AddressRefusal.loopback), ("127.0.0.1", .loopback), ("127.255.255.255", .loopback),
        ("0.0.0.0", .unspecified), ("0.0.0.1", .reserved), ("0.255.255.255", .reserved),
        ("10.0.0.0", .privateNetwork), ("10.255.255.255", .privateNetwork), ("172.16.0.0", .privateNetwork),
        ("172.31.255.255", .privateNetwork), ("192.168.0.0", .privateNetwork), ("192.168.255.255", .privateNetwork),
        ("169.254.0.0", .linkLocal), ("169.254.169.254", .linkLocal), ("169.254.255.255", .linkLocal),
        ("100.64.0.0", .carrierShared), ("100.100.100.200", .carrierShared), ("100.127.255.255", .carrierShared),
        ("168.63.129.16", .cloudPlatform), ("192.0.0.0", .reserved), ("192.0.0.192", .reserved),
        ("192.0.2.1", .documentation),
        ("192.88.99.1", .reserved), ("198.18.0.0", .benchmarking), ("198.19.255.255", .benchmarking),
        ("198.51.100.7", .documentation), ("203.0.113.255", .documentation), ("224.0.0.0", .multicast),
        ("239.255.255.255", .multicast), ("240.0.0.0", .reserved), ("255.255.255.254", .reserved),
        ("255.255.255.255", .broadcast),
        ("::", .unspecified), ("::1", .loopback), ("::2", .reserved), ("fe80::", .linkLocal), ("fe80::1", .linkLocal),
        ("febf::1", .linkLocal), ("fec0::1", .reserved), ("fc00::", .uniqueLocal), ("fd00:ec2::254", .uniqueLocal),
        ("fdff:ffff::", .uniqueLocal), ("ff02::1", .multicast), ("ff0e::1", .multicast),
        ("2001:db8::1", .documentation),
        ("2001:db8:ffff::", .documentation), ("3fff::1", .documentation), ("3fff:fff::1", .documentation),
        ("2001:2::1", .benchmarking), ("2001::1", .teredo), ("2001:0:808:808::1", .teredo), ("2001:10::1", .reserved),
        ("2001:20::1", .reserved), ("2001:1ff::", .reserved), ("100::1", .reserved), ("5f00::1", .reserved),
        ("64:ff9b:1::a00:1", .reserved), ("4000::1", .reserved), ("1fff::1", .reserved), ("::8.8.8.8", .reserved),
        ("::127.0.0.1", .loopback), ("::10.0.0.1", .privateNetwork), ("::ffff:0:0", .unspecified),
        ("::ffff:127.0.0.1", .loopback), ("::ffff:a9fe:a9fe", .linkLocal), ("64:ff9b::127.0.0.1", .loopback),
        ("64:ff9b::a9fe:a9fe", .linkLocal), ("64:ff9b::c0a8:1", .privateNetwork), ("2002:7f00:1::", .loopback),
        ("2002:a9fe:a9fe::1", .linkLocal), ("2002:a00:1::1", .privateNetwork), ("::ffff:0:127.0.0.1", .reserved),
    ])
    func anAddressThatIsNotPublicIsRefused(text: String, refusal: AddressRefusal) throws {
        #expect(throws: refusal) { try strict.check(text: text) }
        let bytes = try #require(IPAddress(text)).bytes
        #expect(throws: refusal) { try strict.check(bytes: bytes) }
    }

    /// Among them the neighbours of every refused network.
    @Test(arguments: [
        "1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0",
        "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0", "192.0.1.255", "192.0.3.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0",
        "223.255.255.255",
        "2000::", "2000:ffff::1", "2001:200::1", "2001:db7:ffff::", "2001:db9::", "2001:4860:4860::8888", "2003::1",
        "2606:4700::1111", "3ffe:ffff::", "3fff:1000::", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
    ])
    func aPublicAddressPasses(text: String) throws {
        try strict.check(text: text)
        try strict.check(bytes: try #require(IPAddress(text)).bytes)
    }

    @Test(arguments: [
        "", "localhost", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "8.8.8.8\u{0}", "::1%1", "[::1]",
    ])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(throws: AddressRefusal.malformed) { try strict.check(text: text) }
        #expect(throws: AddressRefusal.malformed) {
            try AddressGuard(allowing: []).check(bytes: Array(text.utf8.prefix(3)))
        }
    }

    @Test func theFormsThatCarryAnIPv4AddressAreRefusedWhereverItIs() throws {
        var generator = SeededGenerator(seed: 26)
        let zeros = [UInt8](repeating: 0, count: 16)
        var refused = 0
        for _ in 0..<3000 {
            var bytes = (UInt8.min...UInt8.max).draws(4, using: &generator)
            // Half of them in the neighbourhood of what is refused.
            if Bool.random(using: &generator) {
                bytes[0] = try #require(
                    [0, 10, 100, 127, 169, 172, 192, 198, 203, 224, 255].randomElement(using: &generator))
                bytes[1] = try #require([0, 16, 18, 51, 64, 88, 168, 254, 255].randomElement(using: &generator))
            }
            let plain = refusal(of: bytes)
            if plain != nil { refused += 1 }
            #expect(refusal(of: zeros[..<10] + [0xFF, 0xFF] + bytes) == plain)
            #expect(refusal(of: [0, 0x64, 0xFF, 0x9B] + zeros[..<8] + bytes) == plain)
            #expect(refusal(of: [0x20, 0x02] + bytes + zeros[..<10]) == plain)
            #expect(refusal(of: zeros[..<12] + bytes) != nil)
        }
        #expect((500...2900).contains(refused))
    }

    @Test func anAllowedNetworkPassesAndNothingBesideIt() throws {
        let lenient = AddressGuard(allowing: [
            try IPNetwork("127.0.0.0/8"), try IPNetwork("10.1.2.0/24"), try IPNetwork("fd00:1::/32"),
        ])
        for text in [
            "127.0.0.1", "127.255.0.1", "10.1.2.0", "10.1.2.255", "::ffff:10.1.2.3", "fd00:1::9", "8.8.8.8",
            "2606:4700::1111",
        ] {
            try lenient.check(text: text)
        }
        for text in [
            "10.1.1.255", "10.1.3.0", "10.0.0.1", "::1", "::10.1.2.3", "64:ff9b::10.1.2.3", "2002:a01:203::1",
            "fd00:2::1",
            "169.254.169.254",
        ] {
            #expect(throws: AddressRefusal.self) { try lenient.check(text: text) }
        }
    }

    private func refusal(of bytes: [UInt8]) -> AddressRefusal? {
        do {
            try strict.check(bytes: bytes)
            return nil
        } catch {
            return error
        }
    }
}
