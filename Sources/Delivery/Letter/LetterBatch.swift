import Mustache

/// Writes letters as one HTML document to print: a page for each, with nothing fetched and no script.
///
/// The document comes in pieces, so that a batch of any size never stands in memory: ``head(cover:)``, a ``page(of:)``
/// for each letter, ``foot``. A piece depends on nothing but what it is made of. Only the address shows in the
/// envelope's window, and there is no sender on the sheet's outside (15 U.S.C. 1692f(8), 12 CFR 1006.22(f)(2)).
///
/// A letter that does not fit is refused, not cut short: half an address may be somebody else's, and half a text
/// misleads. Long addresses and long texts are set in smaller type first. What the print room's typeface makes wider
/// than estimated is cut off at the edge of its place; it never goes on outside the window or on a second page.
public struct LetterBatch: Sendable {
    private let layout: LetterLayout
    private let library: MustacheLibrary

    /// Prepares letters for a paper.
    public init(paper: LetterPaper) throws {
        layout = LetterLayout(paper: paper)
        MustacheContentTypes.register(EscapedMarkup(), named: "MARKUP")
        var library = MustacheLibrary()
        for (name, source) in Self.templates {
            try library.register("{{%CONTENT_TYPE:MARKUP}}\n" + String(decoding: source, as: UTF8.self), named: name)
        }
        self.library = library
    }

    private static let templates = [
        "letter-head": PackageResources.letter_head_mustache,
        "letter-cover": PackageResources.letter_cover_mustache,
        "letter-page": PackageResources.letter_page_mustache,
    ]

    /// The document's beginning.
    ///
    /// - Parameter cover: What the print room's own sheet says; without it there is none.
    public func head(cover: LetterCover? = nil) -> String {
        let head = render(layout.headModel, with: "letter-head")
        guard let cover else { return head }
        return head + render(layout.coverModel(cover), with: "letter-cover")
    }

    /// A letter's page.
    ///
    /// - Throws: ``LetterError`` if it cannot be printed as it should be.
    public func page(of letter: Letter) throws(LetterError) -> String {
        render(try layout.pageModel(letter), with: "letter-page")
    }

    /// The document's end.
    public let foot = "</body>\n</html>\n"

    private func render(_ model: [String: Any], with name: String) -> String {
        library.render(model, withTemplate: name) ?? ""
    }
}
