private let domainPunctuation = Array(".-".utf8)
private let localPunctuation = Array(".!#$%&'*+/=?^_`{|}~-".utf8)

/// Tells whether the text is an address that mail can be sent to: RFC 5321's dot-string at a domain with a dot, in ASCII.
///
/// Quoted local parts, comments and address literals are legal and never belong to a customer; they are refused.
func isEmailAddress(_ bytes: Span<UInt8>) -> Bool {
    guard 3...254 ~= bytes.count else { return false }
    var at: Int?
    for index in 0..<bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: "@") {
            guard at == nil else { return false }
            at = index
        } else if !byte.isDigit, !byte.isLetter {
            let punctuation = at == nil ? localPunctuation : domainPunctuation
            guard punctuation.contains(byte) else { return false }
        }
    }
    guard let at, 1...64 ~= at else { return false }
    return isDotSeparated(bytes.extracting(0..<at)) && isDomain(bytes.extracting((at + 1)..<bytes.count))
}

private func isDotSeparated(_ bytes: Span<UInt8>) -> Bool {
    var previous = UInt8(ascii: ".")
    for index in 0..<bytes.count {
        if bytes[index] == UInt8(ascii: "."), previous == UInt8(ascii: ".") { return false }
        previous = bytes[index]
    }
    return previous != UInt8(ascii: ".")
}

private func isDomain(_ bytes: Span<UInt8>) -> Bool {
    var labels = 0
    var length = 0
    var previous = UInt8(ascii: ".")
    for index in 0...bytes.count {
        let byte = index < bytes.count ? bytes[index] : UInt8(ascii: ".")
        if byte == UInt8(ascii: ".") {
            guard 1...63 ~= length, previous != UInt8(ascii: "-") else { return false }
            labels += 1
            length = 0
        } else {
            if length == 0, byte == UInt8(ascii: "-") { return false }
            length += 1
        }
        previous = byte
    }
    return labels >= 2
}

/// Appends a telephone number as digits with its plus sign, without spaces, dots, hyphens and brackets.
///
/// Returns false, with nothing appended, where other characters stand in it or it has not 5 to 15 digits. `+44 (0)20 …` is
/// refused too: its bracketed zero is not dialled with the plus sign.
func appendPhoneNumber(_ bytes: Span<UInt8>, to rows: inout [UInt8]) -> Bool {
    let start = rows.count
    var digits = 0
    for index in 0..<bytes.count {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            digits += 1
            rows.append(byte)
        case UInt8(ascii: "+") where index == 0:
            rows.append(byte)
        case UInt8(ascii: "(")
        where bytes[0] == UInt8(ascii: "+") && index + 1 < bytes.count && bytes[index + 1] == 0x30,
            UInt8(ascii: "+"):
            digits = 0
            rows.removeLast(rows.count - start)
            return false
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"):
            continue
        default:
            rows.removeLast(rows.count - start)
            return false
        }
    }
    if 5...15 ~= digits { return true }
    rows.removeLast(rows.count - start)
    return false
}
