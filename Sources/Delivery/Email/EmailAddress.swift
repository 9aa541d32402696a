/// One e-mail address: a dot-atom, `@` and a domain name, all ASCII.
///
/// The forms that no provider gives out (quoted names, comments, address literals) are refused, because mail systems
/// read them differently. Source: RFC 5321, sections 4.1.2 and 4.5.3.1; RFC 1035, section 2.3.4.
public struct EmailAddress: Sendable, Hashable {
    /// The address as it was given.
    public let text: String

    /// Reads an address.
    ///
    /// - Returns: nil for anything but exactly one address.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, parts[0].count <= 64, isDotAtom(parts[0]) else { return nil }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count > 1, labels.allSatisfy(Self.isLabel), !(labels.last?.allSatisfy(isDigit) ?? true) else {
            return nil
        }
        self.text = text
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { isLetter($0) || isDigit($0) || $0 == hyphen }
    }
}

/// Whether bytes are words of ASCII letters, digits and the signs of RFC 5322, section 3.2.3, parted by single dots.
func isDotAtom(_ bytes: Substring.UTF8View) -> Bool {
    bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { word in
        !word.isEmpty && word.allSatisfy { isLetter($0) || isDigit($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
    }
}

private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
