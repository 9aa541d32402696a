import Foundation
import Postgres
import Statistics
import Store

/// Builds the static site of one scope into a folder: pages whose figures have changed since the last time are made anew, and those
/// whose content is new are written.
public struct SiteBuilder: Sendable {
    private let store: Store
    private let folder: SiteFolder
    private let scope: FigureScope
    private let isServed: Bool

    /// The folder within the whole site where sites of teams and portfolios stand.
    public static let partsFolder = "for"

    /// Creates a builder.
    ///
    /// - Parameters:
    ///   - folder: Where the files go; made if it is not there.
    ///   - scope: Whose figures the site shows.
    ///   - isServed: Whether the site's readers are signed in, so that it leads to their account.
    public init(store: Store, folder: String, scope: FigureScope = .everything, isServed: Bool = false) {
        self.store = store
        self.folder = SiteFolder(folder)
        self.scope = scope
        self.isServed = isServed
    }

    /// Builds the site from the cells as they are.
    ///
    /// - Parameters:
    ///   - now: The time, which tells what is today.
    ///   - choice: What to build.
    ///   - progress: Told how many of how many parts are done.
    /// - Returns: What was written.
    /// - Throws: ``SiteError`` when a file cannot be written; the pages are then as they were.
    public func build(
        _ choice: SiteChoice = .whole, now: Date,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> SiteChanges {
        let started = ContinuousClock.now
        var changes = try await store.readingFigures(of: scope) { figures in
            let building = try await SiteBuilding(
                scope, isServed: isServed, folder: folder, now: now, figures: figures)
            return try await building.run(choice, progress: progress)
        }
        let (seconds, attoseconds) = started.duration(to: .now).components
        changes.seconds = Double(seconds) + Double(attoseconds) / 1e18
        return changes
    }

    /// Reads what the overview of a period shows, as a page of it would.
    public static func readOverview(of days: ClosedRange<CalendarDay>, in store: Store, now: Date) async throws {
        try await store.readingFigures { figures in
            guard var context = try await PageContext.all(.everything, now: now, from: figures).first else { return }
            context.period = SitePeriod(days)
            _ = try await SeriesCounts.read(context, from: figures)
        }
    }
}

/// What of a site to build.
public enum SiteChoice: Sendable {
    /// All of it; nothing is moved into place before everything is written.
    case whole
    /// The overviews, which people look at first.
    case overviews
    /// So many of the other parts, those that have waited for longest, each moved into place by itself.
    case further(Int)
}

/// What a building of the site has done.
public struct SiteChanges: Sendable {
    /// Pages that were made, and files whose content was new.
    public var pages = 0, files = 0
    /// How long it took.
    public var seconds = 0.0
}

/// The pages of a site that there is one of for each period, besides the overview, and how each is made.
let sitePages: [(page: SitePage, read: @Sendable (PageContext, FigureSnapshot) async throws -> DashboardPage)] = [
    (.teams, { try await ComparisonPage.read(.teams, $0, from: $1) }),
    (.agents, { try await AgentsPage.read($0, from: $1) }),
    (.topics, { try await ComparisonPage.read(.topics, $0, from: $1) }),
    (.portfolios, { try await ComparisonPage.read(.portfolios, $0, from: $1) }),
    (.channels, { try await ComparisonPage.read(.channels, $0, from: $1) }),
    (.complaints, ComplaintsPage.read),
    (.asking, AskingPage.read),
    (.surveys, SurveysPage.read),
    (.quality, QualityPage.read),
]

extension FigureScope {
    /// Whether a site of the scope has a page; an agent's site has their own page as its first, and none about others.
    func has(_ page: SitePage) -> Bool {
        guard case .agent = self else { return true }
        return page == .overview || page == .definitions
    }
}
