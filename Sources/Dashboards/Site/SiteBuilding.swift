import Foundation
import Postgres
import Store

/// One building of a site, from figures as they were at one moment.
struct SiteBuilding {
    private let scope: FigureScope
    private let figures: FigureSnapshot
    private let contexts: [PageContext]
    private let agents: [AgentName]
    private let about: SiteManifest
    private let changes: FigureChanges
    /// Whether every page that may change by itself is made anew.
    private let isFull: Bool
    private var folder: SiteFolder
    private var made = SiteChanges()
    private var kept: Set<String> = []

    init(_ scope: FigureScope, folder: String, now: Date, figures: FigureSnapshot) async throws {
        self.scope = scope
        self.figures = figures
        self.folder = try SiteFolder(folder)
        contexts = try await PageContext.all(scope, now: now, from: figures)
        agents = try await figures.agents()
        let before = self.folder.manifest
        var about = SiteManifest()
        about.scope = "\(scope.dimension.rawValue) \(scope.value)"
        about.today = contexts.first.map { "\($0.today) \($0.organisation.name) \($0.organisation.timeZone)" } ?? ""
        about.refresh = try await figures.cellState().refresh
        self.about = about
        changes = try await figures.changes(after: before.refresh)
        isFull = before.scope != about.scope || before.today != about.today || changes.isEverything
    }

    /// Makes and writes the pages.
    mutating func run(progress: (_ done: Int, _ total: Int) -> Void) async throws -> SiteChanges {
        guard isFull || !changes.days.isEmpty || about.refresh != folder.manifest.refresh else { return made }
        let stale = contexts.filter { isStale(scope, in: $0) }
        let total = stale.count + 1
        for (index, context) in stale.enumerated() {
            for item in sitePages where scope.has(item.page) {
                try take(try await item.read(context, figures), in: context)
            }
            progress(index + 1, total)
        }
        try await makeAgents()
        try await makeSinglePages()
        let names = Set(contexts.flatMap(names))
        try folder.finish(about) { names.contains($0) }
        made.files = folder.written
        progress(total, total)
        return made
    }

    private mutating func take(_ page: DashboardPage, in context: PageContext) throws {
        try folder.take(DashboardPages.write(page, in: context))
        made.pages += 1
    }

    // MARK: Which pages

    /// Whether a page about a scope's figures has to be made: they have changed, or it may change as time passes.
    private func isStale(_ entity: FigureScope, in context: PageContext) -> Bool {
        let path = context.path(page(about: entity)).html
        guard let known = folder.manifest.files[path], !known.isEmpty else { return true }
        if changes.isEverything { return true }
        if isFull, context.period.isOpen(today: context.today, expiry: context.expiry) { return true }
        guard let changed = changes.days[entity] else { return false }
        let first = min(context.trendDays.lowerBound, context.period.previous.lowerBound)
        return changed.upperBound >= first && changed.lowerBound <= context.period.days.upperBound
    }

    private func page(about entity: FigureScope) -> SitePage {
        if case .agent(let id) = entity, entity != scope { .agent(id) } else { .overview }
    }

    /// The files of all pages of a period.
    private func names(_ context: PageContext) -> [String] {
        let paths =
            sitePages.filter { scope.has($0.page) }.map { context.path($0.page) }
            + siteAgents.map { context.path(.agent($0.id)) } + singlePages.map { context.path($0) }
        return paths.flatMap { [$0.html, $0.csv] }
    }

    /// The agents that the site has pages of.
    private var siteAgents: [AgentName] {
        if case .agent = scope { [] } else { agents }
    }

    // MARK: Agents

    private mutating func makeAgents() async throws {
        let size = 100
        for start in stride(from: 0, to: siteAgents.count, by: size) {
            let chunk = Array(siteAgents[start..<min(start + size, siteAgents.count)])
            var reader = AgentReader(scope, figures: figures)
            // Those that end on the same day stand together.
            for context in contexts.sorted(by: { $0.trendDays.upperBound > $1.trendDays.upperBound }) {
                let stale = chunk.filter { isStale(.agent($0.id), in: context) }
                guard !stale.isEmpty else { continue }
                for page in try await reader.pages(of: stale, in: context) { try take(page, in: context) }
            }
        }
    }

    // MARK: Pages without a period

    private var singlePages: [SitePage] {
        let months = scope.has(.answers(month: "")) ? contexts.first?.answerMonths ?? [] : []
        return [.definitions] + months.map { .answers(month: $0) }
    }

    private mutating func makeSinglePages() async throws {
        guard let context = contexts.first else { return }
        try take(DefinitionsPage(in: context).page, in: context)
        for case .answers(let month) in singlePages where isStale(month: month, in: context) {
            try take(try await AnswersPage.read(month: month, context, from: figures), in: context)
        }
    }

    /// Whether a month's page of answers has to be made: they have changed, or there is a month more to link to.
    private func isStale(month: String, in context: PageContext) -> Bool {
        let known = context.answerMonths.allSatisfy { month in
            folder.manifest.files[context.path(.answers(month: month)).html] != nil
        }
        guard known, !changes.isEverything, !isFull, let days = AnswersPage.days(of: month) else { return true }
        return changes.days[scope]?.overlaps(days) ?? false
    }
}
