import NIOCore

/// A plain request for a file of the site, read from its bytes.
struct SiteRequest {
    let path: SitePath
    /// Whether only the head of the reply is wanted.
    let isHead: Bool
    private(set) var acceptEncoding: String?
    private(set) var ifNoneMatch: String?
    private(set) var cookies: String?

    /// Reads a request, if the bytes are exactly one that has no body, does not end the connection and leaves nothing to be
    /// interpreted (RFC 9112, sections 3 and 5).
    ///
    /// - Returns: nil for everything else, which is the HTTP parser's to read and to refuse.
    init?(_ buffer: ByteBuffer) {
        let bytes = buffer.readableBytesView
        isHead = bytes.starts(with: "HEAD /dashboards".utf8)
        guard isHead || bytes.starts(with: "GET /dashboards".utf8), bytes.count <= 8192,
            bytes.suffix(4).elementsEqual("\r\n\r\n".utf8)
        else { return nil }
        var rest = bytes.dropFirst(isHead ? 5 : 4)
        guard let line = Self.nextLine(&rest), line.suffix(9).elementsEqual(" HTTP/1.1".utf8),
            line.dropLast(9).allSatisfy({ (0x21...0x7E).contains($0) }),
            let path = SitePath(String(decoding: line.dropLast(9), as: UTF8.self))
        else { return nil }
        self.path = path
        var hasHost = false
        while let field = Self.nextLine(&rest), !field.isEmpty {
            guard let colon = field.firstIndex(of: UInt8(ascii: ":")), colon > field.startIndex,
                field[..<colon].allSatisfy(Self.isNameByte)
            else { return nil }
            let name = field[..<colon]
            let value = field[field.index(after: colon)...]
            switch name.count {
            case 4 where Self.isEqual(name, "host"):
                guard !hasHost else { return nil }
                hasHost = true
            case 6 where Self.isEqual(name, "expect"): return nil
            case 6 where Self.isEqual(name, "cookie"):
                guard cookies == nil else { return nil }
                cookies = Self.text(value)
            case 7 where Self.isEqual(name, "upgrade"), 7 where Self.isEqual(name, "trailer"): return nil
            case 10 where Self.isEqual(name, "connection"):
                guard Self.isEqual(Self.text(value).utf8, "keep-alive") else { return nil }
            case 13 where Self.isEqual(name, "if-none-match"):
                guard ifNoneMatch == nil else { return nil }
                ifNoneMatch = Self.text(value)
            case 14 where Self.isEqual(name, "content-length"): return nil
            case 15 where Self.isEqual(name, "accept-encoding"):
                guard acceptEncoding == nil else { return nil }
                acceptEncoding = Self.text(value)
            case 17 where Self.isEqual(name, "transfer-encoding"): return nil
            default: break
            }
        }
        // The empty line is the last.
        guard hasHost, rest.isEmpty else { return nil }
    }

    /// Takes the next line; nil when it does not end with CR LF, or holds any other control character.
    private static func nextLine(_ rest: inout ByteBufferView) -> ByteBufferView? {
        guard let end = rest.firstIndex(where: { $0 < 0x20 && $0 != UInt8(ascii: "\t") || $0 == 0x7F }),
            rest[end] == UInt8(ascii: "\r"), rest.index(after: end) < rest.endIndex, rest[end + 1] == UInt8(ascii: "\n")
        else { return nil }
        defer { rest = rest[(end + 2)...] }
        return rest[..<end]
    }

    /// Whether a byte may be part of a field's name; the rarer ones are left to the parser.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Compares with a name in small letters, without regard to case.
    private static func isEqual(_ bytes: some Collection<UInt8>, _ name: StaticString) -> Bool {
        // No other byte of a name or token differs in this bit only from one of the letters and hyphens compared with.
        name.withUTF8Buffer { bytes.count == $0.count && bytes.elementsEqual($0) { $0 | 0x20 == $1 } }
    }

    private static func text(_ value: ByteBufferView) -> String {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let start = value.drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(decoding: start[...last], as: UTF8.self)
    }
}
