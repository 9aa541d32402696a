/// Where everything stands on a letter's page, in millimetres, and what fits there.
struct LetterLayout {
    let paper: LetterPaper
    /// From the paper's left edge, in every language: the same as the address's.
    var marginLeft: Double { paper.address.left }
    let marginRight = 20.0

    let senderTop = 16.0
    /// The sender stands above everything that the window may show: DIN 680 lets the window be 1 mm off its place.
    var senderBottom: Double { paper.envelope.everShown.top - 2 }
    /// The width of the sender's lines.
    let senderLinesWidth = 62.0
    /// Between the sender's name and lines.
    let senderGap = 10.0

    /// The text begins under everything that the window may show; on A4 where DIN 5008 has its first line.
    var contentTop: Double { paper.envelope.everShown.bottom + 3.5 }
    var contentBottom: Double { paper.height - 17 }
    var contentWidth: Double { paper.width - marginLeft - marginRight }
    /// Some 70 characters in the largest type.
    let textWidth = 145.0
    /// A code's side with its quiet zone.
    let codeSide = 30.0
    /// Kept for the date, the code with the longest link, and the greeting with the longest name.
    private let fixedHeight = 71.0

    /// The longest link in bytes: what a code of version 6 holds (ISO/IEC 18004, table 7).
    ///
    /// Its 49 modules with the quiet zone are then 0.6 mm wide each: fourteen dots of an office printer with 600 to the
    /// inch.
    static let longestLink = 106

    /// The largest type in which an address stays in its area.
    ///
    /// - Returns: nil if it does not in the smallest.
    func addressType(for lines: [String]) -> LetterType? {
        LetterType.addressSizes.first { $0.height(of: lines, width: paper.address.width) <= paper.address.height }
    }

    /// The largest type in which a letter's text stays on its page.
    ///
    /// - Returns: nil if it does not in the smallest.
    func textType(heading: String, paragraphs: [String]) -> LetterType? {
        let gaps = Double(paragraphs.count + 2) * LetterType.paragraphGap
        let left =
            contentBottom - contentTop - fixedHeight - gaps
            - LetterType.heading.height(of: [heading], width: textWidth)
        return LetterType.textSizes.first { $0.height(of: paragraphs, width: textWidth) <= left }
    }

    /// Whether the sender's name and lines stay above the window.
    func fits(_ sender: LetterSender) -> Bool {
        let height = senderBottom - senderTop
        let nameWidth = contentWidth - senderLinesWidth - senderGap
        return LetterType.senderName.height(of: [sender.name], width: nameWidth) <= height
            && LetterType.senderLines.height(of: sender.address, width: senderLinesWidth) <= height - 1
    }
}
