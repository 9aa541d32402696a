import Feedback

@testable import Web

/// A version whose survey has one question of every kind, and every text in every language Hearback ships.
let versionOfEveryKind: SurveyVersion = {
    func texts(_ english: String) -> Translations {
        ["en": english, "es": "¿\(english) (es)?", "ar": "سؤال \(english)"]
    }
    func question(
        _ key: String, _ kind: QuestionKind, required: Bool = false, points: Int = 0, help: Translations = [:],
        choices: [AnswerOption] = []
    ) -> Question {
        Question(
            key: key, kind: kind, required: required, points: points, lowerIsBetter: kind == .ces,
            text: texts("Question \(key)"), low: texts("lowest"), high: texts("highest"), help: help, choices: choices)
    }
    let survey = Survey(
        name: "every-kind", languages: ["en", "es", "ar"], title: texts("How did we do"),
        intro: texts("You wrote to us"),
        thanks: texts("Thanks"),
        questions: [
            question("nps", .nps, required: true, points: 10),
            question("csat", .csat, points: 5, help: texts("Think of the last time")),
            question("ces", .ces, points: 7),
            question("resolved", .resolved),
            question(
                "reason", .choice,
                choices: [
                    AnswerOption(key: "speed", label: texts("Speed")), AnswerOption(key: "tone", label: texts("Tone")),
                ]),
            question("comment", .comment),
        ])
    return SurveyVersion(id: 41, number: 1, survey: survey)
}()

/// Every state page.
let everyState: [SurveyPageState] = [
    .thanks("Thanks a lot"), .thanks(nil), .alreadyAnswered, .expired, .unknownLink, .tryAgain, .badRequest, .tooLarge,
    .failure(requestID: "7f3a"), .complaintTaken(first: "1 December 2026", final: "21 January 2027"),
]

/// The mistakes of a form in which the required score is missing, another is not offered and the comment is too long.
let threeProblems = Answers.read(
    [("csat", "9"), ("comment", String(repeating: "a", count: Answers.longestComment + 1))],
    for: versionOfEveryKind.survey
).problems

extension PageHead {
    /// An organisation with a logo and colours of its own.
    static let test = PageHead(
        "x",
        Appearance(accents: AccentColours(light: .init(red: 0x8a, green: 0x1c, blue: 0x4f), dark: nil), logo: .test),
        style: "")
}

extension LogoImage {
    /// The smallest picture that is taken.
    static let test: LogoImage? = try? LogoImage(pngBytes(width: 8, height: 8))
}

/// A PNG's chunks, without a picture.
func pngBytes(width: UInt32, height: UInt32, more: [UInt8] = []) -> [UInt8] {
    func bytes(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let header = bytes(13) + Array("IHDR".utf8) + bytes(width) + bytes(height) + [8, 6, 0, 0, 0] + bytes(0)
    return signature + header + more + bytes(0) + Array("IEND".utf8) + bytes(0)
}
