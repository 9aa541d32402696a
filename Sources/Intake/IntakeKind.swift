/// Names what can be imported; each kind has a fixed list of fields shared by files, the API and staging tables.
public enum IntakeKind: String, Sendable, CaseIterable {
    case customers, accounts, agents, complaints, interactions

    /// Lists the kind's fields in the order of the staging table's columns, which follow its `line` column.
    public var fields: [IntakeField] {
        switch self {
        case .customers: Self.customerFields
        case .accounts: Self.accountFields
        case .agents: Self.agentFields
        case .complaints: Self.complaintFields
        case .interactions: Self.interactionFields
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
}
