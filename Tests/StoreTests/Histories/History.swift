import DemoCentre
import Foundation
import Intake
import TestSupport

@testable import Store

/// A made-up history, the same for the same seed: what was so in the end, and the records by which it became known.
struct History: Sendable {
    /// Records about the same thing, in the order in which they have to come.
    typealias Thread = [(kind: IntakeKind, json: String)]

    private(set) var legs: [Leg] = []
    private(set) var complaints: [ComplaintLife] = []
    private(set) var threads: [Thread] = []
    private var random: SeededGenerator
    private let days: Int
    private let customers: Int

    /// Makes a history that ends at the tests' present.
    ///
    /// - Parameter isOrderly: Whether nothing is known about agents, customers or complaints late, and a transfer is one customer's and
    ///   over within hours.
    init(seed: Int, contacts: Int, days: Int = 70, customers: Int = 12, isOrderly: Bool) {
        random = SeededGenerator(seed: UInt64(seed))
        self.days = days
        self.customers = customers
        let complaintCount = contacts / 8
        complaints = (0..<complaintCount).map { complaint($0) }
        for number in 0..<contacts { addContact(number, isOrderly: isOrderly) }
        for leg in legs { threads.append(versions(of: leg)) }
        for complaint in complaints { threads.append(versions(of: complaint)) }
        threads += people(isOrderly: isOrderly)
        threads.shuffle(using: &random)
    }

    // MARK: What was so

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func one(_ names: String...) -> String { names[Int.random(in: 0..<names.count, using: &random)] }

    private mutating func numbered(_ letter: String, _ count: Int) -> String {
        "\(letter)\(Int.random(in: 0..<count, using: &random))"
    }

    /// A moment of the history; every other one on a round hour, so that windows end to the second.
    private mutating func moment() -> Date {
        let seconds = Int.random(in: 0..<days * 86_400, using: &random)
        return Date.test.addingTimeInterval(-Double(chance(50) ? seconds / 21_600 * 21_600 : seconds))
    }

    /// Mostly minutes, sometimes nothing, sometimes the days of an e-mail.
    private mutating func duration() -> Double {
        switch Int.random(in: 0..<10, using: &random) {
        case 0...2: 0
        case 3: Double(Int.random(in: 1...6, using: &random) * 86_400)
        default: Double(Int.random(in: 1...5_000, using: &random))
        }
    }

    private mutating func addContact(_ number: Int, isOrderly: Bool) {
        var leg = Leg(ref: "i\(number)", agent: numbered("A", 7), start: moment(), end: .test)
        leg.end = leg.start.addingTimeInterval(duration())
        leg.customer = chance(10) ? nil : numbered("c", customers)
        leg.topic = chance(15) ? nil : numbered("t", 3)
        leg.portfolio = chance(30) ? nil : numbered("p", 2)
        leg.complaint = !complaints.isEmpty && chance(15) ? numbered("k", complaints.count + 1) : nil
        leg.channel = one("phone", "phone", "email", "chat")
        leg.isInbound = !chance(12)
        leg.isPlanned = chance(8)
        let count = chance(20) ? Int.random(in: 2...3, using: &random) : 1
        leg.contact = count > 1 || chance(10) ? "x\(number)" : nil
        for part in 0..<count {
            if part > 0 {
                leg.ref = "i\(number).\(part)"
                let pause = isOrderly || chance(70) ? Int.random(in: 0...7_200, using: &random) : 86_400 * part * 3
                leg.start += Double(pause)
                leg.end = max(leg.start, leg.end).addingTimeInterval(Double(Int.random(in: 0...900, using: &random)))
                leg.agent = numbered("A", 7)
                if !isOrderly, leg.customer != nil, chance(20) { leg.customer = numbered("c", customers) }
            }
            leg.outcome = one("resolved", "resolved", "unresolved", "transferred", "callback", "abandoned")
            leg.isHandled = leg.outcome != "abandoned" || chance(20)
            (leg.talk, leg.hold, leg.wrap) = (Int.random(in: 0...2_000, using: &random), chance(50) ? 0 : 30, 0)
            if chance(15) { (leg.talk, leg.hold) = (Int.random(in: 0...12, using: &random), 0) }
            if chance(50) { leg.wrap = Int.random(in: 0...300, using: &random) }
            legs.append(leg)
        }
    }

