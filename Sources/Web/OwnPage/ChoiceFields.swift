import Feedback
import Store

/// What is wrong with a choice, by the part of the form to correct.
enum ChoiceProblem: CaseIterable {
    /// The channel is not one of those offered.
    case channel
    /// The language is not one of those offered.
    case language
    /// No day is chosen.
    case days
    /// The first time is not before the second.
    case hours
}

/// What stands in the fields of the form, chosen before or just typed.
struct ChoiceFields {
    /// The channel's name; empty for no preference.
    let channel: String
    /// The language's code; empty if none is chosen.
    let language: String
    /// Numbers of days, Monday is 1.
    let days: Set<String>
    /// Full hours.
    let from: String, to: String

    /// Shows how a customer is asked now.
    init(_ page: OwnPage) {
        let hours = page.choice.hours
        channel = page.choice.channel.flatMap { page.offeredChannels.contains($0) ? $0.rawValue : nil } ?? ""
        language = page.choice.language.flatMap(Language.tagged)?.code ?? ""
        days = Set(Weekday.allCases.enumerated().filter { hours.days.contains($0.element) }.map { "\($0.offset + 1)" })
        // Hours recorded elsewhere may start at half past: full hours within them, unless there are none.
        let inner = (from: (hours.opens + 59) / 60, to: hours.closes / 60)
        let outer = (from: hours.opens / 60, to: (hours.closes + 59) / 60)
        let shown = inner.from < inner.to ? inner : outer
        from = "\(shown.from)"
        to = "\(shown.to)"
    }

    /// Takes what was sent; a field that was sent twice has a value that is not offered.
    init(_ fields: FormFields) {
        func value(_ name: String) -> String {
            fields.all.filter { $0.name == name }.map(\.value).joined(separator: ",")
        }
        channel = value("channel")
        language = value("language")
        days = Set(fields.all.filter { $0.name == "day" }.map(\.value))
        from = value("from")
        to = value("to")
    }

    /// Reads the choice.
    ///
    /// - Parameter channels: Those that are offered.
    /// - Returns: The choice, or every mistake in the form's order.
    func read(offering channels: [SurveyChannel]) -> (choice: CustomerChoice?, problems: [ChoiceProblem]) {
        var problems: [ChoiceProblem] = []
        let channel = channels.first { $0.rawValue == self.channel }
        if channel == nil, !self.channel.isEmpty { problems.append(.channel) }
        let language = Language.named(self.language)
        if language == nil, !self.language.isEmpty { problems.append(.language) }
        let days = Weekday.allCases.enumerated().filter { self.days.contains("\($0.offset + 1)") }.map(\.element)
        if days.isEmpty { problems.append(.days) }
        let opens = (0..<24).first { "\($0)" == from }
        let closes = (1...24).first { "\($0)" == to }
        guard let opens, let closes, opens < closes else { return (nil, problems + [.hours]) }
        guard problems.isEmpty else { return (nil, problems) }
        let hours = ContactHours(days: Set(days), opens: opens * 60, closes: closes * 60)
        return (CustomerChoice(channel: channel, language: language?.code, hours: hours), [])
    }
}

extension OwnPage {
    /// The channels that the customer has an address for.
    var offeredChannels: [SurveyChannel] {
        [maskedEmail == nil ? nil : .email, maskedPhone == nil ? nil : .sms, hasPostalAddress ? .letter : nil]
            .compactMap { $0 }
    }
}

extension Language {
    /// The language of a tag such as `es-MX`, if its page texts ship.
    static func tagged(_ tag: String) -> Language? {
        tag.lowercased().split(separator: "-").first.flatMap { named(String($0)) }
    }
}
