import Foundation

/// One interaction as a source system knows it.
struct Leg: Sendable {
    var ref: String
    var contact: String?
    var customer: String?
    var topic: String?
    var portfolio: String?
    var complaint: String?
    var agent: String
    var channel = "phone"
    var outcome = "resolved"
    var isInbound = true
    var isPlanned = false
    var isHandled = true
    var start: Date
    var end: Date
    var talk = 0
    var hold = 0
    var wrap = 0

    /// The handle time in seconds.
    var seconds: Int { talk + hold + wrap }

    /// The record for the API, with everything that can be said.
    var json: String {
        let names = [
            "contact": contact, "customer": customer, "topic": topic, "portfolio": portfolio, "complaint": complaint,
        ]
        let known = names.compactMapValues(\.self).sorted { $0.key < $1.key }.map { #", "\#($0)": "\#($1)""# }.joined()
        return """
            {"ref": "\(ref)", "agent": "\(agent)", "channel": "\(channel)", "outcome": "\(outcome)",
             "direction": "\(isInbound ? "inbound" : "outbound")", "planned": \(isPlanned), "handled": \(isHandled),
             "started_at": "\(start.ISO8601Format())", "ended_at": "\(end.ISO8601Format())",
             "talk_seconds": \(talk), "hold_seconds": \(hold), "wrap_seconds": \(wrap)\(known)}
            """
    }
}

/// A complaint's life: when it was received, and each state after that with its time.
struct ComplaintLife: Sendable {
    var ref: String
    var customer: String
    var topic: String?
    var agent: String?
    var portfolio: String?
    var received: Date
    var steps: [(state: String, at: Date)] = []

    /// The records for the API, oldest first.
    var json: [String] {
        let names = ["topic": topic, "agent": agent, "portfolio": portfolio].compactMapValues(\.self)
            .sorted { $0.key < $1.key }.map { #", "\#($0)": "\#($1)""# }.joined()
        let head =
            #"{"ref": "\#(ref)", "customer": "\#(customer)", "received_at": "\#(received.ISO8601Format())"\#(names)"#
        return [head + "}"]
            + steps.map { head + #", "state": "\#($0.state)", "state_at": "\#($0.at.ISO8601Format())"}"# }
    }
}
