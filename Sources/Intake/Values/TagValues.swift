/// Appends a language tag in its customary case (`es-MX`, `zh-Hant`); false, with nothing appended, where it is none.
///
/// An underscore is taken for a hyphen, as many systems write `es_MX`.
func appendLanguageTag(_ bytes: Span<UInt8>, to rows: inout [UInt8]) -> Bool {
    guard 2...35 ~= bytes.count else { return false }
    let start = rows.count
    var subtagStart = 0
    for index in 0...bytes.count {
        let isEnd = index == bytes.count || bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "_")
        guard isEnd else { continue }
        guard appendSubtag(bytes.extracting(subtagStart..<index), isPrimary: subtagStart == 0, to: &rows) else {
            rows.removeLast(rows.count - start)
            return false
        }
        if index < bytes.count { rows.append(UInt8(ascii: "-")) }
        subtagStart = index + 1
    }
    return true
}

private func appendSubtag(_ subtag: Span<UInt8>, isPrimary: Bool, to rows: inout [UInt8]) -> Bool {
    guard (isPrimary ? 2...3 : 1...8) ~= subtag.count else { return false }
    for index in 0..<subtag.count {
        let byte = subtag[index]
        guard byte.isLetter || (byte.isDigit && !isPrimary) else { return false }
        let isRegion = !isPrimary && subtag.count == 2
        let isScriptInitial = !isPrimary && subtag.count == 4 && index == 0
        rows.append(isRegion || isScriptInitial ? byte.uppercased : byte.lowercased)
    }
    return true
}

/// Tells whether the text has the shape of an IANA zone name, such as `UTC` or `America/Argentina/Buenos_Aires`.
func isZoneName(_ bytes: Span<UInt8>) -> Bool {
    guard 1...64 ~= bytes.count else { return false }
    var atPartStart = true
    for index in 0..<bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: "/") {
            guard !atPartStart else { return false }
            atPartStart = true
        } else if atPartStart {
            guard byte.isLetter else { return false }
            atPartStart = false
        } else {
            guard
                byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "+")
            else { return false }
        }
    }
    return !atPartStart
}
