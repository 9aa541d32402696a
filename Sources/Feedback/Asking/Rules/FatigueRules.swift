import Foundation

/// Rules about how often a customer is contacted.
extension Judgement {
    /// One invitation of a customer in so many days, whatever the survey.
    var customerRest: Finding? {
        rest(.customerAskedRecently, since: subject.customerInvitedAt, days: policy.customerRestDays)
    }

    /// One invitation about an account in so many days, whoever was asked.
    var accountRest: Finding? {
        rest(.accountAskedRecently, since: subject.accountInvitedAt, days: policy.accountRestDays)
    }

    private func rest(_ rule: AskingRule, since last: Date?, days: Int) -> Finding? {
        guard let last, days > 0, now < last.addingTimeInterval(Double(days) * 86_400) else { return nil }
        return .skip(Objection(rule, ["asked": last.ISO8601Format(), "rest-days": "\(days)"]))
    }

    /// The rolling cap over all contacts, in days of the customer's own calendar, of which the day of a contact is the first.
    ///
    /// Where the customer may be in several zones, the latest of their days counts. Source: 12 CFR 1006.14(b)(2)(i), comment
    /// 14(b)(2)(i)-1.
    var contactCap: Finding? {
        guard let cap = policy.contactCap, subject.contacts.count >= cap.contacts else { return nil }
        let contacts = subject.contacts.map { Int($0.timeIntervalSince1970.rounded(.down)) }
        let free = zones.clocks.map { clock -> Int in
            let today = clock.dayNumber(at: Int(now.timeIntervalSince1970.rounded(.down)))
            let counted = contacts.map(clock.dayNumber).filter { $0 > today - cap.days }.sorted()
            guard counted.count >= cap.contacts else { return .min }
            // Once this one is out of the window, one fewer than the cap is left.
            return clock.start(ofDay: counted[counted.count - cap.contacts] + cap.days)
        }
        guard let latest = free.max(), latest > .min else { return nil }
        let until = Date(timeIntervalSince1970: Double(latest))
        return .hold(
            until: until,
            Objection(
                .contactCap,
                [
                    "contacts": "\(subject.contacts.count)", "cap": "\(cap.contacts)", "within-days": "\(cap.days)",
                    "zones": zones.known.joined(separator: " "),
                ]))
    }
}
