/// The pages of a site, each at an address of its own.
enum SitePage: Hashable, Sendable {
    case overview, teams, agents, topics, portfolios, channels, complaints, asking, surveys, quality
    case agent(Int32)
    case answers(month: String)
    case definitions

    /// The pages of the menu, in their order.
    static let menu: [(page: SitePage, name: String)] = [
        (.overview, "Overview"), (.teams, "Teams"), (.agents, "Agents"), (.topics, "Topics"),
        (.portfolios, "Portfolios"), (.channels, "Channels"), (.complaints, "Complaints"), (.asking, "Asking"),
        (.answers(month: ""), "Answers"), (.surveys, "Surveys"), (.quality, "Data quality"),
        (.definitions, "Definitions"),
    ]

    /// Whether there is one such page for each period.
    var hasPeriods: Bool {
        switch self {
        case .answers, .definitions: false
        default: true
        }
    }

    fileprivate var file: String {
        switch self {
        case .overview: "index"
        case .teams: "teams"
        case .agents: "agents"
        case .topics: "topics"
        case .portfolios: "portfolios"
        case .channels: "channels"
        case .complaints: "complaints"
        case .asking: "asking"
        case .surveys: "surveys"
        case .quality: "data-quality"
        case .agent(let id): "agents/\(id)"
        case .answers(let month): "answers/\(month)"
        case .definitions: "definitions"
        }
    }
}

/// Where a page lies in its site, and how it refers to other pages there: by relative addresses, so that a site can lie anywhere.
struct SitePath: Hashable, Sendable {
    let page: SitePage
    /// The period's identifier; the standard period's pages lie at the top.
    let period: String

    /// The page's path from the site's folder, without its ending.
    private var stem: String {
        page.hasPeriods && period != SitePeriod.standardID ? "\(period)/\(page.file)" : page.file
    }

    var html: String { stem + ".html" }
    var csv: String { stem + ".csv" }

    /// The address of another page, seen from this one.
    func link(to page: SitePage, period: String? = nil) -> String {
        let target = SitePath(page: page, period: period ?? self.period).html
        return String(repeating: "../", count: stem.count { $0 == "/" }) + target
    }

    /// The address of this page's file for other programs, seen from it.
    var csvAddress: String { (stem.split(separator: "/").last.map(String.init) ?? stem) + ".csv" }
}
