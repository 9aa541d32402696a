import Feedback

/// What the layout shows.
///
/// No two models around each other share a property's name, because Mustache takes a nil from the model around it.
struct EmailLayout {
    let languageCode: String
    let direction: String
    /// The side that lines begin at.
    let start: String
    /// The side that lines end at.
    let end: String
    let subject: String
    let preheader: String
    let organisation: String
    let blocks: [EmailLayoutBlock]
    let footer: [EmailLayoutBlock]

    init(_ text: MessageText) {
        languageCode = text.language.code
        let isRightToLeft = text.language.isRightToLeft
        direction = isRightToLeft ? "rtl" : "ltr"
        start = isRightToLeft ? "right" : "left"
        end = isRightToLeft ? "left" : "right"
        subject = text.subject
        preheader = text.preheader
        organisation = text.organisation
        blocks = text.blocks.map(EmailLayoutBlock.init)
        footer = text.footer.map(EmailLayoutBlock.init)
    }
}

/// One block of the layout; exactly one property is set.
struct EmailLayoutBlock {
    let paragraph: [Piece]
    let question: String?
    let scale: EmailLayoutScale?
    let action: Action?

    struct Piece {
        let words: String?
        let linked: String?
    }

    struct Action {
        let words: String
        let address: String
    }

    init(_ block: MessageBlock) {
        var paragraph: [Piece] = []
        var question: String?
        var scale: EmailLayoutScale?
        var action: Action?
        switch block {
        case .paragraph(let pieces):
            paragraph = pieces.map { piece in
                switch piece {
                case .words(let words): Piece(words: words, linked: nil)
                case .address(let address): Piece(words: nil, linked: address)
                }
            }
        case .question(let text): question = text
        case .scores(let links, let low, let high): scale = EmailLayoutScale(links, low: low, high: high)
        case .action(let words, let address): action = Action(words: words, address: address)
        }
        self.paragraph = paragraph
        self.question = question
        self.scale = scale
        self.action = action
    }
}
