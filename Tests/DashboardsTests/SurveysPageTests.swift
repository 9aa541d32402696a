import Foundation
import Postgres
import Statistics
import TestSupport
import Testing

@testable import Dashboards
@testable import Store

@Suite struct SurveysPageTests {
    private func survey(
        _ id: Int32, _ number: Int, questions: [String] = ["nps", "csat"], points: Int? = 5, lower: Bool? = true,
        name: String = "after-contact", languages: [String] = ["en"]
    ) -> SurveyDescription {
        SurveyDescription(
            id: id, name: name, number: number, publishedAt: .test, questions: questions, languages: languages,
            cesPoints: points, cesLowerIsBetter: lower)
    }

    private func page(
        _ surveys: [SurveyDescription], _ counts: [(id: Int32, counts: MeasureCounts)], in context: PageContext
    ) -> DashboardPage {
        let report = FigureReport(
            query: FigureQuery(context.scope, by: .surveyVersion, context.period.days),
            rows: counts.map { MeasureRow(start: context.period.days.lowerBound, value: $0.id, counts: $0.counts) },
            names: Dictionary(uniqueKeysWithValues: surveys.map { ($0.id, "\($0.name) \($0.number)") }))
        return SurveysPage(SurveysPage.Details(surveys: surveys, report: report), in: context).page
    }

    @Test func versionsOnDifferentEffortScalesAreInTablesOfTheirOwn() throws {
        let context = try TestContext.make()
        let page = page(
            [survey(1, 1), survey(2, 2, points: 7, lower: false)],
            [(1, TestContext.counts(40)), (2, TestContext.counts(40, instruments: [.ease]))], in: context)
        let efforts = page.sections.filter { $0.id.hasPrefix("versions-") }
        #expect(efforts.map(\.id) == ["versions-effort-5", "versions-ease-7"])
        for (section, name) in zip(efforts, ["after-contact 1", "after-contact 2"]) {
            #expect(try ChartXML(section.markup).all("bdi").map(\.text) == [name])
        }
        let versions = try #require(page.sections.first { $0.id == "versions" })
        #expect(!versions.markup.contains("CES"))
    }

    @Test func whatChangedIsToldByQuestionScaleAndLanguage() throws {
        let context = try TestContext.make()
        let page = page(
            [
                survey(1, 1), survey(9, 1, name: "other"),
                survey(2, 2, questions: ["nps", "comment"], points: 7, lower: false, languages: ["en", "es"]),
                survey(3, 3, questions: ["nps", "comment"], points: 7, lower: false, languages: ["en", "es"]),
            ], [], in: context)
        let notes = try #require(page.sections.first { $0.id == "changes" }).notes
        #expect(
            notes == [
                "after-contact 3, compared with after-contact 2: same questions, other words.",
                "after-contact 2, compared with after-contact 1: added comment; removed csat; effort scale effort 1 to 5 → "
                    + "ease 1 to 7; language added es.",
            ])
    }

    @Test func aVersionWithoutAnswersSaysSo() throws {
        let context = try TestContext.make()
        let page = page([survey(1, 1), survey(2, 2)], [(1, TestContext.counts(40))], in: context)
        #expect(page.summary.last == "No answers in this period: after-contact 2.")
        #expect(try #require(page.sections.first { $0.id == "versions" }).markup.contains("<small>no answers</small>"))
    }

    @Test func withoutASurveyThePageSaysWhatToDo() throws {
        let context = try TestContext.make()
        let page = page([], [], in: context)
        #expect(page.summary == ["No survey is published yet. Publish one with “hearback survey publish”."])
        #expect(page.sections.isEmpty)
    }

    @Test func aHostileNameStaysAText() throws {
        let context = try TestContext.make()
        let page = page(
            [survey(1, 1, name: "<script>")], [(1, TestContext.counts(40)), (7, TestContext.counts(9))], in: context)
        let html = TestContext.html(page, in: context)
        #expect(!html.contains("<script"))
        _ = try ChartXML(page.sections.map(\.markup).joined())
    }
}

@Suite(.migrated) struct SurveyDescriptionTests {
    @Test func aPublishedVersionIsDescribedByWhatItAsks() async throws {
        let survey = try #require(
            try await TestDatabase.store.readingFigures { try await $0.surveyDescriptions() }.first)
        #expect(survey.name == "after-contact" && survey.number == 1)
        #expect(survey.questions == ["nps", "csat", "ces", "resolved", "comment"])
        #expect(survey.languages == ["en", "es", "ar"])
        #expect((survey.cesPoints, survey.cesLowerIsBetter) == (5, true))
    }
}
