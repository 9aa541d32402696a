import Feedback

/// What stands in one letter.
///
/// Every text may be hostile. Nothing in it may tell anybody else why the customer was in touch; whoever writes the
/// texts sees to that.
public struct Letter: Sendable, Equatable {
    /// The customer's name and postal address as it shows in the envelope's window; blank lines are left out.
    public var address: [String]
    /// The language of everything but the address and the sender.
    public var language: Language
    /// The date as the language writes it; nothing stands there if it is empty.
    public var date: String
    /// What the letter is about.
    public var heading: String
    /// The text from the salutation on, without the closing words, which the letter adds.
    public var paragraphs: [String]
    /// The page's address, with its scheme; `https://` is not shown.
    public var link: String
    /// A small number at the foot for the print room, such as the batch's, with or without the letter's place in it.
    public var reference: String
    /// Who writes.
    public var sender: LetterSender

    /// Creates a letter.
    public init(
        address: [String], language: Language, date: String, heading: String, paragraphs: [String], link: String,
        reference: String, sender: LetterSender
    ) {
        self.address = address
        self.language = language
        self.date = date
        self.heading = heading
        self.paragraphs = paragraphs
        self.link = link
        self.reference = reference
        self.sender = sender
    }
}

/// Who writes a letter.
public struct LetterSender: Sendable, Equatable {
    /// The name customers know.
    public var name: String
    /// The postal address and what else stands beside the name.
    public var address: [String]

    /// Creates a sender.
    public init(name: String, address: [String]) {
        self.name = name
        self.address = address
    }
}

/// Why a letter cannot be printed as it should be.
public enum LetterError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The customer's address has more than six lines.
    case tooManyAddressLines(Int)
    /// The customer's address does not fit the window, even in the smallest type that machines read.
    case addressTooLong
    /// Heading and paragraphs do not fit one page, even in the smallest type that is comfortable to read.
    case textTooLong
    /// The sender's name and address do not fit above the window.
    case senderTooLong
    /// The link is not an http or https address in ASCII, or has nothing after its scheme.
    case badLink
    /// The link is too long to be typed, and its code too fine to be read.
    case linkTooLong(bytes: Int)
    /// The link's code could not be made.
    case code(QRCodeError)

    /// What is wrong, without anything of the letter's text.
    public var description: String {
        switch self {
        case .tooManyAddressLines(let lines): "the address has \(lines) lines; \(Letter.addressLines) fit the window"
        case .addressTooLong: "the address does not fit the envelope's window"
        case .textTooLong: "the text does not fit one page"
        case .senderTooLong: "the sender's name and address do not fit above the window"
        case .badLink: "the link is not an http or https address in ASCII"
        case .linkTooLong(let bytes): "the link has \(bytes) bytes; a letter's has \(LetterLayout.longestLink) at most"
        case .code(let error): error.description
        }
    }
}

extension Letter {
    /// The lines that an address can have (DIN 5008:2020, zone for the address).
    static let addressLines = 6
}

/// An address's lines as they are printed: without blank ones, breaks within them, or marks that turn the direction of
/// writing.
func printableLines(_ lines: [String]) -> [String] {
    lines.map { line in
        var kept = String.UnicodeScalarView()
        for scalar in line.unicodeScalars where !scalar.properties.isBidiControl {
            kept.append(breaksLine(scalar) ? " " : scalar)
        }
        return String(kept)
    }.filter { !$0.allSatisfy(\.isWhitespace) }
}

private func breaksLine(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
}
