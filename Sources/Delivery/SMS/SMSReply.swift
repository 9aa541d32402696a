/// What a customer's text message means.
public enum SMSReply: Equatable, Sendable {
    /// An answer to the question, from 0 to 10.
    case score(Int)
    /// A wish for no more messages; it counts whatever else the message has.
    case optOut
    /// A wish for messages again.
    case optIn
    /// A question about who is writing.
    case help
    /// Anything else, including an empty message.
    case other

    /// Reads a message's body, which may be of any length and hold any characters.
    ///
    /// Opting out weighs most, so a doubt is settled its way. The other keywords count only as the whole message, give or
    /// take space and punctuation.
    public init(_ body: String) {
        let words = foldedWords(of: body)
        if Self.hasOptOut(words) || Self.optOutMessages.contains(words) {
            self = .optOut
        } else if Self.optInMessages.contains(words) {
            self = .optIn
        } else if Self.helpMessages.contains(words) {
            self = .help
        } else if let score = soleScore(in: body) {
            self = .score(score)
        } else {
            self = .other
        }
    }

    /// The words and phrases that opt out wherever they stand in a message.
    ///
    /// The law names stop, quit, end, revoke, opt out, cancel and unsubscribe, and asks that any reasonable wording be honoured
    /// (47 CFR 64.1200(a)(10)). Hence also inside a sentence, although "at the end it was fine 9" and "non-stop" are
    /// then taken for a wish to stop: that costs one answer, where a wish that was missed is an unlawful message. Only
    /// whole words count: "stopped", "weekend", "cancelled" and "unstop" are other words.
    private static let optOutPhrases =
        [
            "end", "stop", "stopall", "quit", "cancel", "unsubscribe", "revoke", "optout", "opt out", "opt me out",
            "parar", "cancelar", "de baja", "detener",
            "إيقاف", "إلغاء",
        ].map(foldedWords)

    /// Words that opt out as the whole message only: in a sentence they are everyday adjectives and verbs ("muy alto", "calidad
    /// baja", "توقف الاتصال").
    private static let optOutMessages = ["alto", "baja", "توقف"].map(foldedWords)

    private static let optInMessages = ["yes", "start", "unstop", "sí"].map(foldedWords)

    private static let helpMessages = ["help", "info", "ayuda", "مساعدة"].map(foldedWords)

    private static func hasOptOut(_ words: [String]) -> Bool {
        let words = joiningSpelledWords(words)
        return words.indices.contains { index in
            optOutPhrases.contains { words[index...].starts(with: $0) }
        }
    }

    /// Joins letters that stand alone, so that "S.T.O.P" and "s t o p" are words.
    private static func joiningSpelledWords(_ words: [String]) -> [String] {
        var joined: [String] = []
        var isSpelling = false
        for word in words {
            let isLetter = word.unicodeScalars.count == 1 && word.unicodeScalars.allSatisfy(\.properties.isAlphabetic)
            if isLetter, isSpelling {
                joined[joined.count - 1] += word
            } else {
                joined.append(word)
            }
            isSpelling = isLetter
        }
        return joined
    }
}
