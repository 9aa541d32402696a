import Feedback

/// An e-mail laid out once for all who read the same, with places for the tokens of each customer's links.
struct EmailForm: Sendable {
    private let language: Language
    private let subject: Filling
    private let plain: Filling
    private let html: Filling

    /// - Parameter places: The words that stand in the content where tokens will.
    init(_ content: EmailContent, places: LinkTokens) {
        language = content.language
        subject = Filling(content.subject, places: places)
        plain = Filling(content.plain, places: places)
        html = Filling(content.html, places: places)
    }

    /// The content for one customer.
    func content(with tokens: LinkTokens) -> EmailContent {
        EmailContent(
            language: language, subject: subject.text(with: tokens), plain: plain.text(with: tokens),
            html: html.text(with: tokens))
    }
}

/// A text with places for tokens.
private struct Filling: Sendable {
    private enum Place {
        case survey, ownPage
    }

    /// What stands before each place.
    private var pieces: [(text: String, place: Place)] = []
    private var end = ""

    init(_ text: String, places: LinkTokens) {
        var rest = text[...]
        while true {
            let next = [(places.survey, Place.survey), (places.ownPage, .ownPage)].compactMap { word, place in
                rest.firstRange(of: word).map { (range: $0, place: place) }
            }.min { $0.range.lowerBound < $1.range.lowerBound }
            guard let next else { break }
            pieces.append((String(rest[..<next.range.lowerBound]), next.place))
            rest = rest[next.range.upperBound...]
        }
        end = String(rest)
    }

    func text(with tokens: LinkTokens) -> String {
        var text = ""
        text.reserveCapacity(pieces.reduce(end.utf8.count) { $0 + $1.text.utf8.count + tokens.survey.utf8.count + 8 })
        for (piece, place) in pieces {
            text += piece
            switch place {
            case .survey: text += tokens.survey
            case .ownPage: text += tokens.ownPage
            }
        }
        return text + end
    }
}
