/// The paper that letters are printed on, and so the envelope they go into.
public enum LetterPaper: String, Sendable, CaseIterable {
    /// A4, in an envelope DL with a window.
    case a4
    /// US Letter, in an envelope #10 with a window.
    case letter

    /// The paper's name and measures, for people.
    public var title: String {
        switch self {
        case .a4: "A4, 210 × 297 mm"
        case .letter: "US Letter, 8 1/2 × 11 in"
        }
    }

    var width: Double { self == .a4 ? 210 : 8.5 * inch }
    var height: Double { self == .a4 ? 297 : 11 * inch }
    var envelope: WindowEnvelope { self == .a4 ? .dinLong : .number10 }

    /// Where the sheet is folded, from its top.
    var folds: [Double] {
        switch self {
        // DIN 5008:2020, form B.
        case .a4: [105, 210]
        case .letter: [height / 3, 2 * height / 3]
        }
    }

    /// Whether marks at the edge show where to fold, as DIN 5008 has them; in the United States letters have none.
    var hasFoldMarks: Bool { self == .a4 }

    /// Where the address stands.
    var address: Area {
        switch self {
        case .a4:
            // DIN 5008:2020, form B: the zone for the address begins 17.7 mm below the field's top, at 45 mm, and ends
            // at 90 mm; text begins 25 mm from the left. On the right it ends where the window always shows it.
            return Area(left: 25, top: 45 + 17.7, right: envelope.alwaysShown.right, bottom: 90)
        case .letter:
            // 1/8 in must be clear around the address (USPS Domestic Mail Manual 601.6.3). The sheet slides by almost
            // half the window's height, so that six lines cannot be in sight wherever it is. All are when it rests on
            // the envelope's foot; the last three lines, which the letter is sorted by, always are.
            let clear = 0.125 * inch
            return Area(
                left: envelope.alwaysShown.left + clear, top: envelope.everShown.top + clear,
                right: envelope.alwaysShown.right - clear, bottom: envelope.alwaysShown.bottom - clear)
        }
    }

    /// Whether a short address stands at the foot of its area.
    var addressStandsAtFoot: Bool { self == .letter }
}
