import Statistics

/// One measure at a glance: the value, its interval as a whisker and in words, and n.
struct MeasureTile {
    let id: String
    let name: String
    let caption: String
    let figure: TileFigure?
    /// Said instead of a figure.
    let withheld: String?
    let count: String

    init(_ kind: MeasureKind, _ estimate: Estimate?, rule: SufficiencyRule) {
        let words = kind.words
        let n = estimate?.n ?? 0
        id = kind.id
        name = words.shortName
        caption = words.caption
        switch rule.sufficiency(of: n) {
        case .withheld:
            figure = nil
            withheld = n == 0 ? "No data" : "Not enough data"
            count = n == 0 ? "in this period" : "\(words.count(n)), \(rule.shownFrom) needed"
        case .provisional, .full:
            figure = estimate.map { TileFigure(kind, $0, isFew: rule.sufficiency(of: n) == .provisional) }
            withheld = nil
            count = words.count(n)
        }
    }
}

/// The figure of a tile.
struct TileFigure {
    let parts: [Figures.Part]
    let interval: String
    let whisker: String
    let scaleStart: String
    let scaleEnd: String
    let isFew: Bool

    init(_ kind: MeasureKind, _ estimate: Estimate, isFew: Bool) {
        let scale = kind.wholeScale(for: estimate)
        parts = kind.parts(estimate.point)
        interval = "\(kind.tickLabel(estimate.lower)) to \(kind.tickLabel(estimate.upper))"
        whisker = IntervalWhisker(estimate: estimate, scale: scale).svg
        scaleStart = kind.tickLabel(scale.lowerBound)
        scaleEnd = kind.tickLabel(scale.upperBound)
        self.isFew = isFew
    }
}
