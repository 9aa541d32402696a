/// A short message's text with what it costs to send: its encoding and the number of its segments.
///
/// Sizes of segments are those of 3GPP TS 23.040, section 9.2.3.24.1, with an eight-bit reference number.
public struct SMSText: Equatable, Sendable {
    /// How a message's characters are coded on the air.
    public enum Encoding: Equatable, Sendable {
        /// Seven bits a character, 160 to a message.
        case gsm7
        /// Sixteen bits a unit of UTF-16, 70 to a message.
        case ucs2
    }

    /// The text as it was given.
    public let text: String
    /// The encoding that the whole text takes.
    public let encoding: Encoding
    /// The text's length: septets in GSM-7, UTF-16 code units in UCS-2.
    public let units: Int
    /// The messages that are sent and paid for; 0 only for an empty text.
    public let segments: Int
    /// The characters that GSM-7 lacks, each once, in the order of their first appearance.
    public let charactersForcingUCS2: [Character]

    /// Measures a text.
    public init(_ text: String) {
        self.text = text
        charactersForcingUCS2 = Self.charactersForcingUCS2(in: text)
        let costs: [Int]
        if charactersForcingUCS2.isEmpty {
            encoding = .gsm7
            costs = text.unicodeScalars.compactMap(GSM7.septets)
            segments = Self.segments(costs, alone: 160, joined: 153)
        } else {
            encoding = .ucs2
            costs = text.unicodeScalars.map { UTF16.width($0) }
            segments = Self.segments(costs, alone: 70, joined: 67)
        }
        units = costs.reduce(0, +)
    }

    /// Counts the segments that hold characters of these costs.
    ///
    /// A character of two units is never parted: the unit left over at a segment's end stays empty, so a text can need one
    /// segment more than its length divided by the segment's size.
    private static func segments(_ costs: [Int], alone: Int, joined: Int) -> Int {
        if costs.isEmpty { return 0 }
        var length = 0
        var segments = 1
        var filled = 0
        for cost in costs {
            length += cost
            if filled + cost > joined {
                segments += 1
                filled = 0
            }
            filled += cost
        }
        return length <= alone ? 1 : segments
    }

    private static func charactersForcingUCS2(in text: String) -> [Character] {
        if text.unicodeScalars.allSatisfy({ GSM7.septets(of: $0) != nil }) { return [] }
        // Compared as they are spelled: to compare characters by their meaning is slow for one with thousands of accents.
        var seen: Set<[Unicode.Scalar]> = []
        return Array(text).filter { character in
            let scalars = Array(character.unicodeScalars)
            return scalars.contains { GSM7.septets(of: $0) == nil } && seen.insert(scalars).inserted
        }
    }
}
