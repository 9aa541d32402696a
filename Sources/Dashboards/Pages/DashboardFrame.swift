import Postgres

/// What every dashboard has around its content: whose figures, of when, and the ways to other pages.
struct DashboardFrame {
    private let page: SitePage
    private let title: String
    private let context: PageContext
    private let path: SitePath

    /// Creates the frame of a page.
    init(_ page: SitePage, title: String, in context: PageContext) {
        self.page = page
        self.title = title
        self.context = context
        path = context.path(page)
    }

    /// Writes the whole page.
    func draw(into writer: inout MarkupWriter, content: (inout MarkupWriter) -> Void) {
        drawHead(into: &writer)
        writer.raw("<body>\n<a class=\"skip\" href=\"#content\">Skip to content</a>\n")
        drawHeader(into: &writer)
        writer.raw("<main id=\"content\">\n")
        content(&writer)
        writer.raw("</main>\n")
        drawFooter(into: &writer)
        writer.raw("</body>\n</html>\n")
    }

    private var periodText: String? {
        page.hasPeriods ? "\(context.period.name), \(context.period.days.text)" : nil
    }

    private func drawHead(into writer: inout MarkupWriter) {
        writer.raw(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex, nofollow">
            <title>
            """)
        writer.text([title, periodText].compactMap { $0 }.joined(separator: ", ") + " – " + context.organisation.name)
        writer.raw("</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>")
        writer.raw(DashboardPages.style + context.organisation.appearance.style)
        writer.raw("</style>\n</head>\n")
    }

    private func drawHeader(into writer: inout MarkupWriter) {
        writer.raw("<header>\n<div>\n<p class=\"organisation\">")
        if let logo = context.organisation.appearance.logo {
            writer.raw(
                "<img class=\"logo\" alt=\"\" width=\"\(logo.width)\" height=\"\(logo.height)\" src=\"\(logo.address)\">"
            )
        }
        writer.raw("<bdi>")
        writer.text(context.organisation.name)
        writer.raw("</bdi>")
        if let scope = context.scopeName {
            writer.raw(" · <bdi>")
            writer.text(scope)
            writer.raw("</bdi>")
        }
        writer.raw("</p>\n<h1><bdi>")
        writer.text(title)
        writer.raw("</bdi></h1>\n</div>\n<dl>\n")
        if let periodText { drawTerm("Period", periodText, into: &writer) }
        drawTerm("Data as of", asOfText(context.asOf, in: context.zone), into: &writer)
        writer.raw("</dl>\n<nav aria-label=\"Dashboards\">\n")
        let menu = context.menu.map { item in
            (
                name: item.name, address: path.link(to: item.page, period: context.period.id),
                isCurrent: isCurrent(item.page)
            )
        }
        let account = (name: "Account", address: "/account", isCurrent: false)
        drawLinks(menu + (context.isServed ? [account] : []), into: &writer)
        writer.raw("</nav>\n")
        if page.hasPeriods { drawPeriods(into: &writer) }
        writer.raw("</header>\n")
    }

    /// Every month's answers stand under one name.
    private func isCurrent(_ other: SitePage) -> Bool {
        if case .answers = page, case .answers = other { return true }
        return other == page
    }

    /// The last days first, then months and quarters behind a summary.
    private func drawPeriods(into writer: inout MarkupWriter) {
        let links = context.periods.map { period in
            (name: period.name, address: path.link(to: page, period: period.id), isCurrent: period == context.period)
        }
        writer.raw("<nav class=\"periods\" aria-label=\"Period\">\n")
        drawLinks(Array(links.prefix(4)), into: &writer)
        if links.count > 4 {
            writer.raw("<details>\n<summary>Months and quarters</summary>\n")
            drawLinks(Array(links.dropFirst(4)), into: &writer)
            writer.raw("</details>\n")
        }
        writer.raw("</nav>\n")
    }

    private func drawTerm(_ term: String, _ text: String, into writer: inout MarkupWriter) {
        writer.raw("<div><dt>\(term)</dt><dd>")
        writer.text(text)
        writer.raw("</dd></div>\n")
    }

    private func drawLinks(
        _ links: [(name: String, address: String, isCurrent: Bool)], into writer: inout MarkupWriter
    ) {
        writer.raw("<ul>\n")
        for link in links {
            writer.raw("<li><a href=\"")
            writer.text(link.address)
            writer.raw(link.isCurrent ? "\" aria-current=\"page\">" : "\">")
            writer.text(link.name)
            writer.raw("</a></li>\n")
        }
        writer.raw("</ul>\n")
    }

    private func drawFooter(into writer: inout MarkupWriter) {
        writer.raw(
            """
            <footer>
            <p>Every figure stands with the number of answers or contacts behind it and a 95 % interval: the range in which the \
            true value lies with that confidence. Two intervals may overlap although the values differ. Figures from fewer than \
            \(context.rule.shownFrom) are withheld. Each chart’s scale is fitted to its values and need not start at zero.</p>
            <p><a href="
            """)
        writer.text(path.csvAddress)
        writer.raw("\">These figures as CSV</a></p>\n</footer>\n")
    }
}

extension PageContext {
    /// The pages of this site's menu.
    var menu: [(page: SitePage, name: String)] {
        SitePage.menu.compactMap { item in
            guard scope.has(item.page) else { return nil }
            if case .answers = item.page { return answerMonths.first.map { (.answers(month: $0), item.name) } }
            return item
        }
    }
}
