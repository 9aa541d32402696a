/// Whether a client would rather have gzip than the plain content, by its Accept-Encoding (RFC 9110, section 12.5.3).
///
/// Where it is content with both, gzip is taken; one that wants neither gets the plain content, as the RFC allows.
func prefersGzip(_ acceptEncoding: String?) -> Bool {
    guard let acceptEncoding else { return false }
    if acceptEncoding == "gzip" { return true }
    var gzip: Double?
    var identity: Double?
    var others: Double?
    for item in acceptEncoding.lowercased().split(separator: ",") {
        let parts = item.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed }
        let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
        switch parts.first {
        case "gzip", "x-gzip": gzip = weight
        case "identity": identity = weight
        case "*": others = weight
        default: break
        }
    }
    let weight = gzip ?? others ?? 0
    return weight > 0 && weight >= identity ?? 0
}

/// Whether a list of entity tags, as in If-None-Match, includes one (RFC 9110, section 13.1.2: compared weakly).
func entityTags(_ list: String, include tag: String) -> Bool {
    if list.trimmed == "*" { return true }
    // A tag may hold a comma, but none of this site's does.
    return list.split(separator: ",").contains { item in
        let item = item.trimmed
        return (item.hasPrefix("W/") ? item.dropFirst(2) : item) == tag
    }
}

extension StringProtocol {
    /// The text without the blanks and tabs around it.
    fileprivate var trimmed: SubSequence {
        let start = drop { $0 == " " || $0 == "\t" }
        guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return start }
        return start[...last]
    }
}
