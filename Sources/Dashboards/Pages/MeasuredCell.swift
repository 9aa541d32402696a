import Statistics
import Store

/// A figure in a table: the value, and below it in small its interval and n; grey where these are few.
struct MeasuredCell: Drawing {
    private let value: String
    private let small: String
    private let style: String

    /// Creates the cell of a measure; some need more observations for an interval than there are (`n`).
    init(_ kind: MeasureKind, _ estimate: Estimate?, n: Int, rule: SufficiencyRule) {
        self.init(kind, estimate, n: n, rule: rule) { estimate in
            (kind.text(estimate.point), "\(kind.range(estimate)), \(Self.count(n))")
        }
    }

    /// Creates the cell of a difference between a measure and what it is compared with; n stands with the measure.
    init(differenceOf kind: MeasureKind, _ difference: Estimate?, rule: SufficiencyRule) {
        self.init(kind, difference, n: difference?.n ?? 0, rule: rule) { estimate in
            (
                kind.signed(estimate.point) + kind.differenceUnit,
                "\(kind.signed(estimate.lower)) to \(kind.signed(estimate.upper))"
            )
        }
    }

    private init(
        _ kind: MeasureKind, _ estimate: Estimate?, n: Int, rule: SufficiencyRule,
        write: (Estimate) -> (value: String, small: String)
    ) {
        switch (kind.sufficiency(of: n, rule), estimate) {
        case _ where n == 0: (value, small, style) = ("–", "", "missing")
        case (.withheld, _): (value, small, style) = ("withheld", Self.count(n), "missing")
        case (_, nil): (value, small, style) = ("too few", Self.count(n), "missing")
        case (let sufficiency, let estimate?):
            (value, small) = write(estimate)
            style = sufficiency == .full ? "" : "few"
        }
    }

    private static func count(_ n: Int) -> String { "n\u{A0}\(Figures.whole(n))" }

    func draw(into writer: inout MarkupWriter) {
        writer.raw(style.isEmpty ? "<span class=\"measured\">" : "<span class=\"measured \(style)\">")
        writer.text(value)
        if !small.isEmpty {
            writer.raw(" <small>")
            writer.text(small)
            writer.raw("</small>")
        }
        writer.raw("</span>")
    }
}

extension MeasureKind {
    /// Writes an interval in short, such as "81–90 %" or "+24 to +39".
    func range(_ estimate: Estimate) -> String {
        switch unit {
        case .net: interval(estimate)
        case .share:
            zip(parts(estimate.lower), parts(estimate.upper))
                .map { "\($0.number)–\(Figures.text([$1]))" }.joined()
        case .score, .seconds, .minutes, .count: "\(tickLabel(estimate.lower))–\(tickLabel(estimate.upper))"
        }
    }

    /// Writes a difference with its sign and without its unit: points of a hundred, seconds, or points of a scale.
    fileprivate func signed(_ difference: Double) -> String {
        switch unit {
        case .net, .share: Figures.signedHundred(difference)
        case .seconds, .minutes, .count: Figures.signedHundred(difference / 100)
        case .score: (difference > 0.05 ? "+" : "") + Figures.oneDecimal(difference)
        }
    }

    fileprivate var differenceUnit: String {
        switch unit {
        case .net, .share: "\u{A0}points"
        case .seconds: "\(Figures.thinSpace)s"
        case .minutes: "\(Figures.thinSpace)min"
        case .score, .count: ""
        }
    }

    /// The heading of a column: the instrument's scale stands with effort scores, since several may be in use.
    var columnName: String {
        if case .ces = self { "\(words.shortName) (\(words.caption))" } else { words.shortName }
    }
}

/// The columns of a table of measures: one cell a measure.
struct MeasureColumns {
    let kinds: [MeasureKind]
    let rule: SufficiencyRule

    var names: [String] { kinds.map(\.columnName) }

    /// The cells of one row.
    func cells(_ counts: MeasureCounts) -> [FigureTable.Cell] {
        kinds.map { kind in
            let sample = counts.sample(kind, days: 1)
            return .drawing(MeasuredCell(kind, sample.estimate, n: sample.n, rule: rule))
        }
    }

    /// Explains the cells.
    var notes: [String] {
        var counted: [(words: String, names: [String])] = []
        for kind in kinds {
            let (many, name) = (kind.words.counted.many, kind.words.shortName)
            if let index = counted.firstIndex(where: { $0.words == many }) {
                counted[index].names.append(name)
            } else {
                counted.append((many, [name]))
            }
        }
        let list = counted.map { "\($0.words) (\($0.names.joined(separator: ", ")))" }.joined(separator: ", ")
        let lower = kinds.filter { $0.better == .lower }.map(\.columnName)
        let neither = kinds.filter { $0.better == .neither }.map(\.columnName)
        let exceptions = [
            lower.isEmpty ? nil : "for \(lower.joined(separator: ", ")) lower is",
            neither.isEmpty ? nil : "for \(neither.joined(separator: ", ")) neither is",
        ].compactMap { $0 }
        return [
            "In small: the 95\(Figures.thinSpace)% interval and n, which counts \(list).",
            (["Higher is better"] + exceptions).joined(separator: "; ") + ".",
            "Grey: fewer than \(rule.fullFrom), so read with care. Withheld: fewer than \(rule.shownFrom).",
        ]
    }
}
