/// One stretch of a trend, with its words ready.
struct TrendPoint {
    /// How the point is drawn.
    enum Kind {
        /// Enough answers.
        case full
        /// Few answers: without colour.
        case provisional
        /// More data may come: hollow and without colour.
        case unfinished

        /// The style of the point's mark.
        var style: String {
            switch self {
            case .full: "full"
            case .provisional: "few"
            case .unfinished: "open"
            }
        }
    }

    /// What a pointer that rests on the point is told.
    let tip: String
    let value: Double
    let lower: Double
    let upper: Double
    let kind: Kind
}

/// Between what a stretch may lie by chance alone.
struct ControlLimits: Equatable {
    let lower: Double
    /// The value of all stretches that the limits come from.
    let centre: Double
    let upper: Double
}

/// Something that begins at a stretch, such as a new version of a survey.
struct TrendEvent {
    /// The index of the first stretch that it concerns.
    let stretch: Int
    /// Says in a word or two what begins.
    let label: String
}
