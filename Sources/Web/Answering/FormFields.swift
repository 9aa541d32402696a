/// The fields of a form as a browser sends it (`application/x-www-form-urlencoded`, WHATWG URL Standard section 5.1).
struct FormFields {
    /// Names and values, decoded, in the order they were sent.
    let all: [(name: String, value: String)]

    /// Decodes a body.
    ///
    /// - Parameter most: More fields than any form of ours has.
    /// - Returns: nil for what no browser sends: a broken percent escape, bytes that are not UTF-8, or more fields than that.
    init?(_ body: [UInt8], atMost most: Int = 100) {
        var fields: [(name: String, value: String)] = []
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard fields.count < most, let name = Self.decode(parts[0]),
                let value = parts.count == 2 ? Self.decode(parts[1]) : ""
            else { return nil }
            fields.append((name, value))
        }
        all = fields
    }

    /// The value of a field that was sent exactly once.
    subscript(name: String) -> String? {
        let values = all.filter { $0.name == name }
        return values.count == 1 ? values[0].value : nil
    }

    /// Every field that was sent exactly once, by its name: for forms of many fields.
    var byName: [String: String] {
        Dictionary(all.map { ($0.name, Optional($0.value)) }) { _, _ in nil }.compactMapValues { $0 }
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
        if !bytes.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "%") }) {
            return String(validating: bytes, as: UTF8.self)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"):
                decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(hexDigit), let low = iterator.next().flatMap(hexDigit) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            default:
                decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
