import Statistics

/// Says how a measure has changed, and whether chance alone could do that.
enum ChangeWords {
    /// A few words for a tile, such as "▲ 6 points, p = 0.01" or "No detectable change".
    static func short(_ series: MeasureSeries, comparison: String, rule: SufficiencyRule) -> String {
        guard let change = comparable(series, rule) else {
            guard series.previous != nil else { return "No comparison with \(comparison)" }
            return switch series.kind {
            case .responseRate, .completion: "Not compared while customers can still answer"
            case .complaintsReopened: "Not compared while closings are younger than 30 days"
            case .resolutionTime(.median), .resolutionTime(.p90), .handleTime(_, .median), .handleTime(_, .p90):
                "Only means are compared with \(comparison)"
            default: "No comparison with \(comparison)"
            }
        }
        guard change.isDetectable else { return "No detectable change from \(comparison)" }
        let direction = change.difference > 0 ? "▲ up" : "▼ down"
        return
            "\(direction) \(series.kind.distance(change.difference)) from \(comparison)\(chance(change, before: ", "))"
    }

    /// A sentence, such as "CSAT rose from 78 % to 84 %; a change this large is unlikely to be chance (p = 0.01)."; nil where
    /// there is nothing to compare.
    static func sentence(_ series: MeasureSeries, rule: SufficiencyRule) -> String? {
        guard let change = comparable(series, rule), let now = series.total, let before = series.previous else {
            return nil
        }
        let (kind, name) = (series.kind, series.kind.words.name)
        guard change.isDetectable else { return nil }
        let verb = change.difference > 0 ? "rose" : "fell"
        let judgement =
            switch (kind.better, change.difference > 0) {
            case (.neither, _): ""
            case (.higher, true), (.lower, false): ", for the better"
            case (.higher, false), (.lower, true): ", for the worse"
            }
        return "\(name) \(verb) from \(kind.text(before.point)) to \(kind.text(now.point))\(judgement); "
            + "a change this large is unlikely to be chance\(chance(change, before: " (", after: ")"))."
    }

    /// The change, if both periods may be shown.
    private static func comparable(_ series: MeasureSeries, _ rule: SufficiencyRule) -> Change? {
        guard series.kind.sufficiency(of: series.total?.n ?? 0, rule) != .withheld,
            series.kind.sufficiency(of: series.previous?.n ?? 0, rule) != .withheld
        else { return nil }
        return series.change
    }

    private static func chance(_ change: Change, before: String, after: String = "") -> String {
        change.pValue.map { before + Figures.probability($0) + after } ?? ""
    }
}

extension Figures {
    /// Writes a p value that no line's end tears apart, such as "p = 0.03" or "p < 0.001".
    static func probability(_ p: Double) -> String {
        if p < 0.001 { return "p\u{A0}<\u{A0}0.001" }
        let thousandths = Int((p * 1000).rounded())
        return "p\u{A0}=\u{A0}"
            + (p < 0.0995 ? "0.\(String(thousandths + 1000).dropFirst())" : Figures.twoDecimals(p))
    }

    /// Writes a number with two decimals, such as "0.25".
    static func twoDecimals(_ value: Double) -> String {
        let hundredths = Int((abs(value) * 100 + 1e-9).rounded())
        return "\(value < 0 && hundredths > 0 ? "−" : "")\(whole(hundredths / 100)).\(twoDigits(hundredths % 100))"
    }
}
