import Foundation
import Postgres
import Statistics
import Store

/// One building of a site, or of some of its parts, from figures as they were at one moment.
struct SiteBuilding {
    private let scope: FigureScope
    private let figures: FigureSnapshot
    private let contexts: [PageContext]
    private let agents: [AgentName]
    private let folder: SiteFolder
    /// The folder's number of this building, and what it held before.
    private let number: Int
    private let manifest: SiteManifest
    /// What this building's figures are.
    private let current: SiteManifest.BuiltFrom

    /// How many parts are made at a time, so that one is drawn while another is read.
    private static let lanes = 2

    init(
        _ scope: FigureScope, isServed: Bool, folder: SiteFolder, now: Date, figures: FigureSnapshot
    ) async throws {
        self.scope = scope
        self.figures = figures
        self.folder = folder
        contexts = try await PageContext.all(scope, isServed: isServed, now: now, from: figures)
        agents = try await figures.agents(in: scope)
        (number, manifest) = try await folder.open()
        current = SiteManifest.BuiltFrom(
            frame: contexts.first?.frame ?? "", today: contexts.first.map { "\($0.today)" } ?? "",
            refresh: try await figures.cellState().refresh)
    }

    /// Makes and writes the pages that are not as they should be.
    ///
    /// - Parameter progress: Told how many of how many parts are done.
    func run(_ choice: SiteChoice, progress: (_ done: Int, _ total: Int) -> Void) async throws -> SiteChanges {
        let all = self.parts
        let parts =
            switch choice {
            case .whole: all[...]
            case .overviews: all.prefix(1)
            case .further: all.dropFirst()
            }
        var made = SiteChanges()
        guard parts.contains(where: { manifest.parts[$0.description] != current }) else { return made }
        do {
            switch choice {
            case .whole, .overviews:
                made.pages = try await make(parts, progress: progress)
                made.files = try await folder.publish(built(parts), by: number)
            case .further(let limit):
                let isDone = try await make(parts, limit: limit, counting: &made, progress: progress)
                guard isDone else { return made }
            }
            // The overviews alone do not make a site whole.
            guard parts.count > 1 else { return made }
            try await folder.finish(keeping: Set(contexts.flatMap(names)), parts: Set(all.map(\.description)))
        } catch {
            await folder.discard(by: number)
            throw error
        }
        return made
    }

    /// Makes all of some parts; gives how many pages were made.
    private func make(
        _ parts: ArraySlice<SitePart>, progress: (_ done: Int, _ total: Int) -> Void
    ) async throws -> Int {
        await announce(contexts)
        return try await withThrowingTaskGroup(of: Int.self) { group in
            var waiting = parts.makeIterator()
            func begin() {
                if let part = waiting.next() { group.addTask { try await make(part) } }
            }
            for _ in 0..<Self.lanes { begin() }
            var (pages, done) = (0, 0)
            while let made = try await group.next() {
                begin()
                pages += made
                done += 1
                progress(done, parts.count)
            }
            return pages
        }
    }

    /// Moves one part after another into place, until some had pages to make.
    ///
    /// - Returns: Whether nothing is left to do.
    private func make(
        _ parts: ArraySlice<SitePart>, limit: Int, counting made: inout SiteChanges,
        progress: (_ done: Int, _ total: Int) -> Void
    ) async throws -> Bool {
        var further = 0
        var same: [SitePart] = []
        for (index, part) in parts.enumerated() {
            await announce(contexts(of: part))
            same.append(part)
            let pages = try await make(part)
            if pages > 0 {
                made.pages += pages
                made.files += try await folder.publish(built(same), by: number)
                same = []
                further += 1
            }
            progress(index + 1, parts.count)
            if further == limit, index + 1 < parts.count { return false }
        }
        made.files += try await folder.publish(built(same), by: number)
        return true
    }

    private func announce(_ contexts: [PageContext]) async {
        await figures.announce(contexts.flatMap(\.period.compared), trends: contexts.map(\.trendDays))
    }

    private func built(_ parts: some Sequence<SitePart>) -> [String: SiteManifest.BuiltFrom] {
        Dictionary(uniqueKeysWithValues: parts.map { ($0.description, current) })
    }

    /// The site's parts: the overviews first, the others by how long ago they were made.
    private var parts: [SitePart] {
        var others: [SitePart] = contexts.map { .pages(period: $0.period.id) }
        var ends: [CalendarDay] = []
        for context in contexts where !ends.contains(context.trendDays.upperBound) {
            ends.append(context.trendDays.upperBound)
        }
        // What is known of some agents serves all their periods, so it is not forgotten before the next agents.
        let chunks = scope.dimension == .agent ? 0 : (agents.count + SitePart.agentCount - 1) / SitePart.agentCount
        for number in 0..<chunks {
            for end in ends { others.append(.agents(number, until: end)) }
        }
        others.append(.others)
        let ages = others.enumerated().map { (manifest.parts[$0.element.description]?.refresh ?? -1, $0.offset) }
        return [.overviews] + ages.sorted { $0 < $1 }.map { others[$0.1] }
    }

