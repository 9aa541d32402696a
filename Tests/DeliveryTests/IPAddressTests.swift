import Testing

@testable import Delivery

@Suite struct IPAddressTests {
    @Test(
        arguments: [
            ("127.0.0.1", [127, 0, 0, 1]), ("255.255.255.255", [255, 255, 255, 255]),
            ("::1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
            ("::ffff:1.2.3.4", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 1, 2, 3, 4]),
            ("2001:DB8::A", [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10]),
        ] as [(String, [UInt8])])
    func anAddressIsRead(text: String, bytes: [UInt8]) {
        #expect(IPAddress(text)?.bytes == bytes)
    }

    @Test(arguments: [
        "", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.01", "256.0.0.1",
        "1.2.3.4.5",
        "1.2.3.4 ", " 1.2.3.4", "1.2.3.4\n", "1.2.3.4\u{0}", "1.2.3.4\u{0}.example.com", "[::1]", "::1%eth0",
        "::1\u{0}", ":", ":::",
        "::g", "1::2::3", "12345::", "١٢٧.٠.٠.١", "１２７.0.0.1", "localhost", "1.2.3.4/32",
    ])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: [0, 1, 3, 5, 8, 15, 17, 128])
    func anotherNumberOfBytesIsNoAddress(count: Int) {
        #expect(IPAddress(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test func aNetworkHoldsTheAddressesThatShareItsBits() throws {
        var generator = SeededGenerator(seed: 25)
        for _ in 0..<2000 {
            let count = Bool.random(using: &generator) ? 4 : 16
            // A first byte of 1 keeps clear of IPv4 addresses spelled as IPv6.
            let bytes = [1] + (UInt8.min...UInt8.max).draws(count - 1, using: &generator)
            let length = Int.random(in: 0...count * 8, using: &generator)
            let bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
            var start = bytes
            for bit in length..<count * 8 { start[bit / 8] &= ~(1 << UInt8(7 - bit % 8)) }
            let text =
                count == 4
                ? start.map(String.init).joined(separator: ".")
                : (0..<8).map { String(Int(start[2 * $0]) << 8 | Int(start[2 * $0 + 1]), radix: 16) }.joined(
                    separator: ":")
            let network = try IPNetwork("\(text)/\(length)")
            #expect(network.contains(try #require(IPAddress(bytes: bytes))))
            let flipped = Int.random(in: 0..<bits.count, using: &generator)
            var other = bytes
            other[flipped / 8] ^= 1 << UInt8(7 - flipped % 8)
            #expect(network.contains(try #require(IPAddress(bytes: other))) == (flipped >= length))
        }
    }

    @Test func familiesDoNotMixButAMappedAddressIsItsIPv4Address() throws {
        let mapped = try #require(IPAddress("::ffff:10.1.2.3"))
        #expect(try IPNetwork("10.0.0.0/8").contains(mapped))
        #expect(try !IPNetwork("11.0.0.0/8").contains(mapped))
        #expect(try !IPNetwork("::/0").contains(mapped))
        #expect(try !IPNetwork("0.0.0.0/0").contains(try #require(IPAddress("2001:4860::1"))))
    }

    @Test(arguments: [
        ("10.0.0.0", IPNetworkError.notation), ("10.0.0.0/8/8", .notation), ("", .notation), ("10.0.0/8", .address),
        ("/8", .address), ("crm.example/8", .address), ("[::1]/128", .address), ("10.0.0.0/33", .length),
        ("10.0.0.0/", .length),
        ("10.0.0.0/-1", .length), ("10.0.0.0/+8", .length), ("10.0.0.0/ 8", .length), ("10.0.0.0/٨", .length),
        ("10.0.0.0/0008", .length), ("::/129", .length), ("10.0.0.0/99999999999999999999", .length),
        ("10.1.2.3/24", .bitsBehindPrefix), ("128.0.0.0/0", .bitsBehindPrefix), ("2001:db8::1/64", .bitsBehindPrefix),
        ("::ffff:10.0.0.0/104", .mapped), (" 10.0.0.0/8", .address),
    ])
    func whatIsNoNetworkIsRefusedWithTheReason(text: String, error: IPNetworkError) {
        #expect(throws: error) { try IPNetwork(text) }
    }
}
