/// A link as it is typed: without `https://`, its last part in groups.
struct LetterLink {
    /// The whole, for the code.
    let address: String
    /// Up to the last slash.
    let beginning: String
    /// The rest, four characters at a time, which only the style sets apart.
    let groups: [String]

    /// Reads an address.
    ///
    /// Only the characters that an address may have (RFC 3986, section 2) are let through: nothing that looks like
    /// another character, turns the direction of writing, or cannot be typed.
    init(_ address: String) throws(LetterError) {
        guard let scheme = ["https://", "http://"].first(where: address.hasPrefix) else { throw .badLink }
        let typed = address.dropFirst(scheme.count)
        guard let first = typed.utf8.first, isLetterOrDigit(first), typed.utf8.allSatisfy(isAddressByte) else {
            throw .badLink
        }
        guard address.utf8.count <= LetterLayout.longestLink else { throw .linkTooLong(bytes: address.utf8.count) }
        self.address = address
        // Browsers try https by themselves; anybody who is to use http must type it.
        let shown = scheme == "https://" ? typed : address[...]
        let end = shown.lastIndex(of: "/").map { shown.index(after: $0) } ?? shown.endIndex
        beginning = String(shown[..<end])
        let last = Array(shown[end...])
        groups = stride(from: 0, to: last.count, by: 4).map { String(last[$0..<min($0 + 4, last.count)]) }
    }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: false
    }
}