    /// What has changed since a part was made.
    private func changes(since before: SiteManifest.BuiltFrom?) async throws -> PartChanges {
        var changes = FigureChanges()
        if let before, before.frame == current.frame {
            changes = try await figures.changes(after: before.refresh)
        } else {
            changes.isEverything = true
        }
        return PartChanges(figures: changes, isNewDay: before?.today != current.today)
    }

    /// The periods that a part has pages of.
    private func contexts(of part: SitePart) -> [PageContext] {
        switch part {
        case .overviews: contexts
        case .pages(let period): contexts.filter { $0.period.id == period }
        case .agents(_, let end): contexts.filter { $0.trendDays.upperBound == end }
        case .others: Array(contexts.prefix(1))
        }
    }

    /// Makes the pages of a part that have changed; gives how many.
    private func make(_ part: SitePart) async throws -> Int {
        let known = manifest.parts[part.description]
        guard known != current else { return 0 }
        let changes = try await changes(since: known)
        let contexts = contexts(of: part)
        var pages = 0
        func take(_ page: DashboardPage, in context: PageContext) async throws {
            try await folder.stage(DashboardPages.write(page, in: context), by: number)
            pages += 1
        }
        switch part {
        case .overviews:
            var reader = AgentReader(.everything, figures: figures)
            for context in contexts where isStale(scope, .overview, changes, in: context) {
                if scope.dimension == .agent {
                    // Agents read the page that is read about them.
                    for page in try await reader.pages(of: agents, in: context) { try await take(page, in: context) }
                } else {
                    try await take(try await OverviewPage.read(context, from: figures).page, in: context)
                }
            }
        case .pages:
            // They are made together, so one of them tells about all.
            for context in contexts where isStale(scope, .quality, changes, in: context) {
                for item in sitePages where scope.has(item.page) {
                    try await take(try await item.read(context, figures), in: context)
                }
            }
        case .agents(let number, _):
            let chunk = agents.dropFirst(number * SitePart.agentCount).prefix(SitePart.agentCount)
            var reader = AgentReader(scope, figures: figures)
            for context in contexts {
                let stale = chunk.filter { isStale(.agent($0.id), .agent($0.id), changes, in: context) }
                guard !stale.isEmpty else { continue }
                for page in try await reader.pages(of: stale, in: context) { try await take(page, in: context) }
            }
        case .others:
            guard let context = contexts.first else { break }
            if changes.figures.isEverything { try await take(DefinitionsPage(in: context).page, in: context) }
            for month in answerMonths where isStale(month: month, changes, in: context) {
                try await take(try await AnswersPage.read(month: month, context, from: figures), in: context)
            }
        }
        return pages
    }

    // MARK: Which pages

    /// Whether pages about a scope's figures have to be made: they have changed, or they may change as time passes.
    private func isStale(_ entity: FigureScope, _ page: SitePage, _ changes: PartChanges, in context: PageContext)
        -> Bool
    {
        guard manifest.files[context.path(page).html]?.isEmpty == false else { return true }
        if changes.figures.isEverything { return true }
        if changes.isNewDay, context.period.isOpen(today: context.today, expiry: context.expiry) { return true }
        // The overview of everything shows the cells of everything; its other pages show teams, topics and so on too, which are
        // computed after those.
        let isWide = entity == .everything && page != .overview
        guard let changed = isWide ? changes.figures.allDays : changes.figures.days(of: entity) else { return false }
        let first = min(context.trendDays.lowerBound, context.period.previous.lowerBound)
        return changed.upperBound >= first && changed.lowerBound <= context.period.days.upperBound
    }

    /// Whether a month's page of answers has to be made: they have changed, or there is a month more to link to.
    private func isStale(month: String, _ changes: PartChanges, in context: PageContext) -> Bool {
        let known = answerMonths.allSatisfy { manifest.files[context.path(.answers(month: $0)).html]?.isEmpty == false }
        guard known, !changes.figures.isEverything, !changes.isNewDay, let days = AnswersPage.days(of: month) else {
            return true
        }
        return changes.figures.days(of: scope)?.overlaps(days) ?? false
    }

    private var answerMonths: [String] {
        scope.has(.answers(month: "")) ? contexts.first?.answerMonths ?? [] : []
    }

    /// The files of all pages of a period, and of those without one.
    private func names(_ context: PageContext) -> [String] {
        let pages =
            ([.overview] + sitePages.map(\.page) + agents.map { .agent($0.id) } + [.definitions]).filter(scope.has)
            + answerMonths.map { .answers(month: $0) }
        return pages.flatMap { page in
            let path = context.path(page)
            return [path.html, path.csv]
        }
    }
}

/// What has changed since a part of the site was made.
private struct PartChanges {
    let figures: FigureChanges
    /// Whether a day has passed, and with it what may change by itself.
    let isNewDay: Bool
}
