import Feedback

/// Every sentence of the customer's own page, in one language.
///
/// Places stand in braces. No sentence may tell a bystander why the customer was in touch.
struct OwnPageText: Sendable {
    /// The heading and the page's title.
    let title: String
    /// What the page is for. Place: organisation.
    let intro: String
    /// Asks for the channel.
    let channelQuestion: String
    /// No channel is liked better than another.
    let noPreference: String
    /// The channels.
    let email: String, sms: String, letter: String
    /// Ask for the rest.
    let languageQuestion: String, daysQuestion: String, hoursQuestion: String
    /// Whose clock the hours are by.
    let hoursHint: String
    /// The first and the last hour.
    let from: String, to: String
    /// The days of the week, Monday first.
    let weekdays: [String]
    /// The button that keeps the choices.
    let save: String
    /// Heading over the buttons that stop.
    let stopHeading: String
    /// What the buttons do.
    let stopHint: String
    /// The buttons that stop, and the one that takes it back.
    let stopSurveys: String, stopAll: String, start: String
    /// What is stopped now.
    let surveysAreStopped: String, messagesAreStopped: String
    /// What was just done.
    let saved: String, surveysStopped: String, messagesStopped: String, started: String
    /// Mistakes.
    let noDay: String, hoursReversed: String
    /// Heading over what was asked.
    let askedHeading: String
    /// That answers stay as they are.
    let unchangeable: String
    /// The way a survey came.
    let askedByEmail: String, askedBySMS: String, askedByLetter: String, askedByLink: String
    /// That there is an answer. Place: date.
    let answeredOn: String
    /// That there is none.
    let notAnswered: String

    /// The texts in a language.
    static func of(_ language: Language) -> OwnPageText {
        switch language.code {
        case "ar": arabic
        case "es": spanish
        default: english
        }
    }
}
