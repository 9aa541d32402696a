import Testing

@testable import People

@Suite struct SourceNetworkTests {
    @Test(arguments: [
        ("203.0.113.7", "203.0.113.7/32"), ("0.0.0.0", "0.0.0.0/32"), ("255.255.255.255", "255.255.255.255/32"),
        ("::ffff:203.0.113.7", "203.0.113.7/32"), ("::FFFF:cb00:7107", "203.0.113.7/32"),
        ("0:0:0:0:0:ffff:203.0.113.7", "203.0.113.7/32"), ("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64"),
        ("2001:DB8:0000:0001::", "2001:db8:0:1::/64"), ("2001:db8::1", "2001:db8:0:0::/64"), ("::1", "0:0:0:0::/64"),
        ("::", "0:0:0:0::/64"), ("fe80::1", "fe80:0:0:0::/64"), ("::fffe:203.0.113.7", "0:0:0:0::/64"),
    ])
    func anAddressIsCountedByItsNetwork(address: String, network: String) {
        #expect(SourceNetwork(address)?.text == network)
    }

    @Test func oneNetworkHasManyAddressesAndNeighboursAreOthers() {
        #expect(SourceNetwork("2001:db8:0:1::1") == SourceNetwork("2001:db8:0:1:ffff:ffff:ffff:ffff"))
        #expect(SourceNetwork("2001:db8:0:1::1") != SourceNetwork("2001:db8:0:2::1"))
        #expect(SourceNetwork("203.0.113.7") != SourceNetwork("203.0.113.8"))
    }

    @Test(arguments: [
        "", "unknown", "localhost", "127.1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "0x7f000001", "2130706433",
        "1.2.3.4/32", "1.2.3.4:80", "[::1]", "[::1]:80", "fe80::1%eth0", "1.2.3.4, 5.6.7.8", " 1.2.3.4", "1.2.3.4\n",
        "1.2.3.4\0", "1.2.3.4\0.5", ":", ":::", "1:2:3:4:5:6:7:8:9", "::12345", "::ffff:1.2.3", "١.٢.٣.٤", "-1.2.3.4",
        String(repeating: "1", count: 1_000_000), String(repeating: ":", count: 1_000_000),
    ])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(SourceNetwork(text) == nil)
    }
}
