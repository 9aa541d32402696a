import Feedback
import Testing

@Suite struct DistressWordsTests {
    @Test(arguments: [
        "I can't cope any more", "I CAN’T COPE", "my mum has Cancer.", "sometimes I want to die",
        "panic attacks, every night",
        "I’ve been depressed since", "no puedo mas con esto", "NO PUEDO MÁS", "tengo depresion",
        "mi padre falleció en mayo",
        "لا أستطيع التحمل", "لا استطيع التحمل", "أُصِبتُ بالسرطان; عندي سرطان", "well... kill   myself", "self-harm",
        "I cannot\ncope",
    ])
    func wordsOfDistressAreFound(comment: String) {
        #expect(tellsOfDistress(comment))
    }

    @Test(arguments: [
        "", "Great service, thank you", "The cancellation was quick", "I copied the form",
        "You killed it!", "I want to diet", "cope", "can't complain", "Muy amable", "todo bien, no puedo quejarme",
        "خدمة ممتازة",
        "🙂🙂🙂", "\u{0}\u{301}", "Attack of the phones",
    ])
    func otherWordsAreNot(comment: String) {
        #expect(!tellsOfDistress(comment))
    }
}
