import Testing

@testable import People

@Suite struct PasswordRulesTests {
    let rules = PasswordRules(email: "Mary.Jones+office@example.org")

    @Test(arguments: [
        "plate velvet outing harbour", "correct horse battery", "west street weed", "my cat eats 14 mice",
        "kV9#tq!2LmZx7@pR", "f3b1c9d07a56e284", "zwölf große Möwen essen", "يوم جميل في المدينة القديمة",
        "今日はとても良い天気ですね本当に",
        "tall ships sail 1", "two words two words and", "               x plate velvet",
    ])
    func longUnusualPasswordsAreTaken(text: String) throws {
        #expect(try rules.check(text).text == text)
    }

    @Test func theShortestHasFifteenCodePoints() throws {
        #expect(try rules.check("plate velvet ou").text.count == 15)
        #expect(throws: PasswordProblem.tooShort) { try rules.check("plate velvet o") }
        #expect(throws: PasswordProblem.tooShort) { try rules.check("") }
        // One family of seven code points is one character to read, fifteen letters with accents are fifteen code points.
        #expect(try rules.check("👨‍👩‍👧‍👦 pvotzku").text.unicodeScalars.count == 15)
        #expect(throws: PasswordProblem.tooShort) {
            try rules.check("pla\u{301}te ve\u{301}lve\u{301}t")
        }
    }

    @Test func theLongestHas256CodePoints() throws {
        let words = (0..<64).map(fourLetters).joined()
        #expect(words.unicodeScalars.count == 256)
        #expect(try rules.check(words).text == words)
        #expect(throws: PasswordProblem.tooLong) { try rules.check(words + "x") }
        #expect(throws: PasswordProblem.tooLong) { try rules.check(String(repeating: "plate", count: 1_000_000)) }
    }

    @Test(arguments: [
        "maryjones plate velvet", "I am MARY.JONES of the office", "plate-Mary_Jones-velvet", "mary jones plate velvet",
    ])
    func theEmailNameIsRefused(text: String) {
        #expect(throws: PasswordProblem.holdsEmailName) { try rules.check(text) }
    }

    @Test func aShortEmailNameMayStandInAPassword() throws {
        #expect(try PasswordRules(email: "ed@example.org").check("plated velvet outing").text == "plated velvet outing")
        #expect(try PasswordRules(email: "").check("plated velvet outing").text == "plated velvet outing")
    }

    @Test(arguments: ["Hearback plate velvet", "plate hear-back velvet", "HEARBACKhearbackHEARBACK"])
    func theProductNameIsRefused(text: String) {
        #expect(throws: PasswordProblem.holdsProductName) { try rules.check(text) }
    }

    @Test(arguments: [
        "aaaaaaaaaaaaaaa", "123456789012345", "abcdefghijklmnop", "ponmlkjihgfedcba", "qwertyuiopasdfgh",
        "qwertzuiopasdfghjkl", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6y7u8i9o0p", "!@#$%^&*()!@#$%", "abcabcabcabcabc",
        "passwordpassword", "PasswordPassword", "abc123def456ghi789", "aaaaabbbbbcccccddddd", "plateplateplateplate",
        "               ",
        "1111222233334444", "ααααααααααααααα", "AAAAaaaaAAAAaaaa", "platevelvet platevelvet ",
    ])
    func repetitionsAndRowsAreRefused(text: String) {
        #expect(throws: PasswordProblem.predictable) { try rules.check(text) }
    }

    @Test(arguments: [
        "Password8362947", "correct horse battery staple", "CorrectHorseBatteryStaple!", "letmein-8362947!",
        "ThisIsMyPassword", "this is my password", "The quick brown fox", "3141592653589793", "1a2b3c4d5e6f7g8h",
        "iloveyou 8362947",
        "welcome...8529613", "Summer8529613Summer", "Contraseña852963", "administrator!7",
    ])
    func commonPasswordsAreRefused(text: String) {
        #expect(throws: PasswordProblem.common) { try rules.check(text) }
    }

    @Test func everyCommonPasswordIsSpelledAsItIsLookedUp() {
        for word in commonPasswords {
            #expect(word == word.lowercased().filter { $0.isLetter || $0.isNumber })
        }
        #expect(commonPasswords.count > 200)
    }

    @Test func everyProblemSaysWhatToDo() {
        for problem in PasswordProblem.allCases {
            #expect(problem.description.contains(/Use|Leave/))
            #expect(problem.description.hasSuffix("."))
        }
        #expect(PasswordProblem.tooShort.description.contains("15"))
    }

    @Test func aPasswordIsBoundedBeforeItIsNormalised() {
        #expect(Password("") == nil)
        #expect(Password(String(repeating: "x", count: 256)) != nil)
        #expect(Password(String(repeating: "x", count: 257)) == nil)
        #expect(Password(String(repeating: "😀", count: 256)) != nil)
        #expect(Password(String(repeating: "e\u{301}", count: 256)) != nil)
        #expect(Password(String(repeating: "e\u{301}", count: 342)) == nil)
        #expect(Password("e" + String(repeating: "\u{301}", count: 10_000_000)) == nil)
    }
}

/// Four letters that follow no row and no repetition, different for each number below 64.
private func fourLetters(_ number: Int) -> String {
    let letters = Array("bkwfpzhvmtcxgyjq")
    return String([letters[number % 16], "u", letters[(number * 7 + 3) % 16], letters[number / 16 + 5]])
}
