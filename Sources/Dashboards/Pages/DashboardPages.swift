import Foundation

/// The dashboards: static pages, each complete in itself, without script, readable from disk and on paper.
///
/// The same input gives the same bytes.
public struct DashboardPages: Sendable {
    /// The content of the one `<style>` block of every page, for the hash in the content security policy.
    public static let style = String(decoding: PackageResources.dashboard_css, as: UTF8.self)

    /// Every template, by the name others include it with.
    static let templates = ["dashboard-layout": PackageResources.dashboard_layout_mustache]

    private let templates: PageTemplates

    /// Prepares the pages.
    init() throws {
        templates = try PageTemplates(Self.templates)
    }

    /// Writes a page and the file of its figures.
    func write(_ page: DashboardPage, in context: PageContext) -> WrittenPage {
        let path = context.path(page.page)
        var content = MarkupWriter(reserving: 1 << 16)
        for sentence in page.summary { Paragraph(sentence, style: "summary").draw(into: &content) }
        TileRow(tiles: page.tiles).draw(into: &content)
        if !page.sections.isEmpty {
            content.raw("<div class=\"trends\">\n")
            for section in page.sections { section.draw(into: &content) }
            content.raw("</div>\n")
        }
        let model = PageModel(frame: DashboardFrame(page.page, title: page.title, in: context), content: content.string)
        let html = templates.render(model, with: "dashboard-layout")
        return WrittenPage(path: path, html: Array(html.utf8), csv: Array(FigureFile(page.figures).csv.utf8))
    }
}

/// A page before it is written.
struct DashboardPage {
    let page: SitePage
    let title: String
    /// What changed and what needs a person, first.
    let summary: [String]
    var tiles: [MeasureTile] = []
    let sections: [PageSection]
    /// Every figure of the page's tables, for the file beside it.
    let figures: [Figure]
}

private struct PageModel {
    let frame: DashboardFrame
    let content: String
}
