/// A part of a page: a heading, what it says in a sentence, drawings and tables, and what a reader has to know about them.
struct PageSection {
    /// Identifies the section in its page.
    let id: String
    let heading: String
    /// What the section shows, in a sentence; nil for none.
    let lead: String?
    /// The drawings and tables, in their order.
    let drawings: [any Drawing]
    /// What stands below them.
    let notes: [String]
    /// Whether the section takes the whole width of the page.
    let isWide: Bool

    /// Creates a section.
    init(
        id: String, _ heading: String, lead: String? = nil, _ drawings: [any Drawing] = [], notes: [String] = [],
        isWide: Bool = true
    ) {
        self.id = id
        self.heading = heading
        self.lead = lead
        self.drawings = drawings
        self.notes = notes
        self.isWide = isWide
    }
}

extension PageSection: Drawing {
    func draw(into writer: inout MarkupWriter) {
        writer.raw(
            "<section class=\"trend\(isWide ? " across" : "")\" id=\"\(id)\" aria-labelledby=\"\(id)-heading\">\n")
        writer.raw("<h2 id=\"\(id)-heading\">")
        writer.text(heading)
        writer.raw("</h2>\n")
        if let lead { Paragraph(lead, style: "lead").draw(into: &writer) }
        for drawing in drawings { drawing.draw(into: &writer) }
        for note in notes { Paragraph(note, style: "note").draw(into: &writer) }
        writer.raw("</section>\n")
    }
}

/// A paragraph of text.
struct Paragraph: Drawing {
    let text: String
    let style: String

    /// Creates a paragraph.
    init(_ text: String, style: String) {
        self.text = text
        self.style = style
    }

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<p class=\"\(style)\">")
        writer.text(text)
        writer.raw("</p>\n")
    }
}

/// A drawing with its title above it.
struct FigureBlock: Drawing {
    let title: String
    /// What values are counted in.
    let unit: String
    let drawing: any Drawing
    /// Whether the drawing has a scale beside it.
    var hasScale = true

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<figure>\n<figcaption>")
        writer.text(title)
        writer.raw("<span class=\"unit\">")
        writer.text(unit)
        writer.raw("</span></figcaption>\n")
        writer.raw(hasScale ? "<div class=\"plot\">" : "<div>")
        drawing.draw(into: &writer)
        writer.raw("</div>\n</figure>\n")
    }
}