    private mutating func complaint(_ number: Int) -> ComplaintLife {
        var life = ComplaintLife(ref: "k\(number)", customer: numbered("c", customers), received: moment())
        life.topic = chance(40) ? nil : numbered("t", 3)
        life.agent = chance(50) ? nil : numbered("A", 7)
        life.portfolio = chance(50) ? nil : numbered("p", 2)
        var at = life.received
        var state = "received"
        while at < .test, !chance(20) {
            at += Double(Int.random(in: 0..<6 * 86_400, using: &random))
            state =
                switch state {
                case "received", "reopened": chance(30) ? "acknowledged" : "resolved"
                case "acknowledged": "resolved"
                case "resolved": chance(50) ? "confirmed" : "reopened"
                default: "reopened"
                }
            if at < .test { life.steps.append((state, at)) }
        }
        return life
    }

    // MARK: How it became known

    /// Sometimes something else is said first, and sometimes everything is said twice.
    private mutating func versions(of leg: Leg) -> Thread {
        var thread: Thread = []
        if chance(35) {
            var wrong = leg
            if chance(60) {
                wrong.start = moment()
                wrong.end = wrong.start.addingTimeInterval(duration())
            }
            if wrong.customer != nil, chance(40) { wrong.customer = numbered("c", customers) }
            if wrong.topic != nil, chance(40) { wrong.topic = numbered("t", 3) }
            if wrong.contact != nil, chance(30) { wrong.contact = numbered("x", 40) }
            if wrong.portfolio != nil, chance(30) { wrong.portfolio = nil }
            if chance(50) { wrong.complaint = nil }
            if chance(40) { wrong.agent = numbered("A", 7) }
            if chance(20) { wrong.isHandled.toggle() }
            if chance(20) { wrong.isPlanned.toggle() }
            if chance(20) { wrong.isInbound.toggle() }
            wrong.talk = 7
            thread.append((.interactions, wrong.json))
        }
        thread.append((.interactions, leg.json))
        if chance(10) { thread.append((.interactions, leg.json)) }
        return thread
    }

    private mutating func versions(of life: ComplaintLife) -> Thread {
        var told = life
        var thread: Thread = []
        if life.topic != nil, chance(30) {
            told.topic = numbered("t", 3)
            thread.append((.complaints, told.json[0]))
        }
        thread += life.json.map { (.complaints, $0) }
        // A complaint that is first heard of when it is closed.
        if life.steps.first?.state == "resolved", chance(30) { thread = Array(thread.suffix(life.steps.count)) }
        if chance(20), let last = thread.last { thread.append(last) }
        return thread
    }

    private mutating func people(isOrderly: Bool) -> [Thread] {
        guard !isOrderly else { return [] }
        let segments: [Thread] = (0..<customers).map { number in
            [(.customers, #"{"ref": "c\#(number)", "segment": "s\#(number % 3)", "language": "es"}"#)]
        }
        let agents: [Thread] = (0..<7).map { number in
            let first = #"{"ref": "A\#(number)", "team": "T\#(number % 3)"}"#
            let moved = #"{"ref": "A\#(number)", "team": "T\#((number + 1) % 3)", "name": "Agent \#(number)"}"#
            return number.isMultiple(of: 2) ? [(.agents, first)] : [(.agents, first), (.agents, moved)]
        }
        return segments + agents
    }
}

extension Store {
    /// Takes the records of some threads, one step of each thread after the other, a few at a time.
    func take(_ threads: ArraySlice<History.Thread>) async throws {
        let steps = threads.map(\.count).max() ?? 0
        for step in 0..<steps {
            let records = threads.compactMap { $0.count > step ? $0[step] : nil }
            for kind in IntakeKind.allCases {
                let of = records.filter { $0.kind == kind }.map(\.json)
                for start in stride(from: 0, to: of.count, by: 15) {
                    try await take(kind, "[\(of[start..<min(start + 15, of.count)].joined(separator: ","))]")
                }
            }
        }
    }
}
