import Foundation
import Postgres
import Statistics
import Store

/// Builds the static site of one scope into a folder.
public struct SiteBuilder: Sendable {
    private let store: Store
    private let folder: String
    private let scope: FigureScope

    /// Creates a builder.
    ///
    /// - Parameters:
    ///   - folder: Where the files go; made if it is not there.
    ///   - scope: Whose figures the site shows.
    public init(store: Store, folder: String, scope: FigureScope = .everything) {
        self.store = store
        self.folder = folder
        self.scope = scope
    }

    /// Builds the site from the cells as they are.
    ///
    /// - Parameter now: The time, which tells what is today.
    /// - Returns: What was written.
    public func build(
        now: Date, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> SiteChanges {
        let pages = try await store.readingFigures { figures in
            let contexts = try await PageContext.all(scope, now: now, from: figures)
            let writer = try DashboardPages()
            var pages: [WrittenPage] = []
            for context in contexts {
                pages.append(writer.write(try await OverviewPage.read(context, from: figures).page, in: context))
            }
            return pages
        }
        let files = try pages.flatMap { page in
            [try write(page.html, to: page.path.html), try write(page.csv, to: page.path.csv)].compactMap { $0 }
        }
        return SiteChanges(pages: pages.count, files: files.count, seconds: 0)
    }

    /// Reads what the overview of a period shows, as a page of it would.
    public static func readOverview(of days: ClosedRange<CalendarDay>, in store: Store, now: Date) async throws {
        try await store.readingFigures { figures in
            guard var context = try await PageContext.all(.everything, now: now, from: figures).first else { return }
            context.period = SitePeriod(days)
            _ = try await SeriesCounts.read(context, from: figures)
        }
    }

    private func write(_ content: [UInt8], to name: String) throws -> String? {
        let url = URL(filePath: folder).appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        if let present = try? Data(contentsOf: url), present == Data(content) { return nil }
        try Data(content).write(to: url, options: .atomic)
        return name
    }
}

/// What a building of the site has done.
public struct SiteChanges: Sendable {
    /// Pages that were made, and files whose content was new.
    public var pages = 0, files = 0
    /// How long it took.
    public var seconds = 0.0
}
