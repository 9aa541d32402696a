import Yams

/// Policies as their author writes them: a YAML file, checked in whole, each problem with its line.
public struct PolicyFile: Sendable {
    /// The policies in order; the last one fits every resolution.
    public let policies: [Policy]
    /// The file's text, kept with the version it becomes.
    public let source: String

    /// Reads a policy file.
    ///
    /// - Throws: ``YAMLProblems`` with everything that is wrong, in line order.
    public init(_ source: String) throws {
        var reader = try YAMLReader(source)
        reader.allow(["policies"], in: reader.root, what: "policy file")
        policies = reader.policies(in: reader.root)
        try reader.finish()
        self.source = source
    }
}

extension YAMLReader {
    fileprivate mutating func policies(in root: Node) -> [Policy] {
        let nodes = list("policies", in: root)
        var policies: [Policy] = []
        for node in nodes {
            let policy = policy(node)
            if policies.contains(where: { $0.name == policy.name }) {
                report("the name \"\(policy.name)\" is used by an earlier policy", at: node)
            }
            if let last = policies.last, last.scope == Policy.Scope() {
                report("\"\(last.name)\" before it fits everything, so that this policy never decides", at: node)
            }
            policies.append(policy)
        }
        if let last = nodes.last, let policy = policies.last, policy.scope != Policy.Scope() {
            report("the last policy has no \"for\", so that every resolution has a policy", at: last["for"] ?? last)
        }
        return policies
    }

    private mutating func policy(_ node: Node) -> Policy {
        allow(
            [
                "name", "for", "survey", "delay", "expiry", "stale_after", "sampling", "channels", "quiet_hours",
                "customer_rest", "account_rest", "contact_cap", "email", "sms", "reminder_after", "spread",
                "complaint_clock",
            ], in: node, what: "policy")
        var policy = Policy(name: text("name", in: node, maximum: 60))
        policy.scope = scope(in: node)
        if node["survey"] != nil { policy.survey = text("survey", in: node, maximum: 80) }
        policy.delay = duration("delay", in: node, 0...90 * 86_400) ?? policy.delay
        policy.expiry = duration("expiry", in: node, 3600...90 * 86_400) ?? policy.expiry
        policy.staleAfter = duration("stale_after", in: node, 3600...36_500 * 86_400) ?? policy.staleAfter
        if policy.staleAfter <= policy.delay {
            report(
                "stale_after must be longer than the delay, or nobody is ever asked", at: node["stale_after"] ?? node)
        }
        policy.sampling = share("sampling", in: node) ?? policy.sampling
        policy.channels = channels(in: node) ?? policy.channels
        policy.hours = quietHours(in: node, standard: policy.hours)
        policy.customerRestDays = days("customer_rest", in: node, 0...3650) ?? policy.customerRestDays
        policy.accountRestDays = days("account_rest", in: node, 0...3650) ?? policy.accountRestDays
        policy.contactCap = contactCap(in: node, standard: policy.contactCap)
        if let email = node["email"] {
            allow(["basis", "work_addresses"], in: email, what: "list of e-mail rules")
            policy.needsEmailBasis =
                word("basis", in: email, ["required", "not-required"]).map { $0 == "required" } ?? true
            policy.allowsWorkEmail = word("work_addresses", in: email, ["refused", "allowed"]) == "allowed"
        }
        if let sms = node["sms"] {
            allow(["consent"], in: sms, what: "list of SMS rules")
            let isNotRequired = sms["consent"]?.string == "not-required"
            policy.smsConsentDays = isNotRequired ? nil : days("consent", in: sms, 1...3650) ?? policy.smsConsentDays
        }
        let hasNoReminder = node["reminder_after"]?.string == "never"
        policy.reminderAfter =
            hasNoReminder ? nil : duration("reminder_after", in: node, 3600...90 * 86_400) ?? policy.reminderAfter
        policy.complaintClock = complaintClock(in: node)
        policy.spread = duration("spread", in: node, 0...7 * 86_400) ?? policy.spread
        if policy.spread >= policy.expiry {
            report(
                "spread must be shorter than expiry, or messages wait past their links' end", at: node["spread"] ?? node
            )
        }
        return policy
    }

