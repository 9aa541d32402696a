import Delivery
import Feedback
import Store

/// Every message to customers, by channel and language.
struct TemplatesPage {
    let frame: StaffFrame
    let channels: [Channel]

    /// The messages of a channel.
    struct Channel {
        let name: String
        let rows: [Row]
    }

    /// A message in one language.
    struct Row {
        let path: String
        let code: String
        let direction: String
        let language: String
        let words: String

        init(_ channel: MessageChannel, _ language: Language, _ published: PublishedTemplate?) {
            path = "/templates/\(channel.rawValue)/\(language.code)"
            code = language.code
            direction = language.isRightToLeft ? "rtl" : "ltr"
            self.language = language.name
            words =
                switch published {
                case nil: "The standard words."
                case let back? where back.source == nil:
                    "The standard words, gone back to on \(written(back.publication))."
                case let own?: "Your own words, published \(written(own.publication))."
                }
        }
    }
}

/// A message to be changed.
struct TemplatePage {
    let frame: StaffFrame
    let token: String
    let path: String
    let base: Int
    let state: String
    let editor: TextEditor
    let tags: [Tag]
    let isOwn: Bool
    let mayPublish: Bool
    let isLetter: Bool
    let section = "{{#reminder}}…{{/reminder}}"

    /// A name that may stand between braces.
    struct Tag {
        let name: String
        let meaning: String

        init(name: String) {
            self.name = "{{\(name)}}"
            meaning =
                switch name {
                case "organisation": "your name"
                case "question": "the first question"
                case "scores": "its scores as links"
                case "lowest": "the lowest score"
                case "highest": "the highest score"
                case "low": "what the lowest score means"
                case "high": "what the highest score means"
                case "link": "the survey’s address"
                case "stop": "how to stop these messages"
                case "ownPage": "the customer’s own page"
                case "expires": "the last day to answer"
                default: ""
                }
        }
    }
}

/// A text message as a telephone shows it.
struct TextPreview {
    let style = StaffPages.style
    let language: String
    let direction: String
    let text: String
    let cost: String
}

/// Why there is no preview.
struct FaultyPreview {
    let style = StaffPages.style
    let mistakes: [TextEditor.Mistake]
}

extension MessageChannel {
    /// What people call it.
    var words: String {
        switch self {
        case .email: "E-mail"
        case .sms: "Text message"
        case .letter: "Letter"
        }
    }

    /// How its template is written.
    var help: String {
        switch self {
        case .email:
            "Subject and preheader first, then an empty line. Paragraphs have empty lines between them; -- alone begins the "
                + "small print."
        case .sms: "One paragraph. What it costs is told below the preview."
        case .letter:
            "The heading first, then an empty line. Paragraphs have empty lines between them; -- alone begins the small print."
        }
    }
}

extension Language {
    /// The language's name for those who work here.
    var englishName: String {
        switch code {
        case "es": "Spanish"
        case "ar": "Arabic"
        default: name
        }
    }
}
