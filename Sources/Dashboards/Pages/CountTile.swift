/// A plain number at a glance, such as how many complaints are open.
struct CountTile: Drawing {
    let name: String
    /// The identifier of the section that tells more.
    let section: String
    let caption: String
    let count: Int
    let note: String

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<div class=\"tile\">\n<h2><a href=\"#\(section)\">")
        writer.text(name)
        writer.raw("</a></h2>\n")
        Paragraph(caption, style: "caption").draw(into: &writer)
        writer.raw("<p class=\"figure\"><span>")
        writer.text(Figures.whole(count))
        writer.raw("</span></p>\n")
        Paragraph(note, style: "note").draw(into: &writer)
        writer.raw("</div>\n")
    }
}
