/// What every dashboard has around its content.
struct DashboardFrame {
    let title: String
    let organisation: String
    let period: String
    let asOf: String
    let navigation: [NavigationLink]
    let csvAddress: String?
    let style = DashboardPages.style
}

/// A link of the menu.
public struct NavigationLink: Sendable {
    /// The page's name.
    let name: String
    /// Its address, relative to the page.
    let address: String
    /// Whether it is the page itself.
    let isCurrent: Bool

    /// Creates a link.
    public init(name: String, address: String, isCurrent: Bool) {
        self.name = name
        self.address = address
        self.isCurrent = isCurrent
    }
}
