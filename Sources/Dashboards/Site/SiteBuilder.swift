import Foundation
import Postgres
import Store

/// Builds the static site into a folder: each file whole or not at all, and only those whose content has changed.
public struct SiteBuilder: Sendable {
    private let store: Store
    private let folder: String

    /// Creates a builder.
    ///
    /// - Parameter folder: Where the files go; made if it is not there.
    public init(store: Store, folder: String) {
        self.store = store
        self.folder = folder
    }

    /// Builds the site from the cells as they are.
    ///
    /// - Parameters:
    ///   - period: The days to show; by default the last 52 full weeks and the present one.
    ///   - now: The time, which tells what is today.
    /// - Returns: The names of the files that were written.
    public func build(_ period: ClosedRange<CalendarDay>? = nil, now: Date) async throws -> [String] {
        let files = try await store.readingFigures { figures in
            let organisation = try await figures.organisation()
            let zone = TimeZone(identifier: organisation.timeZone) ?? .gmt
            let today = CalendarDay(now, in: zone)
            let overview = try await Overview.read(
                period ?? TrendCut.week.start(of: today.adding(days: -364))...today, today: today, from: figures)
            let page = try DashboardPages(organisation: organisation.name).overview(
                overview.series, period: overview.period, asOf: try await figures.refreshedAt(), in: zone,
                csvAddress: "overview.csv")
            return [("index.html", page), ("overview.csv", OverviewTable(overview).csv)]
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return try files.compactMap { name, text in try write(Data(text.utf8), to: name) ? name : nil }
    }

    /// Replaces a file in one step, so that a reader sees the old one or the new one.
    private func write(_ content: Data, to name: String) throws -> Bool {
        let url = URL(filePath: folder).appending(path: name)
        if let present = try? Data(contentsOf: url), present == content { return false }
        try content.write(to: url, options: .atomic)
        return true
    }
}
