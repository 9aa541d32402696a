import Foundation

/// What is known of a resolution and its customer when it is judged whether to ask.
public struct AskingSubject: Sendable, Equatable {
    /// On which ground an address for e-mail may be used (12 CFR 1006.6(d)(4)).
    public enum EmailBasis: String, Sendable, CaseIterable {
        /// The customer wrote from it or gave it for this.
        case used
        case consented
        /// The creditor announced that it would be used; allowed after 35 days.
        case creditorNotice = "creditor_notice"
        /// A prior collector used it without an objection.
        case priorCollector = "prior_collector"
    }

    /// The resolution's identifier, which also draws the sample.
    public var resolution: Int64
    /// When it was resolved.
    public var resolvedAt: Date
    /// Whether a complaint was resolved, not just an interaction.
    public var isComplaint = false
    /// Why this resolution is none to ask about, known from the facts alone.
    public var obstacle: AskingRule?
    /// The portfolio's reference.
    public var portfolio: String?
    /// The topic's name.
    public var topic: String?

    /// The customer's identifier, if one is known.
    public var customer: Int64?
    /// The account's identifier, if one is known.
    public var account: Int64?
    /// Where the customer lives: ISO 3166-1 (`US`).
    public var country: String?
    /// The part of the country: the rest of ISO 3166-2 (`NY`).
    public var region: String?
    /// The zone of the customer's address.
    public var timeZone: String?
    /// The customer's address for e-mail.
    public var email: String?
    /// The ground to use it on.
    public var emailBasis: EmailBasis?
    /// When that ground arose.
    public var emailBasisAt: Date?
    /// Whether it is an address at work.
    public var isWorkEmail = false
    /// Whether mail to it has come back, or its reader wants none.
    public var isEmailSuspended = false
    /// The customer's telephone number.
    public var phone: String?
    /// Whether it does not take texts, or its reader wants none.
    public var isPhoneSuspended = false
    /// When the customer last agreed to texts.
    public var smsConsentAt: Date?
    /// When the customer last sent a text.
    public var lastTextAt: Date?
    /// Whether a letter can be addressed.
    public var hasPostalAddress = false
    /// The channel that the customer likes best.
    public var preferredChannel: SurveyChannel?
    /// The hours that the customer chose.
    public var ownHours: ContactHours?

    /// The stops in force.
    public var stops: [HardStop] = []
    /// When the customer was last invited.
    public var customerInvitedAt: Date?
    /// When somebody was last invited about the account.
    public var accountInvitedAt: Date?
    /// When the customer was contacted in the last 31 days, in any order.
    public var contacts: [Date] = []

    /// Creates a subject of which nothing else is known.
    public init(resolution: Int64, resolvedAt: Date) {
        self.resolution = resolution
        self.resolvedAt = resolvedAt
    }

    /// A number in [0, 1) by which a batch's messages are spread over time: independent of what draws the sample.
    public var place: Double { uniform(~resolution) }

    /// The telephone number as texts are sent to it; nil if it is not known from where it is.
    public var textNumber: String? { phone.flatMap { PhoneZones.international($0, country: country) } }

    /// Where the customer lives, with the part of the country: `US-NY`.
    public var jurisdiction: String? {
        guard let country, let region else { return country }
        return "\(country)-\(region)"
    }
}
