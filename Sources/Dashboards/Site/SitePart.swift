import Postgres

/// A part of a site that is made in one go and moved into place together.
enum SitePart: Hashable, CustomStringConvertible {
    /// The overviews of all periods: what people look at first.
    case overviews
    /// The other pages of one period.
    case pages(period: String)
    /// The pages of some agents for the periods that end on one day, which have the same weeks.
    case agents(Int, until: CalendarDay)
    /// The definitions, and the answers by month.
    case others

    /// How many agents' pages are made together.
    static let agentCount = 20

    /// Names the part in the manifest.
    var description: String {
        switch self {
        case .overviews: "overviews"
        case .pages(let period): "pages \(period)"
        case .agents(let number, let day): "agents \(number) until \(day)"
        case .others: "others"
        }
    }
}
