/// Which counts are wanted: cells of the others are not read.
public struct CountParts: OptionSet, Sendable, Hashable {
    /// The set as bits.
    public let rawValue: Int

    /// Creates a set from bits.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Scores, and those of them that are suspect.
    public static let answers = CountParts(rawValue: 1)
    /// Resolutions, what was decided about them, and whether they were answered.
    public static let asking = CountParts(rawValue: 2)
    /// Handle times, without their histogram.
    public static let handling = CountParts(rawValue: 4)
    /// Contacts and their repeats by the configured window.
    public static let contacts = CountParts(rawValue: 8)
    /// Complaints and closings, without their histogram.
    public static let complaints = CountParts(rawValue: 16)
    /// Repeats by windows of 1, 5, 7, 14 and 30 days.
    public static let windows = CountParts(rawValue: 32)
    /// The histogram of handle times, from which medians are read.
    public static let handleTimes = CountParts(rawValue: 64)
    /// The histogram of times to resolution.
    public static let resolutionTimes = CountParts(rawValue: 128)

    /// What the measures of tiles are computed from.
    public static let headline: CountParts = [.answers, .asking, .handling, .contacts]
    /// Everything but windows and histograms, which take longest.
    public static let plain: CountParts = [.headline, .complaints]
    /// Everything.
    public static let all: CountParts = [.plain, .windows, .handleTimes, .resolutionTimes]
}
