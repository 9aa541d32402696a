import Postgres

/// How long the complaints that are open at the end of a day have been so.
struct OpenComplaints {
    /// One class of ages.
    struct Age {
        let name: String
        let complaints: Int
    }

    /// The day at whose end they are open.
    let day: CalendarDay
    /// Every class of ages, youngest first.
    let ages: [Age]
    /// When the oldest was received; nil without any.
    let oldest: CalendarDay?

    private static let classes: [(name: String, days: ClosedRange<Int>)] = [
        ("0 to 7 days", 0...7), ("8 to 14 days", 8...14), ("15 to 30 days", 15...30), ("31 to 60 days", 31...60),
        ("61 to 90 days", 61...90), ("Over 90 days", 91...Int.max),
    ]

    /// Counts complaints by their age.
    ///
    /// - Parameter received: How many of those received on each day are open.
    init(_ received: [(received: CalendarDay, complaints: Int)], at day: CalendarDay) {
        self.day = day
        ages = Self.classes.map { item in
            Age(
                name: item.name,
                complaints: received.reduce(0) { sum, row in
                    item.days.contains((row.received...max(row.received, day)).days - 1) ? sum + row.complaints : sum
                })
        }
        oldest = received.filter { $0.complaints > 0 }.map(\.received).min()
    }

    /// How many there are.
    var count: Int { ages.reduce(0) { $0 + $1.complaints } }

    /// How many there are and how old, in a sentence.
    var sentence: String {
        guard let oldest else { return "No complaint was open at the end of \(day.long)." }
        let verb = count == 1 ? "complaint was" : "complaints were"
        let late = ages.last?.complaints ?? 0
        let old =
            late == 0 ? "None has been open for more than 90 days." : "\(Figures.whole(late)) for more than 90 days."
        return
            "\(Figures.whole(count)) \(verb) open at the end of \(day.long), the oldest since \(oldest.long) (\(age(oldest))). \(old)"
    }

    /// What a section about them holds.
    var section: PageSection {
        guard let oldest else {
            return PageSection(id: "open", "Open complaints by age", lead: sentence)
        }
        let bars = DistributionBars(
            label: "Open complaints by age", heading: "Open for", countHeading: "Complaints",
            groups: [
                DistributionBars.Group(
                    name: nil, tone: .plain,
                    bars: ages.map {
                        DistributionBars.Bar(label: $0.name.replacing(" ", with: "\u{A0}"), count: $0.complaints)
                    })
            ])
        return PageSection(
            id: "open", "Open complaints by age",
            lead: "\(Figures.whole(count)) open at the end of \(day.long); the oldest for \(age(oldest)).", [bars],
            notes: [
                "All of them are counted, so there is no interval. A complaint is open until its last closing; one that was "
                    + "reopened is open since it was received."
            ], isWide: false)
    }

    private func age(_ received: CalendarDay) -> String {
        let days = (received...max(received, day)).days - 1
        return "\(Figures.whole(days)) \(days == 1 ? "day" : "days")"
    }
}
