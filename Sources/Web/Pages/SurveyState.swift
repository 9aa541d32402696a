import Feedback

/// What a customer is told when there is nothing, or nothing more, to fill in.
public enum SurveyPageState: Sendable, Hashable {
    /// The answers are stored; with the survey's own words, if any.
    case thanks(String?)
    /// A complaint was made of the answers; with the last days for the first and the final answer, in words.
    case complaintTaken(first: String, final: String)
    /// The link was used before.
    case alreadyAnswered
    /// The link is too old.
    case expired
    /// The link is not one of ours.
    case unknownLink
    /// The answers could not be stored, and the form cannot be shown again.
    case tryAgain
    /// What was sent could not be read.
    case badRequest
    /// What was sent is too long.
    case tooLarge
    /// Something broke; with the number that finds it in the log.
    case failure(requestID: String)
}

/// A page without questions.
struct SurveyStatePage {
    let frame: SurveyFrame
    let isGood: Bool
    let heading: String
    let body: String
    let ownWords: String?
    let reference: String?
    let complaint: ComplaintOffer?

    /// The button that makes a complaint of the answers.
    struct ComplaintOffer {
        let offer: String
        let button: String
        let code: String
    }

    init(_ state: SurveyPageState, language: Language, organisation: PageHead) {
        let text = PageText.of(language)
        let message = Self.message(state, in: text)
        frame = SurveyFrame(title: message.heading, language: language, organisation: organisation, text: text)
        heading = message.heading
        body = message.body
        switch state {
        case .thanks(let words):
            (isGood, ownWords, reference) = (true, words, nil)
        case .alreadyAnswered, .complaintTaken:
            (isGood, ownWords, reference) = (true, nil, nil)
        case .failure(let requestID):
            isGood = false
            ownWords = nil
            reference = PageText.filled(text.reference, "number", isolating: requestID)
        case .expired, .unknownLink, .tryAgain, .badRequest, .tooLarge:
            (isGood, ownWords, reference) = (false, nil, nil)
        }
        switch state {
        case .thanks, .alreadyAnswered:
            complaint = ComplaintOffer(offer: text.complaintOffer, button: text.complain, code: language.code)
        default: complaint = nil
        }
    }

    private static func message(_ state: SurveyPageState, in text: PageText) -> PageText.Message {
        switch state {
        case .thanks: text.thanks
        case .complaintTaken(let first, let final):
            PageText.Message(
                heading: text.complaintTaken.heading,
                body: PageText.filled(
                    PageText.filled(text.complaintTaken.body, "first", isolating: first), "final", isolating: final))
        case .alreadyAnswered: text.alreadyAnswered
        case .expired: text.expired
        case .unknownLink: text.unknownLink
        case .tryAgain: text.tryAgain
        case .badRequest: text.badRequest
        case .tooLarge: text.tooLarge
        case .failure: text.failure
        }
    }
}
