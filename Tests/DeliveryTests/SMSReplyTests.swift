import Testing

@testable import Delivery

@Suite struct SMSReplyTests {
    @Test(arguments: [
        "END", "STOP", "QUIT", "CANCEL", "UNSUBSCRIBE", "REVOKE", "OPT OUT", "OPTOUT", "OPT-OUT", "STOPALL", "STOP ALL",
        "PARAR", "Cancelar", "de baja", "detener", "إيقاف", "ايقاف", "الغاء", "إلغاء",
    ])
    func everyStopWordOptsOutHoweverItIsWrapped(word: String) {
        let wrappings = [
            "", "%", "% please", "please %", "%!!!", "\"%\"", "¡%!", "  %\r\n", "no more texts, %", "9 %", "%9",
            "YES. %",
            "HELP %", "9/10 but %.", "\u{200F}%\u{200F}", "👎%👎", "(%)", "_%_", "*%*", "a\u{0}%\u{0}b", "%\u{200B}now",
        ].filter { !$0.isEmpty }
        for wrapping in wrappings {
            for spelling in [word, word.lowercased(), word.capitalized] {
                let body = wrapping.replacing("%", with: spelling)
                #expect(SMSReply(body) == .optOut, "\(body)")
            }
        }
    }

    @Test(arguments: [
        "please stop", "Stop please!", "at the end it was fine 9", "Can you CANCEL these", "opt me out", "opt,out",
        "OPT   OUT",
        "ＳＴＯＰ", "ｓｔｏｐ！", "stóp", "STÖP", "S\u{336}T\u{336}O\u{336}P", "𝐒𝐓𝐎𝐏", "Ⓢⓣⓞⓟ", "QUİT", "st\u{AD}op",
        "s\u{200D}top",
        "S.T.O.P.", "s t o p", "S-T-O-P please", "e n d", "9 s.t.o.p 9", "non-stop", "stop's", "تـــوقـــف", "تَوَقُّف",
        "alto", "¡Alto!", "BAJA", " baja. ", "توقف",
        "por favor, cancelar", "denme de baja", "ｏｐｔ　ｏｕｔ",
    ])
    func spellingsOfStopOptOut(body: String) {
        #expect(SMSReply(body) == .optOut)
    }

    @Test(arguments: [
        "stopped by yesterday", "weekend", "send", "bend", "cancelled", "cancellation", "quite good", "ending",
        "unstoppable",
        "muy alto", "calidad baja", "توقف الاتصال", "opt in or out", "out opt", "opted out of it", "altos", "bajar",
        "trabaja", "nonstop", "don't",
        "stopp", "toStop", "s top", "st op", "a b s t o p s",
    ])
    func otherWordsDoNotOptOut(body: String) {
        #expect(SMSReply(body) == .other)
    }

    @Test(arguments: [
        "YES", "yes!", " Yes. ", "start", "START\n", "Unstop", "SÍ", "sí", "si\u{301}", "Si", "¡Sí!", "ＹＥＳ",
    ])
    func aWordOfConsentAloneOptsIn(body: String) {
        #expect(SMSReply(body) == .optIn)
    }

    @Test(arguments: ["HELP", "help?", "Info", "AYUDA", "¡ayuda!", "مساعدة", "مساعدة؟"])
    func aWordForHelpAloneAsksForHelp(body: String) {
        #expect(SMSReply(body) == .help)
    }

    @Test(arguments: [
        "yes 9", "9 yes", "yes please", "yes yes", "yes 👍", "oh yes", "help me", "no info", "start again", "yes/no",
        "y e s",
        "help 9", "info 1",
    ])
    func amongOtherWordsTheyMeanNothing(body: String) {
        #expect(SMSReply(body) == .other)
    }

    @Test(arguments: ["", " ", "\n", "...", "👍", "thanks", "شكرا", "gracias", "\u{0}", "\u{FEFF}", "🔟", "nine", "no"])
    func anythingElseIsOther(body: String) {
        #expect(SMSReply(body) == .other)
    }

    @Test(arguments: [
        "a", "aa ", "9", "9 ", "👍", "\u{0}", "\u{301}", "e\u{301}\u{316}", "\u{FDFA}", "\u{200D}", "👨‍👩‍👧", "\u{202E}", "/",
        ".",
        "s ", "opt ", "ﷺ ", "İ", "\r\n", "st", "\u{1D15E}", "\u{F900}",
    ])
    func aHostileBodyIsReadAndAStopInItFound(unit: String) {
        let body = String(repeating: unit, count: 10_000)
        #expect(SMSReply(body) == .other)
        #expect(SMSReply(body + " stop") == .optOut)
        #expect(SMSReply("stop " + body) == .optOut)
    }

    @Test func marksInAnyNumberAndOrderHideNothing() {
        var generator = SeededGenerator(seed: 22)
        let marks = ["\u{301}", "\u{316}", "\u{327}", "\u{5B0}", "\u{20DD}", "\u{FE0F}", "\u{34F}"]
        for _ in 0..<20 {
            let word = "stop".map { String($0) + marks.draws(500, using: &generator).joined() }.joined()
            #expect(SMSReply(word) == .optOut)
        }
    }

    @Test func randomTextWithAStopOptsOutAndWithoutDoesNot() {
        var generator = SeededGenerator(seed: 23)
        let parts = ["good", "bad", "9", "10", "!", "?", " ", " ", "👍", "خدمة", "año", "\n", "yes", "help", "é"]
        for _ in 0..<500 {
            let before = parts.draws(.random(in: 0...12, using: &generator), using: &generator).joined()
            let after = parts.draws(.random(in: 0...12, using: &generator), using: &generator).joined()
            #expect(SMSReply(before + " StOp, " + after) == .optOut)
            #expect(SMSReply(before + after) != .optOut)
        }
    }
}
