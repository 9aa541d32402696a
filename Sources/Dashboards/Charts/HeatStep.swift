/// How far a value lies from what it is compared with, in seven steps.
enum HeatStep: Int, CaseIterable {
    case farWorse = -3
    case worse, slightlyWorse, same, slightlyBetter, better, farBetter

    /// Finds the step of a distance.
    ///
    /// - Parameters:
    ///   - distance: The value minus what it is compared with.
    ///   - width: The distance from the middle of one step to that of the next.
    init(_ distance: Double, width: Double, higherIsBetter: Bool) {
        let steps = (higherIsBetter ? distance : -distance) / width
        let bounded = steps.isNaN ? 0 : min(max(steps.rounded(), -3), 3)
        self = HeatStep(rawValue: Int(bounded)) ?? .same
    }

    /// The style of the step's cells, "heat1" to "heat7".
    var style: String { "heat\(rawValue + 4)" }

    /// What the step means.
    var words: String {
        switch self {
        case .farWorse: "far worse"
        case .worse: "worse"
        case .slightlyWorse: "slightly worse"
        case .same: "about the same"
        case .slightlyBetter: "slightly better"
        case .better: "better"
        case .farBetter: "far better"
        }
    }
}
