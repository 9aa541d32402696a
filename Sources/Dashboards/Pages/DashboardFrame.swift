import Postgres

/// What every dashboard has around its content.
struct DashboardFrame {
    let title: String
    let organisation: String
    /// Whose figures; empty for everything.
    let scope: String
    let period: String
    let asOf: String
    let navigation: [NavigationLink]
    /// The site's other periods: the last days first, then months and quarters.
    let recent: [NavigationLink]
    let older: [NavigationLink]
    let csvAddress: String
    let style = DashboardPages.style

    /// Creates the frame of a page.
    init(_ page: SitePage, title: String, in context: PageContext) {
        let path = context.path(page)
        self.title = title
        organisation = context.organisation.name
        scope = context.scopeName ?? ""
        period = page.hasPeriods ? "\(context.period.name), \(context.period.days.text)" : ""
        asOf = asOfText(context.asOf, in: context.zone)
        navigation = context.menu.map { item in
            NavigationLink(
                name: item.name, address: path.link(to: item.page, period: context.period.id),
                isCurrent: item.page == page)
        }
        let periods = page.hasPeriods ? context.periods : []
        let links = periods.map { period in
            NavigationLink(
                name: period.name, address: path.link(to: page, period: period.id), isCurrent: period == context.period)
        }
        recent = Array(links.prefix(4))
        older = Array(links.dropFirst(4))
        csvAddress = path.csvAddress
    }
}

extension PageContext {
    /// The pages of this site's menu.
    var menu: [(page: SitePage, name: String)] {
        SitePage.menu.compactMap { item in
            guard case .answers = item.page else { return item }
            return answerMonths.first.map { (.answers(month: $0), item.name) }
        }
    }
}

/// A link of the menu.
struct NavigationLink {
    /// The page's name.
    let name: String
    /// Its address, relative to the page.
    let address: String
    /// Whether it is the page itself.
    let isCurrent: Bool
}
