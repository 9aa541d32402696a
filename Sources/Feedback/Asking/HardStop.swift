/// What stands in the way of asking a customer at all, whatever a policy says.
///
/// Source: 12 CFR 1006.6(b)–(c) and 1006.14(h), 11 USC 362, the UK's Debt Respite Scheme Regulations 2020, CONC 7, GDPR article 21.
public enum HardStop: String, Sendable, Codable, CaseIterable {
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
    /// The customer wants no message at all.
    case optedOut = "opted-out"
    /// The customer wants no surveys, by whichever channel.
    case optedOutOfSurveys = "opted-out-of-surveys"

    /// How many days a stop lasts if nobody says when it ends; nil for ever.
    public var days: Int? {
        // Regulation 26 of the Debt Respite Scheme: a breathing space moratorium ends after 60 days.
        self == .breathingSpace ? 60 : nil
    }
}
