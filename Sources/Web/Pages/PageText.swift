import Feedback

/// Every sentence of the customer's pages that is not the survey's own, in one language.
///
/// Places stand in braces. No sentence may tell a bystander why the customer was in touch.
struct PageText: Sendable {
    /// Precedes the page's title when something has to be corrected.
    let errorPrefix: String
    /// Names the list of languages for screen readers.
    let languages: String
    /// What answering does to the customer's account: nothing.
    let noEffect: String
    /// Who reads the answers. Place: organisation.
    let readers: String
    /// How to stop.
    let stopping: String
    /// Marks a question that can be left out.
    let optional: String
    /// A score as it is read aloud. Places: score, highest.
    let outOf: String
    /// The answer yes.
    let yes: String
    /// The answer no.
    let no: String
    /// Takes an answer back.
    let clear: String
    /// What not to write in a comment.
    let commentHint: String
    /// The button.
    let send: String
    /// Heading over the mistakes.
    let problemHeading: String
    /// A required question has no answer.
    let missing: String
    /// An answer is not one of those offered.
    let notOffered: String
    /// The comment is too long. Place: limit.
    let tooLong: String
    /// Over the form when the answers could not be stored.
    let notSaved: Message
    /// The answers are stored.
    let thanks: Message
    /// Over the button below an answer that makes a complaint of it, for people whose matter is not settled.
    let complaintOffer: String
    /// That button.
    let complain: String
    /// The complaint is taken. Places: first, final.
    let complaintTaken: Message
    /// The link was used before.
    let alreadyAnswered: Message
    /// The link is too old.
    let expired: Message
    /// The link is not one of ours.
    let unknownLink: Message
    /// The answers could not be stored, and the form cannot be shown again.
    let tryAgain: Message
    /// What was sent could not be read.
    let badRequest: Message
    /// What was sent is too long.
    let tooLarge: Message
    /// Something broke.
    let failure: Message
    /// The number to quote about a failure. Place: number.
    let reference: String

    /// A heading and what follows it.
    struct Message: Sendable {
        let heading: String
        let body: String
    }

    /// The texts in a language.
    static func of(_ language: Language) -> PageText {
        switch language.code {
        case "ar": arabic
        case "es": spanish
        default: english
        }
    }

    /// Puts a value in its place in a sentence.
    static func filled(_ sentence: String, _ place: String, with value: String) -> String {
        sentence.replacing("{\(place)}", with: value)
    }

    /// Puts a text that may be written in another direction in its place, isolated so that it does not disturb the sentence.
    static func filled(_ sentence: String, _ place: String, isolating value: String) -> String {
        filled(sentence, place, with: "\u{2068}\(value)\u{2069}")
    }
}