    private mutating func scope(in node: Node) -> Policy.Scope {
        var scope = Policy.Scope()
        guard let wanted = node["for"] else { return scope }
        allow(["portfolio", "topic", "jurisdiction", "resolution"], in: wanted, what: "\"for\"")
        scope.portfolios = names("portfolio", in: wanted)
        scope.topics = names("topic", in: wanted)
        scope.jurisdictions = names("jurisdiction", in: wanted)
        for place in scope.jurisdictions where !isJurisdiction(place) {
            report(
                "\"\(place)\" is not a jurisdiction; write a country like GB or a part of one like US-NY",
                at: wanted["jurisdiction"] ?? wanted)
        }
        scope.kind = word("resolution", in: wanted, Policy.Scope.Kind.allCases.map(\.rawValue))
            .flatMap(Policy.Scope.Kind.init)
        return scope
    }

    private func isJurisdiction(_ place: String) -> Bool {
        let parts = place.split(separator: "-", omittingEmptySubsequences: false)
        func isCode(_ part: Substring, _ lengths: ClosedRange<Int>) -> Bool {
            lengths.contains(part.utf8.count)
                && part.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
        }
        return parts.count <= 2 && isCode(parts[0], 2...2) && (parts.count == 1 || isCode(parts[1], 1...3))
    }

    private mutating func channels(in node: Node) -> [SurveyChannel]? {
        guard node["channels"] != nil else { return nil }
        let known = SurveyChannel.allCases.map(\.rawValue).joined(separator: ", ")
        var channels: [SurveyChannel] = []
        for item in list("channels", in: node) {
            guard let channel = item.string.flatMap(SurveyChannel.init) else {
                report("\"\(item.string ?? "")\" is not a channel; known are \(known)", at: item)
                continue
            }
            if channels.contains(channel) { report("\(channel.rawValue) is named twice", at: item) }
            channels.append(channel)
        }
        return channels
    }

    private mutating func quietHours(in node: Node, standard: ContactHours?) -> ContactHours? {
        guard let wanted = node["quiet_hours"] else { return standard }
        if wanted.string == "none" { return nil }
        allow(["open", "days", "holidays"], in: wanted, what: "\"quiet_hours\"")
        guard var hours = standard else { return nil }
        if let open = wanted["open"] {
            if let times = open.string.flatMap(times) {
                (hours.opens, hours.closes) = times
            } else {
                report("open is written like \"08:00-21:00\", the first time before the second", at: open)
            }
        }
        if wanted["days"] != nil {
            let known = Weekday.allCases.map(\.rawValue).joined(separator: ", ")
            hours.days = Set(
                list("days", in: wanted).compactMap { day in
                    let weekday = day.string.flatMap(Weekday.init)
                    if weekday == nil { report("\"\(day.string ?? "")\" is not a day; known are \(known)", at: day) }
                    return weekday
                })
        }
        if wanted["holidays"] != nil {
            hours.holidays = Set(
                list("holidays", in: wanted).compactMap { item in
                    let date = item.scalar.flatMap { CalendarDate($0.string) }
                    if date == nil { report("a holiday is a date like 2026-12-25", at: item) }
                    return date
                })
        }
        return hours
    }

    private mutating func contactCap(in node: Node, standard: Policy.ContactCap?) -> Policy.ContactCap? {
        guard let wanted = node["contact_cap"], let standard else { return standard }
        if wanted.string == "none" { return nil }
        allow(["contacts", "within"], in: wanted, what: "\"contact_cap\"")
        let contacts = whole("contacts", in: wanted) ?? standard.contacts
        if contacts < 1 { report("contacts is at least 1", at: wanted["contacts"] ?? wanted) }
        return Policy.ContactCap(contacts: contacts, days: days("within", in: wanted, 1...31) ?? standard.days)
    }

