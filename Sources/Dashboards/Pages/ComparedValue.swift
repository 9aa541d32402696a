import Postgres
import Statistics
import Store

/// One team, topic, agent or the like, with its counts of the period and of the one before.
struct ComparedValue {
    /// The value's identifier; 0 where none was recorded.
    let id: Int32
    /// The name for readers.
    let name: String
    /// The address of its page; nil if it has none.
    let address: String?
    let counts: MeasureCounts
    let previous: MeasureCounts

    /// Whether it is a value at all, and not that none was recorded.
    var isRecorded: Bool { id != 0 }

    /// Whether anything was measured in the period.
    var isSeen: Bool {
        counts.legs.handled > 0
            || MeasureKind.headline(instruments: counts.instruments).contains { counts.sample($0, days: 1).n > 0 }
    }

    var link: LinkedName { LinkedName(name, address: address) }

    /// The name within a sentence, kept from turning what stands beside it when it is written from right to left.
    var isolatedName: String { "\u{2068}\(name)\u{2069}" }

    /// The value's share of a kind, if it is measured as one.
    func share(_ kind: MeasureKind) -> Share {
        if case .share(let share) = counts.sample(kind, days: 1) { share } else { .none }
    }
}

/// What the values of a comparison are called within a sentence: one, and several.
struct ComparedWords {
    let one: String
    let many: String

    /// The words at the start of a sentence.
    var heading: String { one.prefix(1).uppercased() + one.dropFirst() }
    var title: String { many.prefix(1).uppercased() + many.dropFirst() }
}

/// What pages tell figures apart by, each with the words it uses.
enum ComparedDimension: CaseIterable {
    case teams, topics, portfolios, channels

    var page: SitePage {
        switch self {
        case .teams: .teams
        case .topics: .topics
        case .portfolios: .portfolios
        case .channels: .channels
        }
    }

    var dimension: MeasureDimension {
        switch self {
        case .teams: .team
        case .topics: .topic
        case .portfolios: .portfolio
        case .channels: .channel
        }
    }

    var words: ComparedWords {
        switch self {
        case .teams: ComparedWords(one: "team", many: "teams")
        case .topics: ComparedWords(one: "topic", many: "topics")
        case .portfolios: ComparedWords(one: "portfolio", many: "portfolios")
        case .channels: ComparedWords(one: "channel", many: "channels")
        }
    }

    /// What a reader has to know before comparing the values.
    var caution: String {
        switch self {
        case .teams:
            "Answers and contacts count for the team at the time. Teams with other topics differ for that alone: look at the topics too."
        case .topics:
            "What a contact is about moves every figure: a difference between topics is not one between people."
        case .portfolios: "Portfolios differ in their customers and topics; a difference is not the work’s alone."
        case .channels: "Customers choose the channel by what they need; a difference is not the channel’s alone."
        }
    }

    /// How many values have their weeks drawn.
    var weekly: Int { self == .topics ? 20 : ValueTrends.panels }

    /// The name of a value for readers.
    func name(_ value: Int32, in names: [Int32: String]) -> String {
        guard let name = names[value] else { return "Not recorded" }
        return self == .channels ? Self.channelNames[name] ?? name : name
    }

    private static let channelNames = [
        "phone": "Phone", "email": "E-mail", "chat": "Chat", "sms": "Text message", "letter": "Letter", "web": "Web",
        "fax": "Fax", "in_person": "In person", "referral": "Referral", "social": "Social media", "other": "Other",
    ]
}
