import Foundation
import Intake
import Postgres

/// What happened at a made-up centre on one day, as records in PostgreSQL's COPY text format.
public struct CentreDay: Sendable {
    /// The day's interactions.
    public let interactions: [UInt8]
    /// The day's complaints: new ones, and those that were resolved or reopened.
    public let complaints: [UInt8]
}

/// Lets a made-up centre live day after day. The same seed gives the same days.
public struct CentreLife: Sendable {
    private struct Return: Sendable {
        let customer: Int
        let topic: Centre.Topic
        let complaint: String?
    }

    private struct OpenComplaint: Sendable {
        let ref: String
        let customer: Int
        let topic: Centre.Topic
        let receivedAt: Int
    }

    private let centre: Centre
    private let contactsPerDay: Double
    private var random: SeededGenerator
    private var returns: [CalendarDay: [Return]] = [:]
    private var closings: [CalendarDay: [OpenComplaint]] = [:]
    private var interactionCount = 0
    private var complaintCount = 0

    /// Creates the life of a centre.
    ///
    /// - Parameter contactsPerDay: How many contacts a working day has on average.
    public init(_ centre: Centre, contactsPerDay: Double, seed: UInt64) {
        self.centre = centre
        self.contactsPerDay = contactsPerDay
        random = SeededGenerator(seed: seed)
    }

    /// Lives one day. Days must come in order.
    public mutating func live(_ day: CalendarDay) -> CentreDay {
        var interactions = CopyText()
        var complaints = CopyText()
        // 2000-01-01, day number 0, was a Saturday.
        let weekday = ((day.dayNumber % 7) + 7) % 7
        let load = weekday == 0 ? 0.35 : weekday == 1 ? 0 : weekday == 2 ? 1.25 : 1
        for _ in 0..<random.events(mean: contactsPerDay * load) {
            contact(day, customer: random.index(centre.customers), topic: Centre.topic(&random), nil, &interactions)
        }
        for coming in returns.removeValue(forKey: day) ?? [] where weekday != 1 {
            contact(day, customer: coming.customer, topic: coming.topic, coming.complaint, &interactions)
        }
        for _ in 0..<random.events(mean: contactsPerDay * load * 0.06) {
            complain(day, &complaints, &interactions)
        }
        for complaint in closings.removeValue(forKey: day) ?? [] {
            complaints.append([
                complaint.ref, "C\(complaint.customer)", nil, portfolio(of: complaint.customer), nil,
                complaint.topic.name,
                nil, timestamp(complaint.receivedAt), "resolved", timestamp(second(day, 61_000)), "Explained",
            ])
        }
        return CentreDay(interactions: interactions.bytes, complaints: complaints.bytes)
    }

    private mutating func complain(_ day: CalendarDay, _ complaints: inout CopyText, _ interactions: inout CopyText) {
        complaintCount += 1
        let complaint = OpenComplaint(
            ref: "K\(complaintCount)", customer: random.index(centre.customers), topic: Centre.topic(&random),
            receivedAt: second(day, 30_000 + random.index(30_000)))
        complaints.append([
            complaint.ref, "C\(complaint.customer)", nil, portfolio(of: complaint.customer), nil, complaint.topic.name,
            random.chance(0.6) ? "phone" : "web", timestamp(complaint.receivedAt), nil, nil, nil,
        ])
        let closing = day.adding(days: 1 + random.index(9))
        closings[closing, default: []].append(complaint)
        // Somebody calls the customer back about it, and that agent answers for how it was resolved.
        contact(day, customer: complaint.customer, topic: complaint.topic, complaint.ref, &interactions)
    }

    private mutating func contact(
        _ day: CalendarDay, customer: Int, topic: Centre.Topic, _ complaint: String?, _ interactions: inout CopyText
    ) {
        interactionCount += 1
        let agent = centre.agents[random.index(centre.agents.count)]
        let isAbandoned = complaint == nil && random.chance(0.04)
        let channel = random.chance(0.78) ? "phone" : random.chance(0.6) ? "chat" : "email"
        let spread = exp(random.normal() * 0.45)
        let talk = isAbandoned ? 0 : Int(topic.talkSeconds * agent.pace * spread)
        let hold = !isAbandoned && random.chance(0.25) ? 20 + random.index(120) : 0
        let wrap = isAbandoned ? 0 : 20 + random.index(90)
        let isSettled = !isAbandoned && random.chance(topic.settled + agent.skill * 0.05)
        interactions.append([
            "I\(interactionCount)", nil, "C\(customer)", nil, portfolio(of: customer), isAbandoned ? nil : agent.ref,
            complaint, channel, "inbound", nil, topic.name,
            isAbandoned ? "abandoned" : isSettled ? "resolved" : "unresolved", isAbandoned ? "f" : "t", "f",
            timestamp(second(day, 28_800 + random.index(39_600))), nil, "\(talk)", "\(hold)", "\(wrap)",
        ])
        if !isSettled, random.chance(0.7) {
            returns[day.adding(days: 1 + random.index(6)), default: []]
                .append(Return(customer: customer, topic: topic, complaint: complaint))
        }
    }

    private func portfolio(of customer: Int) -> String {
        Centre.portfolios[customer % Centre.portfolios.count]
    }
}

extension SeededGenerator {
    fileprivate mutating func index(_ count: Int) -> Int {
        Int(unit() * Double(count))
    }
}

/// Seconds since 2000-01-01 00:00 local time.
private func second(_ day: CalendarDay, _ secondOfDay: Int) -> Int {
    Int(day.dayNumber) * 86_400 + secondOfDay
}

/// A local timestamp as PostgreSQL reads it.
private func timestamp(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = CalendarDay(dayNumber: Int32(seconds / 86_400))
    let rest = seconds % 86_400
    return "\(day) \(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
}

/// Records in PostgreSQL's COPY text format, numbered from 1.
struct CopyText {
    private(set) var bytes: [UInt8] = []
    private var line = 0

    mutating func append(_ fields: [String?]) {
        line += 1
        bytes.append(contentsOf: "\(line)".utf8)
        for field in fields {
            bytes.append(UInt8(ascii: "\t"))
            // The generator's own words hold nothing that needs an escape.
            bytes.append(contentsOf: (field ?? "\\N").utf8)
        }
        bytes.append(UInt8(ascii: "\n"))
    }
}
