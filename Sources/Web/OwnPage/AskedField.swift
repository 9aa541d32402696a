import Feedback
import Foundation
import Postgres
import Store

/// A survey that the customer was asked, and what they said, as they said it.
struct AskedField {
    /// The date for machines.
    let day: String
    let date: String
    let way: String
    let outcome: String
    let answers: [SaidField]

    init(
        _ asked: OwnPage.Asked, version: SurveyVersion?, language: Language, text: OwnPageText, words: PageText
    ) {
        day = asked.askedOn.description
        date = asked.askedOn.written(in: language)
        way =
            switch asked.channel {
            case .email: text.askedByEmail
            case .sms: text.askedBySMS
            case .letter: text.askedByLetter
            case .link, .webhook: text.askedByLink
            }
        outcome =
            asked.answeredOn.map { PageText.filled(text.answeredOn, "date", with: $0.written(in: language)) }
            ?? text.notAnswered
        let codes = [language.code] + (version?.survey.languages ?? [])
        answers = (version?.survey.questions ?? []).compactMap { question in
            asked.answers.said(to: question, codes, words).map { said in
                SaidField(question: question.text.first(of: codes) ?? "", said: said)
            }
        }
    }
}

/// A question and its answer.
struct SaidField {
    let question: String
    let said: String
}

extension Answers {
    /// What was said to a question, in words; nil if nothing.
    ///
    /// - Parameter codes: The languages to name an option in, the best first.
    fileprivate func said(to question: Question, _ codes: [String], _ words: PageText) -> String? {
        switch question.kind {
        case .nps: outOf(nps, question, words)
        case .csat: outOf(csat, question, words)
        case .ces: outOf(ces, question, words)
        case .resolved: resolved.map { $0 ? words.yes : words.no }
        case .choice:
            choices[question.key].map { key in
                question.choices.first { $0.key == key }?.label.first(of: codes) ?? key
            }
        case .comment: comment
        }
    }

    private func outOf(_ score: Int16?, _ question: Question, _ words: PageText) -> String? {
        score.map { score in
            PageText.filled(
                PageText.filled(words.outOf, "score", with: "\(score)"), "highest",
                with: "\(question.scores?.upperBound ?? question.points)")
        }
    }
}

extension Translations {
    /// The text in the first of some languages that it is written in.
    fileprivate func first(of codes: [String]) -> String? {
        codes.lazy.compactMap { self[$0] }.first
    }
}
