/// Spells fields as `application/x-www-form-urlencoded` (RFC 6749, appendix B).
func formEncoded(_ fields: [(name: String, value: String)]) -> String {
    fields.map { "\(formEncoded($0.name))=\(formEncoded($0.value))" }.joined(separator: "&")
}

/// Spells one name or value as `application/x-www-form-urlencoded`.
func formEncoded(_ text: String) -> String {
    var spelled = ""
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            spelled.unicodeScalars.append(Unicode.Scalar(byte))
        case UInt8(ascii: " "): spelled += "+"
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            spelled += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }
    }
    return spelled
}
