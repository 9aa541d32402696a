import Postgres
import Statistics
import Store

/// One figure of a report.
public struct Figure: Sendable {
    /// What is measured.
    public let kind: MeasureKind
    /// What it is told apart by.
    public let dimension: MeasureDimension
    /// The value's identifier; 0 when it was not recorded, and for everything.
    public let value: Int32
    /// The value's name for readers; nil for everything.
    public let name: String?
    /// The days that the figure is about.
    public let days: ClosedRange<CalendarDay>
    /// The value with its interval; nil without data, and where it is withheld.
    public let estimate: Estimate?
    /// How many answers, contacts or events stand behind it.
    public let n: Int
    /// What the figure is instead of the measure as counted, such as "shrunken"; nil for that.
    public var variant: String?

    /// Identifies what is measured, in files for other programs.
    public var measure: String { variant.map { "\(kind.id)-\($0)" } ?? kind.id }
}

/// The figures of a query, each with its interval: what pages, files, the API and the command line show.
public struct FigureReport: Sendable {
    /// What was asked for.
    public let query: FigureQuery
    /// The counts, in the order of their stretch, then their value.
    public let rows: [MeasureRow]
    /// The effort scales that were answered.
    public let instruments: [CESInstrument]
    /// The names of the values.
    public let names: [Int32: String]

    /// Reads the counts.
    ///
    /// - Throws: ``FiguresNotKept`` where there are no such counts.
    public static func read(_ query: FigureQuery, from figures: FigureSnapshot) async throws -> FigureReport {
        guard query.scope.isKept(by: query.dimension) else {
            throw FiguresNotKept(scope: query.scope, dimension: query.dimension)
        }
        return FigureReport(
            query: query, rows: try await figures.measureCounts(query),
            names: try await figures.names(of: query.dimension))
    }

    init(query: FigureQuery, rows: [MeasureRow], names: [Int32: String]) {
        self.query = query
        self.names = names
        // A period without facts has figures too: that there are none.
        let isWhole = query.dimension == .all && query.cut == .whole
        self.rows =
            rows.isEmpty && isWhole
            ? [MeasureRow(start: query.days.lowerBound, value: 0, counts: MeasureCounts())] : rows
        instruments = CESInstrument.known.filter { instrument in
            rows.contains { $0.counts.scores[instrument.cellName] != nil }
        }
    }

    /// The figures of some measures, row by row; a figure of too few is there with its n alone, and one that is not kept by the
    /// dimension is not there: it is not zero.
    public func figures(_ kinds: [MeasureKind], rule: SufficiencyRule) -> [Figure] {
        let kinds = kinds.filter { $0.isKept(by: query.dimension, within: query.scope) }
        return rows.flatMap { row in
            let days = stretch(row.start)
            return kinds.map { kind in
                let sample = row.counts.sample(kind, days: days.days)
                let estimate = sample.estimate
                let isShown = kind.sufficiency(of: sample.n, rule) != .withheld
                return Figure(
                    kind: kind, dimension: query.dimension, value: row.value, name: name(row.value), days: days,
                    estimate: isShown ? estimate : nil, n: sample.n)
            }
        }
    }

    /// What a value is called; nil for everything.
    public func name(_ value: Int32) -> String? {
        query.dimension == .all ? nil : names[value] ?? "not recorded"
    }

    /// The days of the stretch that begins on a day, within the period.
    private func stretch(_ start: CalendarDay) -> ClosedRange<CalendarDay> {
        let end = query.cut.end(of: start) ?? query.days.upperBound
        return max(start, query.days.lowerBound)...min(end, query.days.upperBound)
    }
}

/// Figures are not told apart in this way.
public struct FiguresNotKept: Error, CustomStringConvertible {
    let scope: FigureScope
    let dimension: MeasureDimension

    /// What cannot be had and what can.
    public var description: String {
        let kept = MeasureDimension.allCases.filter(scope.isKept).map(\.rawValue).joined(separator: ", ")
        let whose = scope.dimension == .agent ? "an agent" : "one \(scope.dimension.rawValue)"
        return "Figures of \(whose) are not kept by \(dimension.rawValue); they are by \(kept)."
    }
}

extension MeasureKind {
    /// Whether the cells of a dimension tell the measure: what they do not count is not zero.
    func isKept(by dimension: MeasureDimension, within scope: FigureScope) -> Bool {
        let isWhole = scope == .everything || dimension == .all || dimension == scope.dimension
        let isAboutAnswers = [.category, .language, .surveyChannel, .surveyVersion].contains(dimension)
        let isAboutWork = !isAboutAnswers && ![.segment, .outcome].contains(dimension)
        switch self {
        case .nps, .csat, .csatTopBox, .csatMean, .ces, .netEasy, .fcrStated, .responseRate, .completion: return true
        // Who is not invited is asked in no language.
        case .invitationRate: return dimension == .category || !isAboutAnswers
        case .fcrObserved, .fcrCombined, .knownCustomers: return !isAboutAnswers
        case .fcrWindow: return isWhole && isAboutWork
        case .handleTime(.contact, _): return isWhole && !isAboutAnswers
        case .handleTime(.leg, .median), .handleTime(.leg, .p90):
            return isWhole && !isAboutAnswers || scope.isKept(by: dimension) && dimension == .agent
        case .handleTime(.leg, _): return !isAboutAnswers
        case .complaintsReceived, .complaintsReopened, .resolutionTime: return isAboutWork
        }
    }

    /// How much of a figure may be shown; a number of events is no opinion and always shown.
    func sufficiency(of n: Int, _ rule: SufficiencyRule) -> Sufficiency {
        unit == .count ? .full : rule.sufficiency(of: n)
    }
}
