import Postgres
import Statistics
import Store

/// A measure over a period, compared with the one before, and its weeks.
struct MeasureSeries {
    let trend: MeasureTrend
    /// The period's value; nil without data.
    let total: Estimate?
    /// How many answers, contacts or events the period has, also where that is too few for a value.
    let n: Int
    /// How it has changed since the previous period.
    let change: Change?
    /// The previous period's value.
    let previous: Estimate?
    let previousN: Int
    /// The weeks that the period covers, by index.
    let shaded: Range<Int>?
    /// What a reader has to know about this period's figures, such as what they leave out.
    let note: String?

    var kind: MeasureKind { trend.kind }
    /// The weeks in order, none left out.
    var points: [MeasurePoint] { trend.points }
    /// The limits of chance, and what lies outside.
    var control: ControlChart? { trend.control }
}

/// A measure week by week with control limits, drawn once for all pages that show these weeks.
struct MeasureTrend {
    let kind: MeasureKind
    let points: [MeasurePoint]
    let control: ControlChart?
    let drawing: TrendDrawing

    /// Computes and draws the weeks that the context's trends show.
    init(_ kind: MeasureKind, _ weeks: [CalendarDay: MeasureCounts], in context: PageContext) {
        let starts = PeriodCut.week.starts(in: context.trendDays)
        let samples = starts.map { (weeks[$0] ?? MeasureCounts()).sample(kind, days: 7) }
        let isFinished = starts.map { kind.isFinished(weekOf: $0, in: context) }
        self.kind = kind
        points = zip(zip(starts, samples), isFinished).map { week, isFinished in
            MeasurePoint(start: week.0, estimate: week.1.estimate, n: week.1.n, isFinished: isFinished)
        }
        // Weeks that are not finished take no part in limits and signals.
        control = Self.control(kind, Array(samples.prefix(isFinished.prefix { $0 }.count)), rule: context.rule)
        drawing = TrendDrawing(kind, points, control, surveys: context.surveys, rule: context.rule)
    }

    /// Limits need some weeks to come from, and weeks that may be shown.
    private static func control(_ kind: MeasureKind, _ samples: [Sample], rule: SufficiencyRule) -> ControlChart? {
        let shown = samples.map { sample -> Sample? in
            kind.sufficiency(of: sample.n, rule) == .withheld ? nil : sample
        }
        guard shown.count(where: { $0 != nil }) >= leastWeeks else { return nil }
        let bounds = kind.bounds ?? 0...Double.greatestFiniteMagnitude
        return ControlChart(shown, bounds: bounds, periods: ChartPeriods(lastIsUnfinished: false))
    }

    /// Fewer weeks than this have no limits.
    static let leastWeeks = 8
}

/// One week of a measure.
struct MeasurePoint {
    /// The week's first day.
    let start: CalendarDay
    /// The week's value; nil without data.
    let estimate: Estimate?
    /// How many answers, contacts or events it has.
    let n: Int
    /// Whether all its data are in.
    let isFinished: Bool
}

/// Everything that trends and tiles of one value are made from.
struct SeriesCounts {
    let total: MeasureCounts
    let previous: MeasureCounts
    /// By the weeks' first days.
    let weeks: [CalendarDay: MeasureCounts]

    /// Reads the counts of the context's scope.
    static func read(_ context: PageContext, from figures: FigureSnapshot) async throws -> SeriesCounts {
        let rows = try await figures.measureCounts(
            FigureQuery(context.scope, context.trendDays, cut: .week, parts: .plain))
        return SeriesCounts(
            total: try await figures.measureCounts(FigureQuery(context.scope, context.period.days)).first?.counts
                ?? MeasureCounts(),
            previous: try await figures.measureCounts(FigureQuery(context.scope, context.period.previous)).first?.counts
                ?? MeasureCounts(),
            weeks: Dictionary(
                uniqueKeysWithValues: rows.map { (max($0.start, context.trendDays.lowerBound), $0.counts) }))
    }
}

extension MeasureSeries {
    /// Makes a measure's series from counts.
    init(_ kind: MeasureKind, _ counts: SeriesCounts, in context: PageContext) {
        self.init(MeasureTrend(kind, counts.weeks, in: context), counts.total, counts.previous, in: context)
    }

