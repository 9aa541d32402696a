/// The dashboards: static pages, each complete in itself, without script, readable from disk and on paper.
///
/// The same input gives the same bytes.
public enum DashboardPages {
    /// The content of the one `<style>` block of every page, for the hash in the content security policy.
    public static let style = String(decoding: PackageResources.dashboard_css, as: UTF8.self)

    /// Writes a page and the file of its figures.
    static func write(_ page: DashboardPage, in context: PageContext) -> WrittenPage {
        var html = MarkupWriter(reserving: 1 << 17)
        DashboardFrame(page.page, title: page.title, in: context).draw(into: &html) { writer in
            for sentence in page.summary { Paragraph(sentence, style: "summary").draw(into: &writer) }
            TileRow(tiles: page.tiles).draw(into: &writer)
            guard !page.sections.isEmpty else { return }
            writer.raw("<div class=\"trends\">\n")
            for section in page.sections { section.draw(into: &writer) }
            writer.raw("</div>\n")
        }
        return WrittenPage(path: context.path(page.page), html: html.bytes, csv: page.file)
    }
}

/// A page before it is written.
struct DashboardPage {
    let page: SitePage
    let title: String
    /// What changed and what needs a person, first.
    let summary: [String]
    var tiles: [any Drawing] = []
    var sections: [PageSection]
    /// Every figure of the page's tables, for the file beside it.
    let figures: [Figure]
    /// The figures that are no measures.
    var counts: [PageCount] = []
    /// What the file holds instead of figures; nil where it holds these.
    var list: PageList?

    /// The file beside the page: a table for other programs.
    var file: [UInt8] {
        list.map { PageList.csv([$0.heading] + $0.rows) }
            ?? FigureFile(figures).bytes + PageList.csv(counts.map(\.row))
    }
}
