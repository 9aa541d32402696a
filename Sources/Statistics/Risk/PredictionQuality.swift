/// Judges predicted probabilities against what happened.
public struct PredictionQuality: Sendable, Equatable {
    /// Holds one prediction with its outcome.
    private struct Case: Sendable, Equatable {
        let probability: Double
        let happened: Bool
    }

    /// Carries a group of similar predictions: what was foretold, and what happened.
    public struct CalibrationGroup: Sendable, Equatable {
        /// Holds the mean predicted probability.
        public let predicted: Double

        /// Holds how many of the group came true.
        public let observed: Share
    }

    private let cases: [Case]

    /// Pairs predictions with outcomes; nil unless there are as many of both, at least one, and none is not a number.
    public init?(predictions: [Double], outcomes: [Bool]) {
        guard predictions.count == outcomes.count, !predictions.isEmpty, !predictions.contains(where: \.isNaN) else {
            return nil
        }
        cases = zip(predictions, outcomes).map { Case(probability: $0, happened: $1) }
            .sorted { $0.probability < $1.probability }
    }

    /// Returns the share of all cases in which the event happened.
    public var baseRate: Share { Share(cases.count { $0.happened }, of: cases.count) }

    /// Returns the area under the ROC curve: how often an event was predicted higher than a non-event, ties as half.
    ///
    /// Source: J. A. Hanley & B. J. McNeil 1982, *Radiology* 143, through the Mann–Whitney count. Nil unless there are both.
    public var areaUnderCurve: Double? {
        let events = baseRate.count
        let nonEvents = cases.count - events
        guard events > 0, nonEvents > 0 else { return nil }
        // Twice the number of (event, non-event) pairs in the right order, so that a tie adds one.
        var (doubledPairs, nonEventsBelow) = (0, 0)
        for tied in cases.chunked(by: \.probability) {
            let events = tied.count { $0.happened }
            let others = tied.count - events
            doubledPairs += events * (2 * nonEventsBelow + others)
            nonEventsBelow += others
        }
        return Double(doubledPairs) / (2 * Double(events) * Double(nonEvents))
    }

    /// Returns the Brier score, the mean squared distance of prediction and outcome; 0 is best.
    ///
    /// Source: G. W. Brier 1950, *Monthly Weather Review* 78.
    public var brierScore: Double {
        cases.reduce(0) { sum, item in
            let distance = item.probability - (item.happened ? 1 : 0)
            return sum + distance * distance
        } / Double(cases.count)
    }

    /// Returns the Brier score of always predicting the base rate, to be beaten.
    public var naiveBrierScore: Double {
        let rate = Double(baseRate.count) / Double(cases.count)
        return rate * (1 - rate)
    }

    /// Returns up to `groups` groups of equal size, lowest predictions first; none when `groups` is below 1.
    ///
    /// Source: D. W. Hosmer & S. Lemeshow 1980, *Communications in Statistics A* 9 (groups by rank of prediction).
    public func calibration(groups: Int = 10) -> [CalibrationGroup] {
        guard groups >= 1 else { return [] }
        let count = min(groups, cases.count)
        return (0..<count).map { group in
            let part = cases[group * cases.count / count..<(group + 1) * cases.count / count]
            return CalibrationGroup(
                predicted: part.reduce(0) { $0 + $1.probability } / Double(part.count),
                observed: Share(part.count { $0.happened }, of: part.count))
        }
    }
}

extension Array {
    /// Cuts the array wherever the value of a key changes.
    fileprivate func chunked<Key: Equatable>(by key: (Element) -> Key) -> [ArraySlice<Element>] {
        var chunks: [ArraySlice<Element>] = []
        var start = startIndex
        while start < endIndex {
            let end = self[start...].firstIndex { key($0) != key(self[start]) } ?? endIndex
            chunks.append(self[start..<end])
            start = end
        }
        return chunks
    }
}
