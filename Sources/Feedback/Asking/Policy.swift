/// The rules of asking for one kind of resolution. Durations are in seconds.
public struct Policy: Sendable, Equatable, Codable {
    /// Which resolutions a policy is for; an empty list leaves its property open.
    public struct Scope: Sendable, Equatable, Codable {
        /// What was resolved.
        public enum Kind: String, Sendable, Codable, CaseIterable {
            case complaint, interaction
        }

        /// Portfolios' references.
        public var portfolios: [String] = []
        /// Topics' names.
        public var topics: [String] = []
        /// Where the customer lives: countries (`GB`) or parts of them (`US-NY`).
        public var jurisdictions: [String] = []
        /// What was resolved; nil for both.
        public var kind: Kind?

        /// Creates the scope of every resolution.
        public init() {}
    }

    /// How many contacts a customer may have within so many days, today included.
    public struct ContactCap: Sendable, Equatable, Codable {
        /// The most contacts.
        public var contacts: Int
        /// The days they are counted over.
        public var days: Int

        /// Creates a cap.
        public init(contacts: Int, days: Int) {
            self.contacts = contacts
            self.days = days
        }
    }

    /// The name by which decisions tell of the policy.
    public var name: String
    /// The resolutions it is for.
    public var scope = Scope()
    /// The survey that is asked, by its name; nil for the one that was published last.
    public var survey: String?
    /// How long after the resolution to ask.
    public var delay = 24 * 3600
    /// How long the link works.
    public var expiry = 14 * 86_400
    /// How long after the resolution it is too late to ask.
    public var staleAfter = 14 * 86_400
    /// Which share of resolutions is asked about, 0 to 1.
    public var sampling = 1.0
    /// The channels in the order they are tried.
    public var channels: [SurveyChannel] = [.email, .sms]
    /// When customers may be reached, in their own time; nil for any time.
    public var hours: ContactHours? = ContactHours(days: Set(Weekday.allCases), opens: 8 * 60, closes: 21 * 60)
    /// Days between two invitations of one customer, whatever the survey; 0 for no such rule.
    public var customerRestDays = 30
    /// Days between two invitations about one account; 0 for no such rule.
    public var accountRestDays = 30
    /// The rolling cap over all contacts; nil for none.
    public var contactCap: ContactCap? = ContactCap(contacts: 7, days: 7)
    /// Whether an e-mail needs a recorded basis.
    public var needsEmailBasis = true
    /// Whether an address at work may be written to without the customer's consent.
    public var allowsWorkEmail = false
    /// How old, in days, a customer's consent to texts may be; nil if none is needed.
    public var smsConsentDays: Int? = 60
    /// How long after an invitation was sent to remind of it, once; nil for no reminder.
    public var reminderAfter: Int? = 3 * 86_400
    /// By when a complaint made in an answer has to be answered; nil for what holds where the customer lives.
    public var complaintClock: ComplaintClock?
    /// Over how long the messages of one round of deciding are spread.
    public var spread = 0

    /// Creates a policy of defaults.
    public init(name: String) {
        self.name = name
    }
}

/// A published set of policies: the first whose scope fits decides; the last one fits everything.
public struct PolicyVersion: Sendable, Equatable, Identifiable {
    /// The version's number.
    public let id: Int32
    /// The policies in order.
    public let policies: [Policy]

    /// Creates a version.
    public init(id: Int32, policies: [Policy]) {
        self.id = id
        self.policies = policies
    }

    /// The policy for a resolution; nil only for a version without policies.
    public func policy(for subject: AskingSubject) -> Policy? {
        policies.first { $0.scope.covers(subject) }
    }
}

extension Policy.Scope {
    /// Whether the scope covers a resolution.
    public func covers(_ subject: AskingSubject) -> Bool {
        (kind == nil || (kind == .complaint) == subject.isComplaint)
            && covers(portfolios, subject.portfolio) && covers(topics, subject.topic)
            && (jurisdictions.isEmpty
                || jurisdictions.contains { $0 == subject.country || $0 == subject.jurisdiction })
    }

    private func covers(_ names: [String], _ name: String?) -> Bool {
        names.isEmpty || name.map(names.contains) ?? false
    }
}
