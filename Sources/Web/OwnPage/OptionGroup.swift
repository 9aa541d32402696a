import Feedback
import Store

/// Options one under the other, of which one or several are chosen.
struct OptionGroup {
    let name: String
    /// The kind of field: `radio` or `checkbox`.
    let type: String
    let isWeek: Bool
    let legend: String
    let problem: String?
    let options: [GroupOption]

    /// The channels that the customer has an address for.
    init(channelsOf page: OwnPage, chosen: String, _ text: OwnPageText, problem: String?) {
        var offers = [(value: "", label: text.noPreference, address: String?.none)]
        for channel in page.offeredChannels {
            switch channel {
            case .email: offers.append((channel.rawValue, text.email, page.maskedEmail))
            case .sms: offers.append((channel.rawValue, text.sms, page.maskedPhone))
            case .letter, .link, .webhook: offers.append((channel.rawValue, text.letter, nil))
            }
        }
        name = "channel"
        type = "radio"
        isWeek = false
        legend = text.channelQuestion
        self.problem = problem
        options = offers.enumerated().map { position, offer in
            GroupOption(
                id: "channel-\(position + 1)", value: offer.value, label: offer.label, address: offer.address,
                isChosen: offer.value == chosen)
        }
    }

    /// Every language, named in itself.
    init(languagesWith chosen: String, _ text: OwnPageText, problem: String?) {
        name = "language"
        type = "radio"
        isWeek = false
        legend = text.languageQuestion
        self.problem = problem
        options = Language.all.enumerated().map { position, language in
            GroupOption(
                id: "language-\(position + 1)", value: language.code, label: language.name, code: language.code,
                isChosen: language.code == chosen)
        }
    }

    /// The days of the week.
    init(daysWith chosen: Set<String>, _ text: OwnPageText, problem: String?) {
        name = "day"
        type = "checkbox"
        isWeek = true
        legend = text.daysQuestion
        self.problem = problem
        options = text.weekdays.enumerated().map { position, day in
            let number = "\(position + 1)"
            return GroupOption(id: "day-\(number)", value: number, label: day, isChosen: chosen.contains(number))
        }
    }
}

/// A radio button or a box to tick.
struct GroupOption {
    let id: String
    let value: String
    let label: String
    /// The language that the label is written in, if it is not the page's.
    var code: String?
    /// The address, masked.
    var address: String?
    let isChosen: Bool

    init(
        id: String, value: String, label: String, code: String? = nil, address: String? = nil, isChosen: Bool
    ) {
        self.id = id
        self.value = value
        self.label = label
        self.code = code
        self.address = address
        self.isChosen = isChosen
    }
}

/// Two full hours.
struct HoursField {
    let legend: String
    let hint: String
    let problem: String?
    let ends: [HourField]

    init(from: String, to: String, _ text: OwnPageText, problem: String?) {
        legend = text.hoursQuestion
        hint = text.hoursHint
        self.problem = problem
        ends = [
            HourField(name: "from", label: text.from, hours: 0...23, chosen: from, isWrong: problem != nil),
            HourField(name: "to", label: text.to, hours: 1...24, chosen: to, isWrong: problem != nil),
        ]
    }
}

/// One of the two.
struct HourField {
    let name: String
    let label: String
    let isWrong: Bool
    let times: [TimeOption]

    init(name: String, label: String, hours: ClosedRange<Int>, chosen: String, isWrong: Bool) {
        self.name = name
        self.label = label
        self.isWrong = isWrong
        times = hours.map { hour in
            TimeOption(
                value: "\(hour)", clock: hour < 10 ? "0\(hour):00" : "\(hour):00", isChosen: "\(hour)" == chosen)
        }
    }
}

/// A full hour to choose.
struct TimeOption {
    let value: String
    let clock: String
    let isChosen: Bool
}
