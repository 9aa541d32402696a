/// A size of type.
struct LetterType: Equatable {
    /// The name that the style sheet knows it by.
    let name: String
    /// Its size in points.
    let points: Double
    /// From line to line, in millimetres.
    let leading: Double
    var isBold = false

    /// 8 points are the least that the USPS's machines read, 10 to 12 what it asks for.
    static let addressSizes = [
        LetterType(name: "large", points: 10.5, leading: 4.4),
        LetterType(name: "medium", points: 9, leading: 3.7),
        LetterType(name: "small", points: 8, leading: 3.3),
    ]
    /// 12 points are the least that most people with weak eyes can read (RNIB, clear print).
    static let textSizes = [
        LetterType(name: "large", points: 12, leading: 6),
        LetterType(name: "medium", points: 11, leading: 5.6),
        LetterType(name: "small", points: 10, leading: 5.1),
    ]
    static let heading = LetterType(name: "heading", points: 14, leading: 6.4, isBold: true)
    static let senderName = LetterType(name: "name", points: 15, leading: 6.4, isBold: true)
    static let senderLines = LetterType(name: "lines", points: 8.5, leading: 4)

    /// Between two paragraphs, in millimetres.
    static let paragraphGap = 3.0

    /// The height that texts take, each beginning on a new line, in millimetres.
    func height(of texts: [String], width: Double) -> Double {
        let size = points * inch / 72
        // DejaVu Sans Bold is an eighth wider than the upright.
        let ems = width / (isBold ? size * 1.125 : size)
        return Double(texts.reduce(0) { $0 + estimatedRows($1, width: ems) }) * leading
    }
}
