import Testing

@testable import Delivery

@Suite struct QRCodeTests {
    @Test(arguments: [
        "a", "https://a.example", "https://ask.example/7kq4x2mpw9", "zero\0byte", "Ünïcödé",
        "HTTPS://ASK.EXAMPLE/0123456789",
    ])
    func anotherReaderReadsTheAddressBack(address: String) throws {
        let code = try QRCode(address)
        let reader = QRCodeReader(side: code.side) { code.isDark(row: $0, column: $1) }
        #expect(reader.errorCorrection == 0)
        #expect(reader.bytes == Array(address.utf8))
    }

    // ISO/IEC 18004, table 7: bytes that versions hold with error correction M.
    @Test(arguments: [(1, 14), (2, 26), (3, 42), (4, 62), (5, 84), (6, 106), (7, 122), (9, 180), (10, 213), (39, 2213)])
    func theSmallestVersionIsTaken(version: Int, capacity: Int) throws {
        let full = try QRCode(String(repeating: "7", count: capacity))
        let over = try QRCode(String(repeating: "7", count: capacity + 1))
        #expect(full.side == 17 + 4 * version)
        #expect(over.side == 21 + 4 * version)
    }

    @Test func whatCannotBeEncodedIsRefused() throws {
        #expect(try QRCode(String(repeating: "x", count: QRCode.capacity)).side == 177)
        #expect(throws: QRCodeError.tooLong(bytes: 2332)) { try QRCode(String(repeating: "x", count: 2332)) }
        #expect(throws: QRCodeError.tooLong(bytes: 2334)) { try QRCode(String(repeating: "é", count: 1167)) }
        #expect(throws: QRCodeError.empty) { try QRCode("") }
    }

    @Test(arguments: [1, 30, 100, 2331])
    func thePictureHasTheModulesInsideAQuietZone(length: Int) throws {
        let code = try QRCode(String(repeating: "k", count: length))
        let svg = code.svg(title: "Code")
        #expect(svg.contains("viewBox=\"0 0 \(code.side + 8) \(code.side + 8)\""))
        let dark = try modules(drawnBy: svg)
        var expected: Set<[Int]> = []
        for row in 0..<code.side {
            for column in 0..<code.side where code.isDark(row: row, column: column) {
                expected.insert([row + 4, column + 4])
            }
        }
        #expect(dark == expected)
    }

    @Test func theTitleIsEscaped() throws {
        let svg = try QRCode("a").svg(title: "</title><script>\"'&\"\u{301}<\u{301}")
        #expect(
            svg.contains(
                "<title>&lt;/title&gt;&lt;script&gt;&quot;&#39;&amp;&quot;\u{301}&lt;\u{301}</title>"))
        #expect(svg.contains("role=\"img\""))
        #expect(svg.contains("shape-rendering=\"crispEdges\""))
    }

    @Test func codesCanBeMadeAtTheSameTime() async throws {
        let addresses = (0..<200).map { "https://ask.example/\($0 * $0)" }
        let expected = try addresses.map { try QRCode($0) }
        let made = try await withThrowingTaskGroup(of: (Int, QRCode).self) { group in
            for (index, address) in addresses.enumerated() {
                group.addTask { (index, try QRCode(address)) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(addresses.indices.map { made[$0] } == expected)
    }

    /// Rows and columns that the path's rectangles cover; each may be covered once.
    private func modules(drawnBy svg: String) throws -> Set<[Int]> {
        let path = try #require(svg.firstMatch(of: /<path[^>]* d="([^"]*)"/)).1
        var covered: Set<[Int]> = []
        var rest = path[...]
        while !rest.isEmpty {
            let run = try #require(rest.prefixMatch(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/))
            let (column, row) = (try #require(Int(run.1)), try #require(Int(run.2)))
            #expect(run.3 == run.4)
            for place in column..<column + (try #require(Int(run.3))) {
                #expect(covered.insert([row, place]).inserted)
            }
            rest = rest[run.range.upperBound...]
        }
        return covered
    }
}
