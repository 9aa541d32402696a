/// The mergeable counts behind every measure, for one stretch of days and one value of a dimension.
public struct MeasureCounts: Sendable, Equatable {
    /// How often each score was given, from 0 up, by instrument: `nps`, `csat`, `resolved`, `complete`, `ces5-lower` and the like.
    public var scores: [String: [Int]] = [:]
    /// Those of the scores that may not be a person's own.
    public var suspectScores: [String: [Int]] = [:]
    /// Scores that an accepted objection keeps out of an agent's figures, counted by themselves; empty for everybody but agents.
    public var excludedScores: [String: [Int]] = [:]
    /// What was decided about resolutions: all of them are waiting, skipped or invited.
    public var asking = AskingCounts()
    /// Handled interactions, each leg of a transfer by itself.
    public var legs = HandlingCounts()
    /// Handled contacts, the legs of a transfer together.
    public var wholeContacts = HandlingCounts()
    /// Inbound contacts and their repeats, by the configured window.
    public var contacts = ContactCounts()
    /// The same for windows of 1, 5, 7, 14 and 30 days; empty where they are not kept.
    public var windows: [WindowCounts] = []
    /// Complaints received and closed.
    public var complaints = ComplaintCounts()

    /// Creates counts of nothing.
    public init() {}
}

/// Resolutions of a period, and what was decided about them.
public struct AskingCounts: Sendable, Equatable {
    public var resolutions = 0, waiting = 0, invited = 0
    /// Those passed over, by the rule that decided.
    public var skipped: [String: Int] = [:]
    /// Invitations that were answered by now, and those of them that answer everything asked on a scale.
    public var answered = 0, complete = 0
    /// Handle times behind the invitations, and behind those that were answered.
    public var invitedTimes = SumCounts(), answeredTimes = SumCounts()
}

/// How many numbers, their sum and the sum of their squares.
public struct SumCounts: Sendable, Equatable {
    public var n = 0, sum = 0, squares = 0
}

/// Handle time in seconds, zeros included.
public struct HandlingCounts: Sendable, Equatable {
    /// Handled interactions.
    public var handled = 0
    public var talk = 0, hold = 0, wrap = 0
    /// Sums of squares of the whole and of its parts.
    public var squares = 0, talkSquares = 0, holdSquares = 0, wrapSquares = 0
    /// Of 10 seconds or less.
    public var short = 0
    /// Naming a complaint that is not known.
    public var unlinked = 0
    /// How many fall into each bucket of durations.
    public var buckets: [Int: Int] = [:]
}

/// Inbound contacts and what became of them.
public struct ContactCounts: Sendable, Equatable {
    /// Contacts, and those whose customer is known.
    public var all = 0, known = 0
    /// Every contact whose window has closed, and those nobody came back for.
    public var closed = 0, closedResolved = 0
    /// The same of contacts that start an issue, and how many of these are still pending.
    public var first = 0, firstResolved = 0, pending = 0
    /// First contacts whose outcome is not recorded as unresolved.
    public var combined = 0, combinedResolved = 0
}

/// First contact resolution by one window.
public struct WindowCounts: Sendable, Equatable {
    /// The windows, in days.
    public static let days = [1, 5, 7, 14, 30]
    public var first = 0, firstResolved = 0, pending = 0
    /// Every contact, not only an issue's first.
    public var closed = 0, closedResolved = 0
    /// First contacts whatever the topic.
    public var anyTopic = 0, anyTopicResolved = 0, anyTopicPending = 0
}

/// Complaints of a period.
public struct ComplaintCounts: Sendable, Equatable {
    /// Received, and those of them with an interaction.
    public var received = 0, linked = 0
    /// Closings, and those that were reopened since.
    public var closings = 0, reopened = 0
    /// Minutes from receipt to closing: sum, squares, and how many fall into each bucket.
    public var minutes = 0, squares = 0
    /// How many fall into each bucket of times.
    public var buckets: [Int: Int] = [:]
}
