import Foundation
import Postgres
import Statistics
import TestSupport
import Testing

@testable import Dashboards
@testable import Store

@Suite struct AnswersPageTests {
    private func answer(
        _ comment: String? = nil, nps: Int? = 9, ces: Int? = nil, language: String = "en", agentName: String = "Ada",
        isSuspect: Bool = false, isKeptBack: Bool = false
    ) -> GivenAnswer {
        GivenAnswer(
            answeredAt: .test, nps: nps, csat: nil, ces: ces, cesPoints: 5, cesLowerIsBetter: true, resolved: false,
            comment: comment, isKeptBack: isKeptBack, language: language, complaint: "K1", interaction: "I1", agent: 7,
            agentName: agentName,
            team: "Early", topic: "Fees", survey: "after-contact 1", isSuspect: isSuspect)
    }

    private func page(
        _ answers: [GivenAnswer], all: Int? = nil, counts: MeasureCounts = MeasureCounts(), in context: PageContext
    ) -> DashboardPage {
        AnswersPage(
            month: "2026-11",
            AnswersPage.Details(
                numbers: AnswerNumbers(all: all ?? answers.count, withComment: answers.count { $0.comment != nil }),
                answers: answers, counts: counts), in: context
        ).page
    }

    @Test func aCommentThatIsKeptBackIsToldOfAndNotShown() throws {
        let context = try TestContext.make(answerMonths: ["2026-11"])
        let html = TestContext.html(page([answer(nil, isKeptBack: true)], in: context), in: context)
        #expect(html.contains("Comment kept for the person who looks after it."))
        #expect(!html.contains("<blockquote"))
    }

    @Test func aCommentIsATextWhateverItHolds() throws {
        let context = try TestContext.make(answerMonths: ["2026-11"])
        let comments = [
            "<script>alert(1)</script>", "\"\u{301}onload=x", "a\u{0}b", "شكرًا (1)",
            String(repeating: "x", count: 4_000),
        ]
        let page = page(comments.map { answer($0, language: "ar", agentName: "\"><script>") }, in: context)
        let html = TestContext.html(page, in: context)
        #expect(!html.contains("<script"))
        #expect(!html.unicodeScalars.contains("\"\u{301}".unicodeScalars))
        let xml = try ChartXML(page.sections.map(\.markup).joined())
        let written = xml.all("bdi").filter { $0.attributes["lang"] == "ar" }.map(\.text)
        #expect(written == comments.map { $0.replacing("\u{0}", with: "\u{FFFD}") })
        #expect(xml.all("blockquote").allSatisfy { $0.attributes["dir"] == "auto" })
    }

    @Test func anAnswerStandsWithItsScalesItsReferencesAndItsAgent() throws {
        let context = try TestContext.make()
        let page = page([answer("Fine.", nps: 0, ces: 2, isSuspect: true)], in: context)
        let markup = try #require(page.sections.first { $0.id == "comments" }).markup
        #expect(markup.contains("NPS <b>0\u{A0}of\u{A0}10</b>") && markup.contains("Effort <b>2\u{A0}of\u{A0}5</b>"))
        #expect(markup.contains("Resolved first time <b>no</b>"))
        #expect(markup.contains("<a href=\"../agents/7.html\"><bdi>Ada</bdi></a>"))
        #expect(markup.contains("<bdi>complaint K1</bdi>") && markup.contains("<bdi>interaction I1</bdi>"))
        #expect(markup.contains("23\u{A0}Nov\u{A0}2026, 07:00 <small>suspect</small>"))
    }

    @Test func anAgentsOwnSiteHasNoLinksToAgents() throws {
        let context = try TestContext.make(scope: .agent(7), scopeName: "Ada")
        #expect(!page([answer("Fine."), answer()], in: context).sections.map(\.markup).joined().contains("agents/"))
    }

    @Test func theFileHasTheSameRowsAndNoFormulas() throws {
        let context = try TestContext.make()
        let answers = [answer("=1+1"), answer("a \"b\", c"), answer(nil, nps: 0)]
        let file = TestContext.csv(page(answers, in: context), in: context)
        #expect(
            file == [
                "2026-11-23T12:00:00Z,9,,,,,false,'=1+1,en,K1,I1,Ada,Early,Fees,after-contact 1,false",
                "2026-11-23T12:00:00Z,9,,,,,false,\"a \"\"b\"\", c\",en,K1,I1,Ada,Early,Fees,after-contact 1,false",
                "2026-11-23T12:00:00Z,0,,,,,false,,en,K1,I1,Ada,Early,Fees,after-contact 1,false",
            ])
    }

    @Test func aPageThatLeavesAnswersOutSaysSoAndWhereAllAre() throws {
        let context = try TestContext.make()
        let page = page([answer("Fine."), answer()], all: 1_234, in: context)
        #expect(page.summary.first == "1\u{202F}234 customers answered in Nov\u{A0}2026, 1 with a comment.")
        #expect(page.summary.last?.contains("This page has 2 of them") == true)
        #expect(page.summary.last?.contains("hearback export responses") == true)
        #expect(page.sections.last?.lead == "The newest 1 of 1\u{202F}233 without a comment.")
        #expect(self.page([answer()], in: context).summary.count == 1)
    }

    @Test func monthsLinkToEachOther() throws {
        let context = try TestContext.make(answerMonths: ["2026-11", "2026-10"])
        let months = try #require(page([answer()], in: context).sections.first { $0.id == "months" })
        let links = try ChartXML(months.markup).all("a")
        #expect(links.map { $0.attributes["href"] } == ["../answers/2026-11.html", "../answers/2026-10.html"])
        #expect(links.map { $0.attributes["aria-current"] } == ["page", nil])
    }

    @Test func aMonthWithoutAnswersSaysSo() throws {
        let context = try TestContext.make()
        let page = page([], in: context)
        #expect(page.summary == ["Nobody answered in Nov\u{A0}2026."])
        #expect(page.sections.isEmpty)
    }

    @Test func distributionsOfFourAreWithheld() throws {
        let context = try TestContext.make()
        let few = page([answer()], counts: TestContext.counts(4), in: context)
        #expect(!few.sections.contains { $0.id == "nps-answers" })
        let enough = page([answer()], counts: TestContext.counts(5), in: context)
        #expect(enough.sections.first?.id == "nps-answers")
    }
}
