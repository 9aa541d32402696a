import Foundation
import Postgres

@testable import Store

/// What the definitions say about a history, found by comparing every contact with every other.
struct ContactOracle {
    /// A transfer's legs together, or an interaction by itself.
    private struct Contact {
        let customer: String?
        let topic: String?
        let channel: String
        let agent: String
        let outcome: String
        let isHandled: Bool
        let start: Date
        let end: Date
        /// Tells apart contacts that start at the same moment.
        let place: Int64
        let seconds: [Leg]
    }

    private let zone: TimeZone
    private let closedBefore: Date
    private let repeatDays: (String?) -> Int
    private let legs: [Leg]
    private let inbound: [Contact]
    private let handled: [Contact]

    /// Prepares the answers.
    ///
    /// - Parameters:
    ///   - places: The order in which interactions of the same moment are taken.
    ///   - repeatDays: The configured window of a topic.
    init(
        _ legs: [Leg], places: [String: Int64], zone: TimeZone, now: Date, repeatDays: @escaping (String?) -> Int
    ) {
        self.zone = zone
        self.repeatDays = repeatDays
        self.legs = legs.filter(\.isHandled)
        closedBefore = Date(timeIntervalSince1970: (now.timeIntervalSince1970 / 3600).rounded(.down) * 3600)
        func contacts(of legs: [Leg]) -> [Contact] {
            Dictionary(grouping: legs) { $0.contact ?? "only \($0.ref)" }.values.map { group in
                let counted = group.contains(where: \.isHandled) ? group.filter(\.isHandled) : group
                let sorted = counted.sorted {
                    ($0.start, places[$0.ref] ?? 0) < ($1.start, places[$1.ref] ?? 0)
                }
                let (first, last) = (sorted[0], sorted[sorted.count - 1])
                return Contact(
                    customer: first.customer, topic: first.topic, channel: first.channel, agent: last.agent,
                    outcome: last.outcome, isHandled: first.isHandled, start: first.start, end: last.end,
                    place: places[first.ref] ?? 0, seconds: sorted)
            }
        }
        inbound = contacts(of: legs.filter { $0.isInbound && !$0.isPlanned })
        handled = contacts(of: legs.filter(\.isHandled))
    }

    /// The counts of every day and value, as the cells have them: nil for everything, else what a contact or leg is told apart by.
    func counts(by dimension: MeasureDimension) -> [String: MeasureCounts] {
        var counts: [String: MeasureCounts] = [:]
        for leg in legs {
            counts[key(leg.start, value(dimension, leg.agent, leg.topic, leg.channel)), default: .init()].legs
                .add([leg])
        }
        for contact in handled {
            let value = value(dimension, contact.agent, contact.topic, contact.channel)
            counts[key(contact.start, value), default: .init()].wholeContacts.add(contact.seconds)
        }
        for contact in inbound where contact.isHandled {
            let value = value(dimension, contact.agent, contact.topic, contact.channel)
            judge(contact, into: &counts[key(contact.start, value), default: .init()])
        }
        return counts
    }

    /// Names a row of figures.
    static func key(_ day: CalendarDay, _ value: String?) -> String { "\(day) \(value ?? "")" }

    private func key(_ start: Date, _ value: String?) -> String { Self.key(CalendarDay(start, in: zone), value) }

    private func value(_ dimension: MeasureDimension, _ agent: String, _ topic: String?, _ channel: String) -> String? {
        switch dimension {
        case .agent: agent
        case .topic: topic ?? "not recorded"
        case .channel: channel
        default: nil
        }
    }

    private func judge(_ contact: Contact, into counts: inout MeasureCounts) {
        counts.contacts.all += 1
        if counts.windows.isEmpty, contact.customer != nil {
            counts.windows = WindowCounts.days.map { _ in WindowCounts() }
        }
        guard let customer = contact.customer else { return }
        counts.contacts.known += 1
        let others = inbound.filter { $0.customer == customer && $0.place != contact.place }
        let same = others.filter { $0.topic == contact.topic }
        let own = verdict(contact, same, days: repeatDays(contact.topic))
        counts.contacts.closed += own.isClosed ? 1 : 0
        counts.contacts.closedResolved += own.isClosed && own.isResolved ? 1 : 0
        counts.contacts.first += own.isClosed && own.isFirst ? 1 : 0
        counts.contacts.firstResolved += own.isClosed && own.isFirst && own.isResolved ? 1 : 0
        counts.contacts.pending += !own.isClosed && own.isFirst ? 1 : 0
        if own.isClosed, own.isFirst, contact.outcome != "unresolved" {
            counts.contacts.combined += 1
            counts.contacts.combinedResolved += own.isResolved ? 1 : 0
        }
        for (index, days) in WindowCounts.days.enumerated() {
            let topic = verdict(contact, same, days: days)
            let any = verdict(contact, others, days: days)
            counts.windows[index].first += topic.isClosed && topic.isFirst ? 1 : 0
            counts.windows[index].firstResolved += topic.isClosed && topic.isFirst && topic.isResolved ? 1 : 0
            counts.windows[index].pending += !topic.isClosed && topic.isFirst ? 1 : 0
            counts.windows[index].closed += topic.isClosed ? 1 : 0
            counts.windows[index].closedResolved += topic.isClosed && topic.isResolved ? 1 : 0
            counts.windows[index].anyTopic += any.isClosed && any.isFirst ? 1 : 0
            counts.windows[index].anyTopicResolved += any.isClosed && any.isFirst && any.isResolved ? 1 : 0
            counts.windows[index].anyTopicPending += !any.isClosed && any.isFirst ? 1 : 0
        }
    }

    private func verdict(
        _ contact: Contact, _ others: [Contact], days: Int
    ) -> (isClosed: Bool, isFirst: Bool, isResolved: Bool) {
        let span = Double(days) * 86_400
        func isEarlier(_ other: Contact) -> Bool { (other.start, other.place) < (contact.start, contact.place) }
        return (
            contact.end + span < closedBefore,
            !others.contains { isEarlier($0) && $0.isHandled && contact.start <= $0.end + span },
            !others.contains { !isEarlier($0) && $0.start <= contact.end + span }
        )
    }
}

extension HandlingCounts {
    /// Adds the legs of one contact, or one leg.
    fileprivate mutating func add(_ legs: [Leg]) {
        func sum(_ part: (Leg) -> Int) -> Int { legs.map(part).reduce(0, +) }
        let (talk, hold, wrap) = (sum(\.talk), sum(\.hold), sum(\.wrap))
        let whole = talk + hold + wrap
        handled += 1
        self.talk += talk
        self.hold += hold
        self.wrap += wrap
        squares += whole * whole
        talkSquares += talk * talk
        holdSquares += hold * hold
        wrapSquares += wrap * wrap
        short += whole <= 10 ? 1 : 0
        // 32 buckets for each doubling from 64 up.
        let doublings = max(0, Int.bitWidth - whole.leadingZeroBitCount - 6)
        buckets[32 * doublings + whole >> doublings, default: 0] += 1
    }
}
