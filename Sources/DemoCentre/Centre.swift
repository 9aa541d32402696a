/// A made-up collections contact centre: who works there, for whom, and how well.
public struct Centre: Sendable {
    /// Somebody who handles contacts.
    struct Agent: Sendable {
        let ref: String
        let name: String
        let team: String
        /// How much better (or worse) than the average customers feel treated, in standard deviations.
        let skill: Double
        /// How long this agent takes, against the average.
        let pace: Double
    }

    /// What contacts are about.
    struct Topic: Sendable {
        let name: String
        let weight: Double
        /// The chance that one contact settles it.
        let settled: Double
        let talkSeconds: Double
    }

    let agents: [Agent]
    let customers: Int

    static let portfolios = ["Northfield Bank cards", "Harbor Energy", "Summit Telecom"]
    static let topics = [
        Topic(name: "Payment plan", weight: 0.30, settled: 0.82, talkSeconds: 380),
        Topic(name: "Payment made", weight: 0.22, settled: 0.92, talkSeconds: 160),
        Topic(name: "Wrong amount", weight: 0.15, settled: 0.66, talkSeconds: 420),
        Topic(name: "Not my account", weight: 0.11, settled: 0.62, talkSeconds: 460),
        Topic(name: "Hardship", weight: 0.12, settled: 0.74, talkSeconds: 560),
        Topic(name: "Letters and statements", weight: 0.10, settled: 0.88, talkSeconds: 200),
    ]
    private static let teams = ["Early care", "Late care", "Hardship care", "Disputes"]
    private static let firstNames = [
        "Amara", "Ben", "Carla", "Dev", "Elif", "Femi", "Grace", "Hugo", "Ines", "Jonas", "Kemi", "Liam", "Mira",
        "Noor",
        "Omar", "Petra", "Quinn", "Rosa", "Sven", "Tara", "Uma", "Viktor", "Wanda", "Yusuf",
    ]

    /// Creates a centre of 24 agents in 4 teams.
    public init(customers: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        self.customers = customers
        agents = Self.firstNames.enumerated().map { index, name in
            Agent(
                ref: "A\(100 + index)", name: "\(name) \(Character(Unicode.Scalar(UInt8(65 + index % 26)))).",
                team: Self.teams[index % Self.teams.count], skill: random.normal() * 0.35,
                pace: 1 + random.normal() * 0.10)
        }
    }

    static func topic(_ random: inout SeededGenerator) -> Topic {
        var left = random.unit()
        for topic in topics {
            left -= topic.weight
            if left < 0 { return topic }
        }
        return topics[0]
    }
}
