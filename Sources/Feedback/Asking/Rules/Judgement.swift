import Foundation

/// What is judged: whether to ask at all, or whether a message that was queued may go out now.
public enum JudgedStep: Sendable, Equatable {
    case asking
    /// A message of an invitation whose link works until then.
    case sending(expiresAt: Date)
}

/// Judges whether a customer may be asked, by a policy, at a moment.
///
/// The rules are pure functions over values and run in order; the first that stands in the way decides. A hold that would outlive
/// its use ends as a skip.
public struct Judgement: Sendable {
    /// One rule: nil if it does not stand in the way.
    typealias Rule = @Sendable (Judgement) -> Finding?

    /// What a rule found.
    enum Finding {
        case skip(Objection)
        case hold(until: Date, Objection)
    }

    let subject: AskingSubject
    let policy: Policy
    let step: JudgedStep
    let now: Date
    /// Where the customer may be.
    let zones: CandidateZones

    /// - Parameter organisationZone: The zone of customers of whom nothing tells where they are.
    public init(
        of subject: AskingSubject, by policy: Policy, step: JudgedStep = .asking, at now: Date,
        organisationZone: String
    ) {
        self.subject = subject
        self.policy = policy
        self.step = step
        self.now = now
        zones = candidateZones(of: subject, otherwise: organisationZone)
    }

    /// What is to be done.
    public var verdict: Verdict {
        for rule in step == .asking ? Self.askingRules : Self.sendingRules {
            switch rule(self) {
            case nil: continue
            case .skip(let objection): return .skip(objection)
            case .hold(let until, let objection): return hold(until, objection)
            }
        }
        let channels = usableChannels
        if let finding = quietHours(before: channels.first) {
            switch finding {
            case .skip(let objection): return .skip(objection)
            case .hold(let until, let objection): return hold(until, objection)
            }
        }
        return .invite(channels)
    }

    /// From when on it is too late.
    var deadline: Date {
        switch step {
        case .asking: subject.resolvedAt.addingTimeInterval(Double(policy.staleAfter))
        case .sending(let expiresAt): expiresAt
        }
    }

    private func hold(_ until: Date, _ objection: Objection) -> Verdict {
        if until < deadline { return .hold(until: until, objection) }
        // Nobody is left waiting for a moment that comes too late.
        return .skip(
            Objection(
                step == .asking ? .stale : .expired,
                [
                    "held-by": objection.rule.rawValue, "until": until.ISO8601Format(),
                    "deadline": deadline.ISO8601Format(),
                ]))
    }

    private static let askingRules: [Rule] = [
        { $0.obstacle }, { $0.stop }, { $0.lateness }, { $0.delay }, { $0.sample }, { $0.customerRest },
        { $0.accountRest },
        { $0.channels }, { $0.contactCap },
    ]

    /// What was judged when the customer was chosen is not judged again: the delay, the sample and the rest between invitations.
    private static let sendingRules: [Rule] = [
        { $0.obstacle }, { $0.stop }, { $0.lateness }, { $0.channels }, { $0.contactCap },
    ]
}