    private mutating func complaintClock(in node: Node) -> ComplaintClock? {
        guard let wanted = node["complaint_clock"] else { return nil }
        allow(["first", "final"], in: wanted, what: "\"complaint_clock\"")
        var terms: [ComplaintClock.Term] = []
        for key in ["first", "final"] {
            guard let term = wanted[key]?.string.flatMap({ ComplaintClock.Term($0) }) else {
                report("\(key) is a term like 3 business days, 15 days or 8 weeks", at: wanted[key] ?? wanted)
                continue
            }
            terms.append(term)
        }
        return terms.count == 2 ? ComplaintClock(first: terms[0], final: terms[1]) : nil
    }

    /// A share such as `25%`.
    private mutating func share(_ key: String, in node: Node) -> Double? {
        guard let value = node[key] else { return nil }
        guard let text = value.scalar?.string, text.hasSuffix("%"), let percent = Double(text.dropLast()),
            (0...100).contains(percent)
        else {
            report("\(key) is a share from 0% to 100%", at: value)
            return nil
        }
        return percent / 100
    }

    private mutating func word(_ key: String, in node: Node, _ known: [String]) -> String? {
        guard let value = node[key] else { return nil }
        guard let text = value.string, known.contains(text) else {
            report("\(key) is \(known.joined(separator: " or "))", at: value)
            return nil
        }
        return text
    }

    /// One name or a list of them.
    private mutating func names(_ key: String, in node: Node) -> [String] {
        guard let value = node[key] else { return [] }
        if value.scalar != nil { return [text(key, in: node, maximum: 120)] }
        return list(key, in: node).compactMap { item in
            guard let name = item.string, !name.isEmpty, !name.unicodeScalars.contains(where: isUnseenMark) else {
                report("\(key) lists names", at: item)
                return nil
            }
            return name
        }
    }

    private mutating func days(_ key: String, in node: Node, _ range: ClosedRange<Int>) -> Int? {
        guard let value = node[key] else { return nil }
        if value.scalar?.string == "none", range.lowerBound == 0 { return 0 }
        guard let text = value.scalar?.string, text.hasSuffix("d"), let days = Int(text.dropLast()),
            range.contains(days)
        else {
            report("\(key) is a number of days from \(range.lowerBound)d to \(range.upperBound)d", at: value)
            return nil
        }
        return days
    }

    /// A duration such as `90m`, `24h` or `14d`, in seconds.
    private mutating func duration(_ key: String, in node: Node, _ range: ClosedRange<Int>) -> Int? {
        guard let value = node[key] else { return nil }
        guard let text = value.scalar?.string, let unit = text.last.flatMap({ units[$0] }),
            let number = Int(text.dropLast()), (0...36_500 * 86_400).contains(number),
            case let seconds = number * unit, range.contains(seconds)
        else {
            let limits = "\(written(range.lowerBound)) to \(written(range.upperBound))"
            report("\(key) is a duration like 90m, 24h or 14d, from \(limits)", at: value)
            return nil
        }
        return seconds
    }

    private func written(_ seconds: Int) -> String {
        seconds >= 86_400 ? "\(seconds / 86_400)d" : seconds >= 3600 ? "\(seconds / 3600)h" : "\(seconds)s"
    }
}

/// The two times of a text like "08:00-21:00", in minutes of the day; nil if it is none, or they are in the wrong order.
private func times(_ text: String) -> (opens: Int, closes: Int)? {
    let minutes = text.split(separator: "-", omittingEmptySubsequences: false).map { clock -> Int? in
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = UInt8(parts[0]),
            let minute = UInt8(parts[1]), minute < 60
        else { return nil }
        return Int(hour) * 60 + Int(minute)
    }
    guard minutes.count == 2, let opens = minutes[0], let closes = minutes[1], opens < closes, closes <= 1440 else {
        return nil
    }
    return (opens, closes)
}

private let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
