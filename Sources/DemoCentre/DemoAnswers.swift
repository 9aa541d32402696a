import Feedback
import Foundation
import Store

/// How the customers of a made-up centre answer.
struct DemoAnswers {
    private let centre: Centre
    private var random: SeededGenerator

    init(_ centre: Centre, seed: UInt64) {
        self.centre = centre
        random = SeededGenerator(seed: seed)
    }

    /// What a customer says about a contact, or nil if they do not answer.
    ///
    /// - Parameters:
    ///   - agent: The reference of the agent the invitation is attributed to.
    ///   - progress: How far the demo's year has come, from 0 to 1: the centre gets a little better.
    mutating func answer(agent: String?, isComplaint: Bool, progress: Double) -> Answers? {
        guard random.chance(isComplaint ? 0.34 : 0.23) else { return nil }
        let skill = centre.agents.first { $0.ref == agent }?.skill ?? 0
        let mood = random.normal() + skill + 0.25 * progress - (isComplaint ? 0.55 : 0) + 0.35
        var answers = Answers()
        answers.nps = Int16(clamped(7.6 + mood * 2.2, 0...10))
        if random.chance(0.95) { answers.csat = Int16(clamped(3.7 + mood * 0.9, 1...5)) }
        if random.chance(0.90) { answers.ces = Int16(clamped(2.5 - mood * 0.8, 1...5)) }
        if random.chance(0.93) { answers.resolved = random.chance(0.68 + mood * 0.12) }
        if random.chance(0.22) { answers.comment = comment(mood) }
        return answers
    }

    private mutating func comment(_ mood: Double) -> String {
        let good = [
            "Friendly and quick.", "She took the time to explain everything.", "Sorted out in one call, thank you.",
            "Kind and patient with me.", "Clear plan, I know what happens next.",
        ]
        let bad = [
            "I had to explain it three times.", "Too long on hold.", "Still waiting for the letter I was promised.",
            "I was passed from one person to the next.", "The amount is still wrong.",
        ]
        let mixed = ["It was fine.", "Polite, but it took a while.", "Good in the end."]
        let list = mood > 0.6 ? good : mood < -0.4 ? bad : mixed
        return list[Int(random.unit() * Double(list.count))]
    }

    private func clamped(_ value: Double, _ range: ClosedRange<Int>) -> Int {
        min(max(Int(value.rounded()), range.lowerBound), range.upperBound)
    }
}
