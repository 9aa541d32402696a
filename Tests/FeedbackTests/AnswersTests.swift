import Testing

@testable import Feedback

@Suite struct AnswersTests {
    let survey: Survey

    init() throws {
        survey = try SurveyFile.standard().survey
    }

    private func read(_ fields: (String, String)...) -> (answers: Answers, problems: [AnswerProblem]) {
        Answers.read(fields.map { (name: $0.0, value: $0.1) }, for: survey)
    }

    @Test(arguments: 0...10)
    func everyPointOfTheScaleIsAScoreAndZeroIsOne(score: Int) {
        let (answers, problems) = read(("nps", "\(score)"))
        #expect(problems.isEmpty)
        #expect(answers.nps == Int16(score))
    }

    @Test(arguments: ["11", "-1", "+9", "9.0", "nine", "９", " 9", "99999999999999999999"])
    func whatTheScaleDoesNotOfferIsRefused(value: String) {
        #expect(read(("nps", value)).problems == [AnswerProblem(question: "nps", kind: .notOffered)])
    }

    @Test func aRequiredQuestionWithoutAnswerIsNamed() {
        #expect(read(("csat", "5")).problems == [AnswerProblem(question: "nps", kind: .missing)])
    }

    @Test func aFieldSentTwiceIsRefused() {
        #expect(read(("nps", "9"), ("nps", "1")).problems == [AnswerProblem(question: "nps", kind: .notOffered)])
    }

    @Test func fieldsOfNoQuestionAreIgnored() {
        #expect(read(("nps", "9"), ("admin", "true")).problems.isEmpty)
    }

    @Test func everyKindIsRead() {
        let (answers, problems) = read(
            ("nps", "9"), ("csat", "4"), ("ces", "1"), ("resolved", "no"), ("comment", " Good \r\nthanks\u{0} "))
        #expect(problems.isEmpty)
        #expect(answers.csat == 4 && answers.ces == 1 && answers.resolved == false)
        #expect(answers.comment == "Good \nthanks")
    }

    @Test func aCommentOfOnlySpacesIsNoComment() {
        #expect(read(("nps", "9"), ("comment", " \r\n ")).answers.comment == nil)
    }

    @Test func aCommentOverTheLimitIsRefusedNotCut() {
        let problems = read(("nps", "9"), ("comment", String(repeating: "x", count: 2001))).problems
        #expect(problems == [AnswerProblem(question: "comment", kind: .tooLong)])
    }

    @Test(arguments: ["e\u{301}\u{301}\u{301}", "👨‍👩‍👧‍👦"])
    func aCommentOfFewButLongCharactersIsMeasuredAsTheDatabaseDoes(character: String) {
        let problems = read(("nps", "9"), ("comment", String(repeating: character, count: 1500))).problems
        #expect(problems == [AnswerProblem(question: "comment", kind: .tooLong)])
    }

    @Test(arguments: [
        ("card 4111 1111 1111 1111!", "card [number removed]!"),
        ("4111-1111-1111-1111", "[number removed]"),
        ("account 12345678 please", "account [number removed] please"),
        ("٤١١١١١١١١١١١١١١١", "[number removed]"),
        ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN DE[number removed]."),
        ("on 2026-11-23 14:30 I paid 120.50", "on 2026-11-23 14:30 I paid 120.50"),
        ("1 2 3", "1 2 3"),
        ("call 555-0100", "call 555-0100"),
        ("", ""),
    ])
    func longNumbersAreRemovedAndOthersStay(text: String, kept: String) {
        #expect(redactingLongNumbers(text) == kept)
    }
}
