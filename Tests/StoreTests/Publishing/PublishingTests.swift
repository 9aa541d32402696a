import Feedback
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite(.migrated) struct PublishingTests {
    private let actor = Actor(name: "person 1", network: "192.0.2.1/32")

    private func survey(_ heading: String) throws -> SurveyFile {
        var survey = try SurveyFile.standard().survey
        survey.title["en"] = heading
        return try SurveyFile(SurveyWriter(survey).text)
    }

    @Test func everyPublishingIsRecordedWithBeforeAndAfter() async throws {
        let store = try TestDatabase.store
        #expect(try await store.publish(survey("One"), by: actor, now: .test).isNew)
        #expect(try await !store.publish(survey("One"), by: actor, now: .test).isNew)
        #expect(try await store.publish(PolicyFile.atOnce("spread: 1h"), by: .command(user: "root"), now: .test).isNew)
        let text = "{{organisation}}: {{link}} {{stop}}"
        #expect(
            try await store.publishTemplate(channel: "sms", language: "en", source: text, by: actor, now: .test))
        #expect(try await store.publishTemplate(channel: "sms", language: "en", source: nil, by: actor, now: .test))
        #expect(try await !store.publishTemplate(channel: "sms", language: "en", source: nil, by: actor, now: .test))
        let rows = try await store.auditRows(limit: 10)
        #expect(rows.map(\.action) == ["template.standard", "template.publish", "policy.publish", "survey.publish"])
        #expect(rows[2].actor.name == "command root" && rows[2].subject == "policies")
        let published = try #require(rows.last)
        #expect(published.actor == actor && published.subject == "survey after-contact")
        #expect(
            published.before?.contains("\"version\":1}") == true && published.after?.contains("\"version\":2}") == true)
        #expect(published.after?.firstMatch(of: /"sha256":"[0-9a-f]{64}"/) != nil)
        #expect(rows[1].before == nil && rows[0].before == rows[1].after && rows[0].after == nil)
        #expect(try await store.publishedTemplates().first?.source == nil)
    }

    @Test func nothingIsPublishedOverWhatSomebodyElsePublishedMeanwhile() async throws {
        let store = try TestDatabase.store
        let ada = try await store.addPerson(
            PersonSettings(email: "ada@example.com", name: "Ada", role: .administrator), by: .program, now: .test)
        let person = Actor.person(ada.id, network: nil)
        _ = try await store.publish(survey("Hers"), over: 1, by: person, now: .test.hours(1))
        let newer = NewerVersion(number: 2, publication: Publication(at: .test.hours(1), by: "Ada"))
        await #expect(throws: newer) { try await store.publish(survey("His"), over: 1, by: actor, now: .test.hours(2)) }
        #expect(try await store.publish(survey("His"), over: 2, by: actor, now: .test.hours(2)).version.number == 3)
        // A new survey takes nobody's name.
        await #expect(throws: NewerVersion.self) {
            try await store.publish(survey("Another"), over: 0, by: actor, now: .test)
        }
        let policies = try #require(try await store.policyVersions().last)
        _ = try await store.publish(PolicyFile.atOnce("spread: 1h"), over: policies.id, by: person, now: .test)
        await #expect(throws: NewerVersion.self) {
            try await store.publish(PolicyFile.atOnce("spread: 2h"), over: policies.id, by: actor, now: .test)
        }
        try await store.publishTemplate(channel: "email", language: "en", source: "a", over: 0, by: person, now: .test)
        await #expect(throws: NewerVersion.self) {
            try await store.publishTemplate(
                channel: "email", language: "en", source: "b", over: 0, by: actor, now: .test)
        }
        #expect(try await store.publishedTemplates().map(\.source) == ["a"])
        #expect(try await store.publishedTemplates().first?.publication.by == "Ada")
    }

    @Test func onlyOneOfManyWhoPublishAtOnceIsFirst() async throws {
        let store = try TestDatabase.store
        let published = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    (try? await store.publish(survey("No. \(number)"), over: 1, by: actor, now: .test)) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(published == 1)
        #expect(try await store.surveySources(of: 1).map(\.version.number) == [1, 2])
    }

    @Test func answersAreCountedByTheVersionThatAskedThem() async throws {
        let store = try TestDatabase.store
        let old = try await store.invite(2)
        _ = try await store.publish(survey("New"), by: actor, now: .test)
        for invitation in old {
            let answer = Submission(invitation: invitation, surveyVersion: 1, language: "en", answers: Answers(nps: 9))
            #expect(try await store.submitAnswers([answer], now: .test.hours(1)) == [.stored])
        }
        _ = try await store.refreshCells(now: .test.hours(2))
        let versions = try await store.publishedSurveys()
        #expect(versions.map(\.answers) == [2, 0] && versions.map(\.number) == [1, 2])
        #expect(versions.map(\.publication.by) == ["hearback", "person 1"])
    }

    @Test func publishedTemplatesNeverChange() async throws {
        let store = try TestDatabase.store
        try await store.publishTemplate(channel: "sms", language: "en", source: "a", by: actor, now: .test)
        for statement in ["update message_template set source = 'b'", "delete from message_template"] {
            await #expect(throws: PostgresError.self) {
                try await store.pool.withConnection { try await $0.execute(script: statement) }
            }
        }
    }

    @Test func aDryRunOfManyStopsAtItsLimit() async throws {
        let store = try TestDatabase.store
        _ = try await store.invite(3)
        for limit in 1...4 {
            let counts = try await store.dryRun(nil, since: .test.days(-30), now: .test, atMost: limit)
            #expect(counts.resolutions == min(limit, 3) && counts.isWhole == (limit >= 3))
        }
    }
}
