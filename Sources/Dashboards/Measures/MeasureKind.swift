import Statistics
import Store

/// What is measured: each kind with its own unit, words and way of writing a value.
public enum MeasureKind: Sendable, Hashable {
    /// Net Promoter Score, −1 to 1.
    case nps
    /// Share of answers 4 and 5 of 5, share of answers 5, and mean answer.
    case csat, csatTopBox, csatMean
    /// Mean effort or ease, and net easy (−1 to 1), on one instrument.
    case ces(CESInstrument), netEasy(CESInstrument)
    /// Share of customers who say it was resolved the first time.
    case fcrStated
    /// Share of first contacts without a repeat within the configured window; also of those not recorded as unresolved.
    case fcrObserved, fcrCombined
    /// The same within so many days, by another rule of what counts.
    case fcrWindow(RepeatRule, days: Int)
    /// Handle time in seconds, or the share of very short ones.
    case handleTime(HandledUnit, HandleStatistic)
    /// Answered invitations, by AAPOR RR2; complete answers among all answers; invited resolutions among those decided.
    case responseRate, completion, invitationRate
    /// Contacts whose customer is known.
    case knownCustomers
    /// Complaints received, a count.
    case complaintsReceived
    /// Share of closings that were reopened since.
    case complaintsReopened
    /// Minutes from receipt to closing.
    case resolutionTime(TimeStatistic)

    /// Average handle time per leg, the AHT of a tile.
    public static let aht = MeasureKind.handleTime(.leg, .mean)
}

/// Which contacts a window of observed first contact resolution is about.
public enum RepeatRule: String, Sendable, Hashable, CaseIterable {
    /// Contacts that start an issue, and repeats about the same topic.
    case first = "observed"
    /// Every contact, and repeats about the same topic.
    case every = "strict"
    /// Contacts that start anything, and repeats about whatever topic.
    case anyTopic = "any-topic"
}

/// Whether a handle time is of one leg, for an agent, or of a whole contact, for a customer.
public enum HandledUnit: String, Sendable, Hashable, CaseIterable {
    case leg, contact
}

/// What is told of handle times.
public enum HandleStatistic: String, Sendable, Hashable, CaseIterable {
    case mean, median, p90, talk, hold, wrap, short
}

/// What is told of times to resolution.
public enum TimeStatistic: String, Sendable, Hashable, CaseIterable {
    case mean, median, p90
}

/// What a measure's values are counted in.
enum MeasureUnit: Hashable {
    /// A score of −1 to 1, shown ×100 with its sign.
    case net
    /// A share of 0 to 1, shown in per cent.
    case share
    /// A mean on a scale of 1 to so many points.
    case score(points: Int)
    /// Seconds and minutes of time.
    case seconds, minutes
    /// A number of events.
    case count
}

/// Which way is good.
enum BetterDirection {
    case higher, lower, neither
}

extension MeasureKind {
    var unit: MeasureUnit {
        switch self {
        case .nps, .netEasy: .net
        case .csatMean: .score(points: 5)
        case .ces(let instrument): .score(points: instrument.points)
        case .handleTime(_, let statistic): statistic == .short ? .share : .seconds
        case .resolutionTime: .minutes
        case .complaintsReceived: .count
        case .csat, .csatTopBox, .fcrStated, .fcrObserved, .fcrCombined, .fcrWindow, .responseRate, .completion,
            .invitationRate, .knownCustomers, .complaintsReopened:
            .share
        }
    }

    var better: BetterDirection {
        switch self {
        case .nps, .csat, .csatTopBox, .csatMean, .netEasy, .fcrStated, .fcrObserved, .fcrCombined, .fcrWindow,
            .responseRate, .completion, .knownCustomers:
            .higher
        case .ces(let instrument): instrument.direction == .lowerIsBetter ? .lower : .higher
        case .resolutionTime, .complaintsReopened: .lower
        case .handleTime, .invitationRate, .complaintsReceived: .neither
        }
    }

    /// Identifies the measure in addresses and in files for other programs.
    public var id: String {
        switch self {
        case .nps: "nps"
        case .csat: "csat"
        case .csatTopBox: "csat-top-box"
        case .csatMean: "csat-mean"
        case .ces(let instrument): "ces-\(instrument.name)"
        case .netEasy(let instrument): "net-easy-\(instrument.name)"
        case .fcrStated: "fcr-stated"
        case .fcrObserved: "fcr-observed"
        case .fcrCombined: "fcr-combined"
        case .fcrWindow(let rule, let days): "fcr-\(rule.rawValue)-\(days)"
        case .handleTime(.leg, .mean): "aht"
        case .handleTime(.contact, .mean): "contact-aht"
        case .handleTime(let unit, let statistic):
            unit == .leg ? "aht-\(statistic.rawValue)" : "contact-aht-\(statistic.rawValue)"
        case .responseRate: "response-rate"
        case .completion: "completion"
        case .invitationRate: "invitation-rate"
        case .knownCustomers: "known-customers"
        case .complaintsReceived: "complaints-received"
        case .complaintsReopened: "complaints-reopened"
        case .resolutionTime(let statistic): "resolution-time-\(statistic.rawValue)"
        }
    }

    /// The measures of a page's tiles, in their order: one effort score for each scale that was answered.
    public static func headline(instruments: [CESInstrument]) -> [MeasureKind] {
        [.nps, .csat] + (instruments.isEmpty ? [.effort] : instruments).map(MeasureKind.ces)
            + [.fcrStated, .fcrObserved, .aht, .responseRate]
    }

    /// Handle time in every way.
    static let handling = HandledUnit.allCases.flatMap { unit in
        HandleStatistic.allCases.map { MeasureKind.handleTime(unit, $0) }
    }

    /// Every measure, in the order of the definitions.
    public static func all(instruments: [CESInstrument]) -> [MeasureKind] {
        let instruments = instruments.isEmpty ? [CESInstrument.effort] : instruments
        let windows = RepeatRule.allCases.flatMap { rule in
            WindowCounts.days.map { MeasureKind.fcrWindow(rule, days: $0) }
        }
        return [.nps, .csat, .csatTopBox, .csatMean] + instruments.flatMap { [.ces($0), .netEasy($0)] }
            + [.fcrStated, .fcrObserved, .fcrCombined] + windows + handling
            + [.responseRate, .completion, .invitationRate, .knownCustomers, .complaintsReceived, .complaintsReopened]
            + TimeStatistic.allCases.map(MeasureKind.resolutionTime)
    }
}

extension CESInstrument {
    /// Every effort scale that a survey can ask on.
    static let known: [CESInstrument] = [5, 7].flatMap { points in
        [Direction.lowerIsBetter, .higherIsBetter].compactMap { CESInstrument(points: points, direction: $0) }
    }

    var name: String { "\(direction == .lowerIsBetter ? "effort" : "ease")-\(points)" }

    var cellName: String { "ces\(points)-\(direction == .lowerIsBetter ? "lower" : "higher")" }
}
