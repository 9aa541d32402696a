/// Names what can be imported; each kind has a fixed list of fields shared by files, the API and staging tables.
public enum IntakeKind: String, Sendable, CaseIterable {
    case customers, accounts, agents, complaints, interactions, stops, contacts

    /// Lists the kind's fields in the order of the staging table's columns, which follow its `line` column.
    public var fields: [IntakeField] {
        switch self {
        case .customers: Self.customerFields
        case .accounts: Self.accountFields
        case .agents: Self.agentFields
        case .complaints: Self.complaintFields
        case .interactions: Self.interactionFields
        case .stops: Self.stopFields
        case .contacts: Self.contactFields
        }
    }

    private static let contactChannels = [
        "phone", "email", "chat", "sms", "letter", "web", "fax", "in_person", "referral", "social", "other",
    ]

    /// In this order; all but the first need a time.
    static let complaintStates = ["received", "acknowledged", "resolved", "confirmed", "reopened"]

    private static let customerFields: [IntakeField] = [
        .required("ref", .text(maximum: 120)),
        .optional("language", .language),
        .optional("time_zone", .zone),
        .optional("segment", .text(maximum: 60)),
        .optional("email", .email),
        .optional("phone", .phone),
        .optional("name", .text(maximum: 120)),
        .optional("street", .text(maximum: 200)),
        .optional("city", .text(maximum: 120)),
        .optional("postcode", .text(maximum: 20)),
        .optional("country", .text(maximum: 2)),
        .optional("region", .text(maximum: 3)),
        .optional("email_basis", .choice(["used", "consented", "creditor_notice", "prior_collector"])),
        .optional("email_basis_at", .instant),
        .optional("work_email", .boolean),
        .optional("sms_consent_at", .instant),
        .optional("preferred_channel", .choice(["email", "sms", "letter"])),
        .optional("not_on", .text(maximum: 80)),
        .optional("contact_hours", .text(maximum: 11)),
    ]

    private static let accountFields: [IntakeField] = [
        .required("ref", .text(maximum: 120)),
        .required("customer", .text(maximum: 120)),
        .required("portfolio", .text(maximum: 120)),
    ]

    private static let agentFields: [IntakeField] = [
        .required("ref", .text(maximum: 120)),
        .optional("name", .text(maximum: 120)),
        .optional("team", .text(maximum: 120)),
        .optional("active", .boolean),
    ]

    private static let complaintFields: [IntakeField] = [
        .required("ref", .text(maximum: 120)),
        .required("customer", .text(maximum: 120)),
        .optional("account", .text(maximum: 120)),
        .optional("portfolio", .text(maximum: 120)),
        .optional("agent", .text(maximum: 120)),
        .optional("topic", .text(maximum: 120)),
        .optional("channel", .choice(contactChannels)),
        .required("received_at", .instant, role: .beginning),
        .optional("state", .choice(complaintStates), role: .state),
        .optional("state_at", .instant, role: .end),
        .optional("outcome", .text(maximum: 120)),
    ]

    private static let interactionFields: [IntakeField] = [
        .required("ref", .text(maximum: 120)),
        .optional("contact", .text(maximum: 120)),
        .optional("customer", .text(maximum: 120)),
        .optional("account", .text(maximum: 120)),
        .optional("portfolio", .text(maximum: 120)),
        .optional("agent", .text(maximum: 120)),
        .optional("complaint", .text(maximum: 120)),
        .optional("channel", .choice(contactChannels)),
        .optional("direction", .choice(["inbound", "outbound"])),
        .optional("queue", .text(maximum: 60)),
        .optional("topic", .text(maximum: 120)),
        .optional(
            "outcome", .choice(["resolved", "unresolved", "transferred", "callback", "abandoned", "other"])),
        .optional("handled", .boolean),
        .optional("planned", .boolean),
        .required("started_at", .instant, role: .beginning),
        .optional("ended_at", .instant, role: .end),
        .optional("talk_seconds", .seconds),
        .optional("hold_seconds", .seconds),
        .optional("wrap_seconds", .seconds),
    ]

    private static let stopFields: [IntakeField] = [
        .required("ref", .text(maximum: 120)),
        .required("customer", .text(maximum: 120)),
        .required(
            "kind",
            .choice([
                "cease-communication", "attorney-represented", "deceased", "bankrupt", "dispute-open",
                "breathing-space", "vulnerable", "minor", "legal-hold", "wrong-party", "opted-out",
                "opted-out-of-surveys",
            ])),
        .optional("source", .text(maximum: 60)),
        .required("starts_at", .instant),
        .optional("ends_at", .instant),
    ]

    private static let contactFields: [IntakeField] = [
        .required("ref", .text(maximum: 120)),
        .required("customer", .text(maximum: 120)),
        .optional("channel", .choice(contactChannels)),
        .required("contacted_at", .instant),
    ]
}
