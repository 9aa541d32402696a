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
    private var made = SiteChanges()
    /// What has changed since a refresh, which many parts have in common.
    private var known: [Int64: FigureChanges] = [:]

    init(_ scope: FigureScope, folder: SiteFolder, now: Date, figures: FigureSnapshot) async throws {
        self.scope = scope
        self.figures = figures
        self.folder = folder
        contexts = try await PageContext.all(scope, now: now, from: figures)
        agents = try await figures.agents(in: scope)
        (number, manifest) = try await folder.open()
        current = SiteManifest.BuiltFrom(
            frame: contexts.first?.frame ?? "", today: contexts.first.map { "\($0.today)" } ?? "",
            refresh: try await figures.cellState().refresh)
    }

    /// Makes and writes the pages that are not as they should be.
    ///
    /// - Parameter progress: Told how many of how many parts are done.
    mutating func run(
        _ choice: SiteChoice, progress: (_ done: Int, _ total: Int) -> Void
    ) async throws -> SiteChanges {
        let all = self.parts
        let parts =
            switch choice {
            case .whole: all[...]
            case .overviews: all.prefix(1)
            case .further: all.dropFirst()
            }
        guard parts.contains(where: { manifest.parts[$0.description] != current }) else { return made }
        do {
            await figures.announce(contexts.flatMap(\.period.compared))
            switch choice {
            case .whole, .overviews:
                for (index, part) in parts.enumerated() {
                    _ = try await renew(part)
                    progress(index + 1, parts.count)
                }
                made.files += try await folder.publish(built(parts), by: number)
            case .further(let limit):
                guard try await renew(parts, limit: limit, progress: progress) else { return made }
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

    /// Moves one part after another into place, until some had pages to make.
    ///
    /// - Returns: Whether nothing is left to do.
    private mutating func renew(
        _ parts: ArraySlice<SitePart>, limit: Int, progress: (_ done: Int, _ total: Int) -> Void
    ) async throws -> Bool {
        var further = 0
        var same: [SitePart] = []
        for (index, part) in parts.enumerated() {
            await figures.announce(contexts(of: part).flatMap(\.period.compared))
            same.append(part)
            if try await renew(part) {
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

    /// Makes the pages of a part that have changed; gives whether there were any.
    private mutating func renew(_ part: SitePart) async throws -> Bool {
        let before = made.pages
        let known = manifest.parts[part.description]
        if known != current { try await make(part, changes: try await changes(since: known)) }
        return made.pages > before
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
    private mutating func changes(since before: SiteManifest.BuiltFrom?) async throws -> PartChanges {
        var changes = FigureChanges()
        if let before, before.frame == current.frame {
            changes =
                if let known = known[before.refresh] { known } else { try await figures.changes(after: before.refresh) }
            known[before.refresh] = changes
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

    private mutating func make(_ part: SitePart, changes: PartChanges) async throws {
        let contexts = contexts(of: part)
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
            guard let context = contexts.first else { return }
            if changes.figures.isEverything { try await take(DefinitionsPage(in: context).page, in: context) }
            for month in answerMonths where isStale(month: month, changes, in: context) {
                try await take(try await AnswersPage.read(month: month, context, from: figures), in: context)
            }
        }
    }

    private mutating func take(_ page: DashboardPage, in context: PageContext) async throws {
        try await folder.stage(DashboardPages.write(page, in: context), by: number)
        made.pages += 1
    }

    // MARK: Which pages

    /// Whether pages about a scope's figures have to be made: they have changed, or they may change as time passes.
    private func isStale(_ entity: FigureScope, _ page: SitePage, _ changes: PartChanges, in context: PageContext)
        -> Bool
    {
        guard manifest.files[context.path(page).html]?.isEmpty == false else { return true }
        if changes.figures.isEverything { return true }
        if changes.isNewDay, context.period.isOpen(today: context.today, expiry: context.expiry) { return true }
        guard let changed = changes.figures.days[entity] else { return false }
        let first = min(context.trendDays.lowerBound, context.period.previous.lowerBound)
        return changed.upperBound >= first && changed.lowerBound <= context.period.days.upperBound
    }

    /// Whether a month's page of answers has to be made: they have changed, or there is a month more to link to.
    private func isStale(month: String, _ changes: PartChanges, in context: PageContext) -> Bool {
        let known = answerMonths.allSatisfy { manifest.files[context.path(.answers(month: $0)).html]?.isEmpty == false }
        guard known, !changes.figures.isEverything, !changes.isNewDay, let days = AnswersPage.days(of: month) else {
            return true
        }
        return changes.figures.days[scope]?.overlaps(days) ?? false
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