    /// Makes a measure's series from its weeks and the counts of the period and of the one before.
    init(_ trend: MeasureTrend, _ total: MeasureCounts, _ previous: MeasureCounts, in context: PageContext) {
        let (kind, days) = (trend.kind, context.period.days)
        let elapsed = days.lowerBound...max(days.lowerBound, min(days.upperBound, context.today))
        let now = total.sample(kind, days: elapsed.days)
        let before = previous.sample(kind, days: context.period.previous.days)
        self.trend = trend
        self.total = now.estimate
        n = now.n
        previousN = before.n
        self.previous = before.estimate
        change = kind.isSettled(days, in: context) ? now.change(from: before) : nil
        let covered = trend.points.indices.filter {
            trend.points[$0].start <= days.upperBound && trend.points[$0].start.adding(days: 6) >= days.lowerBound
        }
        shaded = covered.first.flatMap { first in
            covered.count < trend.points.count ? first..<(covered.last ?? first) + 1 : nil
        }
        note = total.note(on: kind)
    }

    /// The figures of the period, of the one before, and of the weeks.
    func figures(in context: PageContext) -> [Figure] {
        [
            figure(total, n, context.period.days, context),
            figure(previous, previousN, context.period.previous, context),
        ]
            + points.filter { $0.n > 0 }.map { point in
                figure(
                    point.estimate, point.n,
                    point.start...min(point.start.adding(days: 6), context.trendDays.upperBound), context)
            }
    }

    private func figure(_ estimate: Estimate?, _ n: Int, _ days: ClosedRange<CalendarDay>, _ context: PageContext)
        -> Figure
    {
        Figure(
            kind: kind, dimension: .all, value: 0, name: nil, days: days,
            estimate: kind.isShown(estimate, context.rule) ? estimate : nil, n: n)
    }
}

extension Sample {
    /// How many observations there are.
    var n: Int {
        switch self {
        case .net(let counts): counts.n
        case .share(let share): share.total
        case .mean(let moments): moments.n
        case .quantile(let histogram, _): histogram.n
        case .events(let events): events.count
        }
    }
}

extension MeasureKind {
    /// How many days after a week its figures may still change: an open invitation, a repeat window. A closing can be reopened for
    /// ever; after 30 days few are.
    func daysUntilFinal(in context: PageContext) -> Int {
        switch self {
        case .fcrObserved, .fcrCombined: context.repeatDays
        case .fcrWindow(_, let days): days
        case .responseRate, .completion, .invitationRate: context.expiry
        case .complaintsReopened: 30
        default: 0
        }
    }

    /// Whether all data of the week that begins on a day are in.
    func isFinished(weekOf start: CalendarDay, in context: PageContext) -> Bool {
        start.adding(days: 7 + daysUntilFinal(in: context)) <= context.today
    }
}

extension MeasureKind {
    /// Whether a period's value can be compared with that of an earlier one: not while customers can still answer or a closing is
    /// young, since those of the earlier period had longer.
    func isSettled(_ days: ClosedRange<CalendarDay>, in context: PageContext) -> Bool {
        switch self {
        case .responseRate, .completion, .complaintsReopened:
            days.upperBound.adding(days: daysUntilFinal(in: context)) < context.today
        default: true
        }
    }
}

extension MeasureCounts {
    /// What the measure leaves out, or counts though it may change.
    func note(on kind: MeasureKind) -> String? {
        switch kind {
        case .fcrObserved:
            guard let known = Share(contacts.known, of: contacts.all).proportion else { return nil }
            let pending = "\(Figures.whole(contacts.pending)) first contacts are pending"
            return
                "The customer is known for \(kind.text(known)) of \(Figures.whole(contacts.all)) contacts; \(pending)."
        case .nps, .csat, .ces, .fcrStated:
            let kept = sample(kind, days: 1).n
            let out = withExcluded.sample(kind, days: 1).n - kept
            guard out > 0 else { return nil }
            return
                "\(Figures.whole(out)) of \(Figures.whole(kept + out)) answers do not count here, since an objection was accepted; "
                + "below are the figures with and without."
        case .responseRate:
            return "An invitation that can still be answered counts as not answered yet."
        default:
            return nil
        }
    }
}
