import Postgres
import Statistics

/// Says what a control chart's signals are, in words.
enum SignalWords {
    /// One sentence for each signal, newest last.
    static func sentences(_ kind: MeasureKind, _ points: [MeasurePoint], _ control: ControlChart?) -> [String] {
        guard let control else { return [] }
        return control.signals.compactMap { signal in
            switch signal {
            case .outsideLimits(let index):
                guard let point = point(index, of: points), let estimate = point.estimate,
                    index < control.limits.count, let limits = control.limits[index]
                else { return nil }
                let side = estimate.point > limits.upperBound ? "above the upper" : "below the lower"
                let limit = estimate.point > limits.upperBound ? limits.upperBound : limits.lowerBound
                return
                    "In the week of \(point.start.long) it was \(kind.text(estimate.point)), \(side) limit of "
                    + "\(kind.text(limit)): look for a cause."
            case .run(let range):
                guard let first = point(range.lowerBound, of: points), let last = point(range.upperBound, of: points),
                    let value = first.estimate?.point
                else { return nil }
                let side = value > control.centre ? "above" : "below"
                return
                    "\(range.count) weeks in a row \(side) the mean, from \(first.start.long) to \(last.start.long): "
                    + "the level may have changed."
            }
        }
    }

    /// The weeks that a signal is about, by index.
    static func ringed(_ control: ControlChart?) -> Set<Int> {
        Set(
            (control?.signals ?? []).flatMap { signal -> [Int] in
                switch signal {
                case .outsideLimits(let index): [index]
                case .run(let range): Array(range)
                }
            })
    }

    private static func point(_ index: Int, of points: [MeasurePoint]) -> MeasurePoint? {
        points.indices.contains(index) ? points[index] : nil
    }
}
