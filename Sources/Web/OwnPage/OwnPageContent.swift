import Feedback
import Store

/// What a customer's own page is made from.
struct OwnPageContent {
    /// What is kept about the customer.
    let page: OwnPage
    /// The versions that asked, by their identifiers.
    let versions: [Int32: SurveyVersion]
    /// What was just done.
    var done: OwnPageAction?
    /// What was typed; nil to show how the customer is asked now.
    var typed: ChoiceFields?
    /// What has to be corrected.
    var problems: [ChoiceProblem] = []
}

/// The page on which customers say how they want to be asked.
struct OwnPageForm {
    let frame: SurveyFrame
    let text: OwnPageText
    let problemHeading: String
    let confirmation: String?
    let problemSummary: ProblemSummary?
    let intro: String
    let groups: [OptionGroup]
    let hours: HoursField
    /// What is stopped.
    let stopped: String?
    let buttons: [ActionButton]
    let asked: [AskedField]

    init(_ content: OwnPageContent, language: Language, organisation: PageHead) {
        let (page, words, text) = (content.page, PageText.of(language), OwnPageText.of(language))
        let fields = content.typed ?? ChoiceFields(page)
        frame = SurveyFrame(
            title: (content.problems.isEmpty ? "" : words.errorPrefix) + text.title, language: language,
            organisation: organisation, text: words,
            languages: Language.all.map { LanguageLink($0, current: language, kept: "") })
        self.text = text
        problemHeading = words.problemHeading
        confirmation = Self.confirmation(of: content.done, page, text)
        intro = PageText.filled(text.intro, "organisation", isolating: organisation.name)
        let problems = content.problems
        let groups = [
            OptionGroup(
                channelsOf: page, chosen: fields.channel, text,
                problem: problems.contains(.channel) ? words.notOffered : nil),
            OptionGroup(
                languagesWith: fields.language, text, problem: problems.contains(.language) ? words.notOffered : nil),
            OptionGroup(daysWith: fields.days, text, problem: problems.contains(.days) ? text.noDay : nil),
        ]
        let hours = HoursField(
            from: fields.from, to: fields.to, text, problem: problems.contains(.hours) ? text.hoursReversed : nil)
        var items = groups.compactMap { group in
            group.problem.map {
                ProblemSummary.Item(target: "\(group.name)-1", message: "\($0): \(group.legend)")
            }
        }
        if let problem = hours.problem {
            items.append(ProblemSummary.Item(target: "from", message: "\(problem): \(hours.legend)"))
        }
        problemSummary = items.isEmpty ? nil : ProblemSummary(items: items)
        self.groups = groups
        self.hours = hours
        stopped =
            page.messagesAreStopped
            ? text.messagesAreStopped : page.surveysAreStopped ? text.surveysAreStopped : nil
        buttons = [
            page.surveysAreStopped ? nil : ActionButton(.stopSurveys, text.stopSurveys),
            page.messagesAreStopped ? nil : ActionButton(.stopAll, text.stopAll),
            page.hasOwnStop ? ActionButton(.start, text.start) : nil,
        ].compactMap { $0 }
        asked = page.asked.map {
            AskedField($0, version: content.versions[$0.surveyVersion], language: language, text: text, words: words)
        }
    }

    private static func confirmation(of action: OwnPageAction?, _ page: OwnPage, _ text: OwnPageText) -> String? {
        switch action {
        case .save: text.saved
        case .stopSurveys: text.surveysStopped
        case .stopAll: text.messagesStopped
        // A stop that somebody else recorded stays.
        case .start: page.surveysAreStopped ? nil : text.started
        case nil: nil
        }
    }
}

/// A button that acts by itself.
struct ActionButton {
    let action: String
    let label: String

    init(_ action: OwnPageAction, _ label: String) {
        self.action = action.rawValue
        self.label = label
    }
}
