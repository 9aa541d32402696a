import Foundation

/// A part of an e-mail: a text as 7-bit lines of at most 76 characters, in the shorter of two encodings.
///
/// - Parameter type: `plain` or `html`.
func emailPart(_ text: String, type: String) -> String {
    let quoted = quotedPrintable(text)
    let length = text.utf8.count + text.utf8.count { $0 == newline }
    // Three bytes are four characters, and every 76 characters have a line end.
    let isQuoted = quoted.utf8.count <= (length + 2) / 3 * 4 * 78 / 76
    return """
        Content-Type: text/\(type); charset=utf-8\r
        Content-Transfer-Encoding: \(isQuoted ? "quoted-printable" : "base64")\r
        \r
        \(isQuoted ? quoted : base64(text))\r

        """
}

/// A text in base64, its lines ended by CRLF before they are encoded (RFC 2045, section 6.8).
private func base64(_ text: String) -> String {
    var bytes = Data()
    for byte in text.utf8 {
        if byte == newline { bytes.append(13) }
        bytes.append(byte)
    }
    return bytes.base64EncodedString(
        options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
}

/// A text in quoted-printable, its lines ended by CRLF (RFC 2045, section 6.7).
func quotedPrintable(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = Array(text.utf8)
    var encoded: [UInt8] = []
    encoded.reserveCapacity(bytes.count * 3 / 2)
    var column = 0
    for (index, byte) in bytes.enumerated() {
        if byte == newline {
            encoded += [13, 10]
            column = 0
            continue
        }
        let isLast = index + 1 == bytes.count || bytes[index + 1] == newline
        let isPlain = isPlain(byte, isLast: isLast)
        // 76 characters with the `=` of a soft line break.
        if column + (isPlain ? 1 : 3) > (isLast ? 76 : 75) {
            encoded += [equals, 13, 10]
            column = 0
        }
        if isPlain {
            encoded.append(byte)
        } else {
            encoded.append(equals)
            encoded.append(digits[Int(byte >> 4)])
            encoded.append(digits[Int(byte & 15)])
        }
        column += isPlain ? 1 : 3
    }
    return String(decoding: encoded, as: UTF8.self)
}

private let newline = UInt8(ascii: "\n")
private let equals = UInt8(ascii: "=")

/// Whether a byte stands for itself; white space does not at the end of a line, where mail systems drop it.
private func isPlain(_ byte: UInt8, isLast: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"): !isLast
    case equals: false
    default: (0x21...0x7E).contains(byte)
    }
}
