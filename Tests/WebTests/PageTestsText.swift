import Feedback
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct PageTestsText {
    @Test func everyLanguageSaysEverythingInItsOwnWords() {
        let english = sentences(of: PageText.of(Language.all[0]))
        #expect(english.count > 30)
        for language in Language.all.dropFirst() {
            let translated = sentences(of: PageText.of(language))
            #expect(translated.keys == english.keys)
            for (name, sentence) in translated {
                #expect(!sentence.trimmingCharacters(in: .whitespaces).isEmpty)
                // "No" and "Error" are the same word in Spanish.
                if language.code == "ar" || !["no", "errorPrefix"].contains(name) {
                    #expect(sentence != english[name], "\(name) in \(language.code)")
                }
                #expect(places(in: sentence) == places(in: english[name] ?? ""), "\(name) in \(language.code)")
            }
        }
    }

    @Test(arguments: Language.all) func everyPlaceIsFilled(language: Language) throws {
        let pages = try SurveyPages(organisation: "Meridian")
        let all =
            [pages.form(versionOfEveryKind, in: language, problems: threeProblems)]
            + everyState.map { pages.state($0, in: language) }
        for page in all { #expect(places(in: PageHTML(page).words) == []) }
    }

    @Test func everyTagIsKnownToItsModel() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Web/Templates").standardizedFileURL
        let sources = SurveyPages.templates.mapValues { String(decoding: $0, as: UTF8.self) }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".mustache")
        }
        #expect(Set(files.map { String($0.dropLast(9)) }).isSuperset(of: sources.keys))

        let tags = TemplateTags(sources)
        func form(_ filled: [String: String], _ problems: [AnswerProblem], notSaved: Bool) -> SurveyForm {
            SurveyForm(
                versionOfEveryKind, language: Language.all[0], organisation: .test, filled: filled, problems: problems,
                notSaved: notSaved)
        }
        let forms = [
            form([:], threeProblems, notSaved: false), form(["nps": "9", "reason": "tone"], [], notSaved: true),
        ]
        #expect(tags.faults(of: "survey-form", with: forms) == [])
        let states = everyState.map { SurveyStatePage($0, language: Language.all[0], organisation: .test) }
        let unreached = tags.faults(of: "survey-state", with: states)
        // State pages have no language links: their address alone does not say which survey is meant.
        #expect(
            unreached.allSatisfy { $0.hasPrefix("survey-layout:") && $0.hasSuffix("never entered by these models") })
    }

    private func sentences(of text: PageText) -> [String: String] {
        var sentences: [String: String] = [:]
        for child in Mirror(reflecting: text).children {
            guard let name = child.label else { continue }
            if let sentence = child.value as? String { sentences[name] = sentence }
            if let message = child.value as? PageText.Message {
                sentences[name + ".heading"] = message.heading
                sentences[name + ".body"] = message.body
            }
        }
        return sentences
    }

    private func places(in sentence: String) -> Set<String> {
        Set(sentence.matches(of: /\{[a-z]+\}/).map { String($0.0) })
    }
}
