import Feedback
import Foundation
import TestSupport
import Testing

@testable import Store
@testable import Web

/// Every tag of the pages' templates is filled by their models, which Mustache itself does not tell.
@Suite struct ManagingTemplateTests {
    private let tags = TemplateTags(StaffPages.templates.mapValues { String(decoding: $0, as: UTF8.self) })
    private let frame = StaffFrame(title: "x", head: .test, problem: "x")

    private func faults(_ name: String, _ models: [Any]) -> [String] {
        tags.faults(of: name, with: models).filter { !$0.hasPrefix("staff-layout:") }
    }

    private func editor(_ mistakes: [TextEditor.Mistake] = []) -> TextEditor {
        TextEditor(label: "x", help: "x", source: "x", mistakes: mistakes)
    }

    private var mistakes: [TextEditor.Mistake] { TextEditor.Mistake.list([(1, "x"), (9, "y")], in: "x") }

    @Test func surveys() throws {
        let survey = try SurveyFile.standard().survey
        let published = [Int32(1), 2].map {
            PublishedSurvey(
                survey: 1, name: "x", id: $0, number: $0, publication: Publication(at: .test, by: nil), answers: 1)
        }
        let row = SurveysPage.Row(published, newest: published[1], askedBy: [])
        #expect(faults("surveys", [SurveysPage(frame: frame, surveys: [row])]) == [])
        let shown = published.map { SurveyPage(frame: frame, $0, survey, versions: published) }
        #expect(faults("survey", shown) == [])
        var broken = survey
        broken.languages = ["en", "ar"]
        broken.title["en"] = ""
        broken.questions[1] = try #require(NewQuestion("choice")).question(key: "choice")
        broken.questions[1].choices = [AnswerOption(key: "a", label: [:])]
        let typed = TypedSurvey(broken, base: 1)
        let wrong = #expect(throws: TypedSurvey.Mistakes.self) { try typed.file() }
        let pages = [(wrong, true), (nil, false)].map { mistakes, mayPublish in
            SurveyEditPage(
                frame: frame, typed, survey: 1, mistakes: mistakes, seen: "x", token: "x", mayPublish: mayPublish)
        }
        #expect(faults("survey-edit", pages) == [])
        let files = [true, false].map {
            SurveyFilePage(
                frame: frame, token: "x", action: "x", publishing: "x", back: "x", base: 1,
                editor: editor($0 ? mistakes : []), mayPublish: $0, isNew: $0)
        }
        #expect(faults("survey-file", files) == [])
    }

    @Test func policies() {
        let versions = [Int32(1), 2].map {
            PoliciesPage.Row(
                PublishedPolicies(
                    id: $0, publication: Publication(at: .test, by: "command root"), names: ["x"], surveys: [nil]),
                shown: 1, newest: 2)
        }
        let pages = [true, false].map {
            PoliciesPage(
                frame: frame, number: 1, written: "x", isInForce: $0, names: "x", source: "x", versions: versions)
        }
        #expect(faults("policies", pages) == [])
        var counts = DryRunCounts()
        (counts.resolutions, counts.invited, counts.byChannel, counts.isWhole) = (3, 3, [.email: 3], false)
        let edits = [true, false].map {
            PolicyEditPage(
                frame: frame, token: "x", base: 1, editor: editor($0 ? mistakes : []), days: 30, mayPublish: $0,
                trial: PolicyTrial(counts, inForce: DryRunCounts(), days: 30))
        }
        #expect(faults("policy-edit", edits) == [])
    }

    @Test func messages() {
        let own = PublishedTemplate(
            channel: "email", language: "en", number: 1, source: "x", publication: Publication(at: .test, by: "x"))
        let rows = [own, nil].map { TemplatesPage.Row(.email, Language.all[0], $0) }
        #expect(faults("templates", [TemplatesPage(frame: frame, channels: [.init(name: "x", rows: rows)])]) == [])
        let pages = [true, false].map {
            TemplatePage(
                frame: frame, token: "x", path: "x", base: 1, state: "x", editor: editor($0 ? mistakes : []),
                tags: [.init(name: "link")], isOwn: $0, mayPublish: $0, isLetter: $0)
        }
        #expect(faults("template", pages) == [])
        #expect(faults("text-preview", [TextPreview(language: "en", direction: "ltr", text: "x", cost: "x")]) == [])
        #expect(faults("faulty-preview", [FaultyPreview(mistakes: mistakes)]) == [])
    }
}
