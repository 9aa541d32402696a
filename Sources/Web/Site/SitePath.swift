import Dashboards

/// The one spelling of a path below the site's folder: decoded, without a way out of it, and without what is not for readers.
struct SitePath: Hashable, Sendable {
    /// Where the site stands.
    static let root = "/dashboards"

    /// The folder within it where the sites of those stand who see a part only, each in a folder that its scope names.
    private static let parts = SiteBuilder.partsFolder + "/"

    /// Where the site of a part begins.
    static func address(ofSite key: String) -> String { "\(root)/\(parts)\(key)/" }

    /// Which part's site the path leads to; nil for the whole one.
    var siteKey: Substring? {
        guard relative.hasPrefix(Self.parts) else { return nil }
        return relative.dropFirst(Self.parts.count).prefix { $0 != "/" }
    }

    /// The path relative to the folder, such as `teams/index.html`; empty for the folder itself.
    let relative: String

    /// Reads the path of a request, with or without its query.
    ///
    /// A path that ends with a slash is that of the folder's `index.html`. Hidden and unfinished files have no path, nor has what
    /// climbs, or is spelled as no link of the site is.
    init?(_ requestPath: String) {
        guard requestPath.hasPrefix(Self.root) else { return nil }
        let rest = requestPath.utf8.dropFirst(Self.root.utf8.count).prefix { $0 != UInt8(ascii: "?") }
        guard !rest.isEmpty else {
            relative = ""
            return
        }
        guard rest.count <= 1024, rest.first == UInt8(ascii: "/"), var name = Self.decode(rest.dropFirst()) else {
            return nil
        }
        if name.last.map({ $0 == UInt8(ascii: "/") }) ?? true { name += "index.html".utf8 }
        guard !name.hasSuffix(".tmp"), !name.hasSuffix(".unfinished"),
            let text = String(validating: name, as: UTF8.self)
        else { return nil }
        relative = text
    }

    /// Whether it is a file of answers with their comments, whose downloads stand in the record.
    var isExport: Bool {
        relative.utf8.suffix(4).elementsEqual(".csv".utf8)
            && relative.split(separator: "/").dropLast().last == "answers"
    }

    /// Decodes percent escapes, and refuses what no file of the site is called.
    private static func decode(_ bytes: Substring.UTF8View) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count + 10)
        var iterator = bytes.makeIterator()
        var startsName = true
        while var byte = iterator.next() {
            let isSlash = byte == UInt8(ascii: "/")
            if byte == UInt8(ascii: "%") {
                guard let high = iterator.next().flatMap(hexDigit), let low = iterator.next().flatMap(hexDigit) else {
                    return nil
                }
                byte = high << 4 | low
                // A slash in a name is no slash between names.
                if byte == UInt8(ascii: "/") { return nil }
            }
            if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") { return nil }
            if startsName, isSlash || byte == UInt8(ascii: ".") { return nil }
            startsName = isSlash
            decoded.append(byte)
        }
        return decoded
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ suffix: StaticString) -> Bool {
        suffix.withUTF8Buffer { self.suffix($0.count).elementsEqual($0) }
    }
}

/// The value of a hexadecimal digit.
func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
