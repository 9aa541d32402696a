import Foundation

/// Rules about the time of day.
extension Judgement {
    /// Outside of the hours, in any zone where the customer may be, a message waits for the next open moment.
    ///
    /// A letter and a link that is handed over disturb nobody. Source: 12 CFR 1006.6(b)(1) and comment 6(b)(1)(i)-2.
    func quietHours(before channel: SurveyChannel?) -> Finding? {
        guard channel != .letter, channel != .link else { return nil }
        let hours = [policy.hours, subject.ownHours].compactMap { $0 }
        guard !hours.isEmpty else { return nil }
        let inputs: KeyValuePairs<String, String?> = [
            "zones": zones.known.joined(separator: " "),
            "own-hours": subject.ownHours == nil ? nil : "yes",
        ]
        guard let open = nextOpenMoment(at: now, hours: hours, zones: zones, before: deadline) else {
            return .hold(until: deadline, Objection(.quietHours, inputs))
        }
        return open > now ? .hold(until: open, Objection(.quietHours, inputs)) : nil
    }
}
