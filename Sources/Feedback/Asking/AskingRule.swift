/// A rule of asking, by the name that decisions carry.
public enum AskingRule: String, Sendable, CaseIterable {
    // What the resolution itself says.
    case customerUnknown = "customer-unknown"
    case partOfAComplaint = "part-of-a-complaint"
    case earlierLeg = "earlier-leg"
    case reopened
    // Stops: no policy can override them.
    case ceaseCommunication = "cease-communication"
    case attorneyRepresented = "attorney-represented"
    case deceased
    case bankrupt
    case disputeOpen = "dispute-open"
    case breathingSpace = "breathing-space"
    case vulnerable
    case minor
    case legalHold = "legal-hold"
    case wrongParty = "wrong-party"
    case optedOut = "opted-out"
    case optedOutOfSurveys = "opted-out-of-surveys"
    // When and whom.
    case stale
    case delay
    case notSampled = "not-sampled"
    case customerAskedRecently = "customer-asked-recently"
    case accountAskedRecently = "account-asked-recently"
    case contactCap = "contact-cap"
    case quietHours = "quiet-hours"
    // By which channel.
    case noAddress = "no-address"
    case emailWithoutBasis = "email-without-basis"
    case emailAtWork = "email-at-work"
    case smsWithoutConsent = "sms-without-consent"
    case addressSuspended = "address-suspended"
    // What ends a message that was already queued.
    case answered
    case expired
    // Nothing stands in the way.
    case invite

    /// The rule of a stop.
    public init(_ stop: HardStop) {
        self =
            switch stop {
            case .ceaseCommunication: .ceaseCommunication
            case .attorneyRepresented: .attorneyRepresented
            case .deceased: .deceased
            case .bankrupt: .bankrupt
            case .disputeOpen: .disputeOpen
            case .breathingSpace: .breathingSpace
            case .vulnerable: .vulnerable
            case .minor: .minor
            case .legalHold: .legalHold
            case .wrongParty: .wrongParty
            case .optedOut: .optedOut
            case .optedOutOfSurveys: .optedOutOfSurveys
            }
    }
}
