import Foundation
import Postgres
import Statistics
import Store

/// An agent's own figures of a period, as their own page shows them: drawn on request, from one snapshot.
public struct OwnFigures: Sendable {
    /// A period to choose.
    public struct Period: Sendable {
        /// Names it in addresses.
        public let id: String
        /// Names it for readers.
        public let name: String
        /// Whether it is the page's.
        public let isCurrent: Bool
    }

    /// The agent's name, and their team's.
    public let name: String, team: String?
    /// The period's name and days.
    public let period: String
    /// When the figures were last changed, in words.
    public let asOf: String
    /// What changed, what went well first, and what is missing.
    public let summary: [String]
    /// The tiles: complete markup, in which every text is escaped.
    public let tiles: String
    /// Trends and tables, in the same way.
    public let sections: String
    /// The last days first, then months and quarters.
    public let periods: [Period]
    /// The zone that days are cut in.
    public let zone: TimeZone
    /// From how many answers anything is shown.
    public let shownFrom: Int

    /// Reads and draws them.
    ///
    /// - Parameter period: A period's identifier; the last 28 days for what is none.
    /// - Returns: nil if there is no such agent.
    public static func read(
        ofAgent id: Int32, period: String?, now: Date, from figures: FigureSnapshot
    ) async throws -> OwnFigures? {
        let contexts = try await PageContext.all(.agent(id), now: now, from: figures)
        guard let agent = try await figures.agents(in: .agent(id)).first,
            let context = contexts.first(where: { $0.period.id == period })
                ?? contexts.first(where: { $0.period.id == SitePeriod.standardID })
        else { return nil }
        await figures.announce(context.period.compared, trends: [context.trendDays])
        var reader = AgentReader(.agent(id), figures: figures)
        guard var own = try await reader.read([agent], in: context, listsAnswers: false).first else { return nil }
        let team = try await figures.measureCounts(
            FigureQuery(
                by: .agent, context.period.days, values: try await figures.teammates(ofAgent: id), parts: .headline))
        let kinds = own.series.map(\.kind).filter { $0 != .responseRate }
        let band = TeamBand(of: id, own.total, team: team, rule: context.rule).section(kinds)
        own.page.sections.insert(band, at: 0)
        var writer = MarkupWriter(reserving: 1 << 17)
        for section in own.page.sections { section.draw(into: &writer) }
        return OwnFigures(
            name: agent.name, team: agent.teamName, period: "\(context.period.name), \(context.period.days.text)",
            asOf: asOfText(context.asOf, in: context.zone), summary: summary(own.series, in: context),
            tiles: TileRow(tiles: own.page.tiles).markup, sections: writer.string,
            periods: contexts.map {
                Period(id: $0.period.id, name: $0.period.name, isCurrent: $0.period == context.period)
            }, zone: context.zone, shownFrom: context.rule.shownFrom)
    }

    /// What became better first, then what became worse, then what is missing.
    static func summary(_ series: [MeasureSeries], in context: PageContext) -> [String] {
        let rule = context.rule
        let changes = series.compactMap { one in
            ChangeWords.sentence(one, rule: rule).map { (isBetter: one.isBetter, sentence: $0) }
        }
        var sentences = changes.filter(\.isBetter).map(\.sentence) + changes.filter { !$0.isBetter }.map(\.sentence)
        if sentences.isEmpty, series.contains(where: { $0.kind.sufficiency(of: $0.n, rule) != .withheld }) {
            sentences.append("No detectable change from \(context.period.previousName) in any measure.")
        }
        let missing = series.compactMap { one -> String? in
            guard one.kind.sufficiency(of: one.n, rule) == .withheld else { return nil }
            let (missing, words) = (rule.shownFrom - one.n, one.kind.words)
            return "\(words.name) \(missing) more \(missing == 1 ? words.counted.one : words.counted.many)"
        }
        if !missing.isEmpty {
            sentences.append("Still missing before a figure is shown: \(missing.joined(separator: ", ")).")
        }
        return sentences
    }
}

extension MeasureSeries {
    /// Whether the change is for the better.
    fileprivate var isBetter: Bool {
        guard let change else { return false }
        return switch kind.better {
        case .higher: change.difference > 0
        case .lower: change.difference < 0
        case .neither: false
        }
    }
}
