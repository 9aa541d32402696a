import Foundation
import Postgres
import Statistics

/// The dashboards: static pages, each complete in itself, without script, readable from disk and on paper.
///
/// The same input gives the same bytes.
public struct DashboardPages: Sendable {
    /// The content of the one `<style>` block of every page, for the hash in the content security policy.
    public static let style = String(decoding: PackageResources.dashboard_css, as: UTF8.self)

    /// Every template, by the name others include it with.
    static let templates = [
        "dashboard-layout": PackageResources.dashboard_layout_mustache,
        "overview": PackageResources.overview_mustache,
        "tile": PackageResources.tile_mustache,
        "trend-section": PackageResources.trend_section_mustache,
        "how-to-read": PackageResources.how_to_read_mustache,
        "data-table": PackageResources.data_table_mustache,
    ]

    private let organisation: String
    private let templates: PageTemplates

    /// Prepares the pages of an organisation.
    public init(organisation: String) throws {
        self.organisation = organisation
        templates = try PageTemplates(Self.templates)
    }

    /// The first page: every measure as a tile and as a trend.
    ///
    /// - Parameters:
    ///   - asOf: The moment up to which data are in.
    ///   - zone: The organisation's zone, in which days are cut.
    ///   - rule: How many answers a figure needs.
    ///   - csvAddress: Where the same figures are as CSV.
    ///   - navigation: The other pages; none hides the menu.
    public func overview(
        _ series: [MeasureSeries], period: ClosedRange<CalendarDay>, asOf: Date, in zone: TimeZone,
        rule: SufficiencyRule = .standard,
        csvAddress: String? = nil, navigation: [NavigationLink] = []
    ) -> String {
        let frame = DashboardFrame(
            title: "Overview", organisation: organisation, period: period.text, asOf: asOfText(asOf, in: zone),
            navigation: navigation, csvAddress: csvAddress)
        return templates.render(OverviewPage(series, frame: frame, rule: rule), with: "overview")
    }
}
