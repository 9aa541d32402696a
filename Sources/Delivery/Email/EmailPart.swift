import Foundation

/// A part of an e-mail: a text as 7-bit lines of at most 76 characters, in the shorter of two encodings.
///
/// - Parameter type: `plain` or `html`.
func emailPart(_ text: String, type: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    let quoted = quotedPrintable(bytes)
    let length = bytes.count + bytes.count { $0 == newline }
    // Three bytes are four characters, and every 76 characters have a line end.
    let isQuoted = quoted.count <= (length + 2) / 3 * 4 * 78 / 76
    var part = Array("Content-Type: text/\(type); charset=utf-8\r\nContent-Transfer-Encoding: ".utf8)
    part += (isQuoted ? "quoted-printable" : "base64").utf8
    part += "\r\n\r\n".utf8
    part += isQuoted ? quoted : base64(bytes)
    part += "\r\n".utf8
    return part
}

/// A text in base64, its lines ended by CRLF before they are encoded (RFC 2045, section 6.8).
private func base64(_ text: [UInt8]) -> [UInt8] {
    var bytes = Data()
    for byte in text {
        if byte == newline { bytes.append(13) }
        bytes.append(byte)
    }
    return Array(
        bytes.base64EncodedData(
            options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed]))
}

/// A text in quoted-printable, its lines ended by CRLF (RFC 2045, section 6.7).
func quotedPrintable(_ bytes: [UInt8]) -> [UInt8] {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(bytes.count * 3 / 2)
    var column = 0
    // Those that stand for themselves are copied a stretch at a time.
    var start = 0
    for (index, byte) in bytes.enumerated() {
        if byte == newline {
            encoded += bytes[start..<index]
            encoded += [13, newline]
            start = index + 1
            column = 0
            continue
        }
        let isLast = index + 1 == bytes.count || bytes[index + 1] == newline
        // White space does not stand for itself at the end of a line, where mail systems drop it.
        let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        let isPlain = isBlank ? !isLast : byte > 0x20 && byte < 0x7F && byte != equals
        let width = isPlain ? 1 : 3
        // 76 characters with the `=` of a soft line break.
        if column + width > (isLast ? 76 : 75) {
            encoded += bytes[start..<index]
            encoded += [equals, 13, newline]
            start = index
            column = 0
        }
        if !isPlain {
            encoded += bytes[start..<index]
            encoded += [equals, hexDigit(byte >> 4), hexDigit(byte & 15)]
            start = index + 1
        }
        column += width
    }
    encoded += bytes[start...]
    return encoded
}

private let newline = UInt8(ascii: "\n")
private let equals = UInt8(ascii: "=")

private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}
