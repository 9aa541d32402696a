/// The sheet that goes before a batch and tells the print room what it is; it is not sent.
public struct LetterCover: Sendable, Equatable {
    /// The batch's number.
    public var batch: String
    /// How many letters follow.
    public var letters: Int
    /// The date as people write it.
    public var date: String

    /// Creates a cover sheet.
    public init(batch: String, letters: Int, date: String) {
        self.batch = batch
        self.letters = letters
        self.date = date
    }
}

extension LetterPaper {
    /// How the print room folds the sheet.
    var folding: String {
        switch self {
        case .a4: "At the two marks on the left edge, 105 and 210 mm from the top, with the address outside"
        case .letter: "In three equal parts, 3 2/3 and 7 1/3 in from the top, with the address outside"
        }
    }

    /// The envelope, as the print room orders it.
    var envelopeTitle: String {
        switch self {
        case .a4: "DL, 220 × 110 mm; window 90 × 45 mm, 20 mm from the left and 15 mm from the foot (DIN 680)"
        case .letter: "#10, 9 1/2 × 4 1/8 in; window 4 1/2 × 1 1/8 in, 7/8 in from the left and 1/2 in from the foot"
        }
    }
}

/// A whole number with its thousands spaced.
func spacedThousands(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index).isMultiple(of: 3) { text += "\u{202F}" }
        text.append(digit)
    }
    return text
}
