extension AskingRule {
    /// What the rule found, in a few words: "Asked within the last days".
    public var title: String {
        switch self {
        case .customerUnknown: "Customer not known"
        case .partOfAComplaint: "Part of a complaint: asked when it is resolved"
        case .earlierLeg: "Transferred: asked about the last leg"
        case .reopened: "Reopened before asking"
        case .ceaseCommunication: "Asked for no more contact"
        case .attorneyRepresented: "Represented by an attorney"
        case .deceased: "Deceased"
        case .bankrupt: "Bankrupt"
        case .disputeOpen: "Dispute open"
        case .breathingSpace: "In a breathing space"
        case .vulnerable: "Vulnerable"
        case .minor: "A minor"
        case .legalHold: "Legal hold"
        case .wrongParty: "Wrong party"
        case .optedOut: "Opted out of all messages"
        case .optedOutOfSurveys: "Opted out of surveys"
        case .stale: "Too long ago"
        case .delay: "Too soon after the resolution"
        case .notSampled: "Not in the sample"
        case .customerAskedRecently: "Customer asked recently"
        case .accountAskedRecently: "Account asked about recently"
        case .contactCap: "Contacted too often"
        case .quietHours: "Quiet hours"
        case .noAddress: "No address"
        case .emailWithoutBasis: "No ground to use the e-mail address"
        case .emailAtWork: "E-mail address at work"
        case .smsWithoutConsent: "No fresh consent to texts"
        case .addressSuspended: "Address suspended"
        case .answered: "Answered already"
        case .expired: "Link no longer open"
        case .invite: "Nothing stood in the way"
        }
    }

    /// What the rule found, as a sentence with the values that it looked at.
    ///
    /// - Parameter inputs: The recorded values by name.
    public func sentence(_ inputs: [String: String]) -> String {
        func value(_ name: String) -> String { inputs[name] ?? "?" }
        switch self {
        case .customerUnknown: return "It is not known which customer it was."
        case .partOfAComplaint: return "It belongs to a complaint, whose customer is asked when that is resolved."
        case .earlierLeg: return "The contact went on with somebody else; its last leg is asked about."
        case .reopened: return "The complaint was reopened before its customer was asked."
        case .ceaseCommunication, .attorneyRepresented, .deceased, .bankrupt, .disputeOpen, .breathingSpace,
            .vulnerable,
            .minor, .legalHold, .wrongParty, .optedOut, .optedOutOfSurveys:
            return "A stop was in force: \(value("stops")). No policy can override it."
        case .stale, .expired:
            guard let cause = inputs["held-by"] else {
                return "It was too late: resolved \(value("resolved")), and asking ended \(value("deadline"))."
            }
            let rule = AskingRule(rawValue: cause)?.title ?? cause
            return "It would have had to wait (\(rule)) until \(value("until")), and asking ended \(value("deadline"))."
        case .delay:
            return "The policy waits \(value("delay-seconds")) seconds after the resolution of \(value("resolved"))."
        case .notSampled: return "The sample left it out: it drew \(value("draw")) at a rate of \(value("rate"))."
        case .customerAskedRecently:
            return "The customer was asked on \(value("asked")), and has \(value("rest-days")) days of rest."
        case .accountAskedRecently:
            return "The account was asked about on \(value("asked")), and has \(value("rest-days")) days of rest."
        case .contactCap:
            return "The customer had as many contacts as the policy allows: \(value("cap")) within "
                + "\(value("within-days")) days, counted in \(value("zones"))."
        case .quietHours:
            return "It was outside of the hours in which the customer may be reached, in \(value("zones"))."
        case .noAddress, .emailWithoutBasis, .emailAtWork, .smsWithoutConsent, .addressSuspended:
            return "No channel could be used (\(value("channels")))."
        case .answered: return "The customer had answered."
        case .invite: return "Nothing stood in the way. Channels, in this order: \(value("channels"))."
        }
    }
}
