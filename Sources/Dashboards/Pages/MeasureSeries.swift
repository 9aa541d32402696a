import Postgres
import Statistics

/// What a dashboard shows: each with its own scale, words and way of writing a value.
public enum MeasureKind: Sendable, Hashable {
    /// Net Promoter Score, a value of −1 to 1.
    case nps
    /// Share of satisfied answers, 0 to 1.
    case csat
    /// Mean effort or ease, on the instrument's points.
    case ces(CESInstrument)
    /// Share of customers who say it was resolved the first time, 0 to 1.
    case fcrStated
    /// Share of first contacts without a repeat within some days, 0 to 1.
    case fcrObserved(days: Int)
    /// Mean handle time in seconds.
    case aht
    /// Share of invitations answered, 0 to 1.
    case responseRate
}

/// A measure over a period and stretch by stretch.
public struct MeasureSeries: Sendable {
    /// What is measured.
    public let kind: MeasureKind
    /// The stretches of the trend.
    public let cut: TrendCut
    /// The whole period; nil without data.
    public let total: Estimate?
    /// The stretches in order, none left out.
    public let points: [MeasurePoint]
    /// What a reader has to know about this period's figures, such as what they leave out.
    public let note: String?

    /// Creates a series.
    public init(kind: MeasureKind, cut: TrendCut, total: Estimate?, points: [MeasurePoint], note: String? = nil) {
        self.kind = kind
        self.cut = cut
        self.total = total
        self.points = points
        self.note = note
    }
}

/// One stretch of a measure.
public struct MeasurePoint: Sendable {
    /// The stretch's first day.
    public let start: CalendarDay
    /// The stretch's value; nil without data.
    public let estimate: Estimate?
    /// Whether all its data are in.
    public let isFinished: Bool

    /// Creates a point.
    public init(start: CalendarDay, estimate: Estimate?, isFinished: Bool) {
        self.start = start
        self.estimate = estimate
        self.isFinished = isFinished
    }
}
