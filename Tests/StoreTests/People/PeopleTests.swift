import Foundation
import People
import Postgres
import Store
import TestSupport
import Testing

@Suite(.migrated) struct PeopleStoreTests {
    private let digest = [UInt8](repeating: 7, count: 32)

    private func add(_ settings: PersonSettings) async throws -> Person {
        try await TestDatabase.store.addPerson(settings, by: .program, now: .test)
    }

    private func administrator() async throws -> Person {
        try await add(PersonSettings(email: "Ada@Example.com", name: "Ada", role: .administrator))
    }

    @Test func peopleAreAddedChangedAndRecorded() async throws {
        let store = try TestDatabase.store
        _ = try await store.invite(1)
        let person = try await administrator()
        #expect(person.email == "ada@example.com" && person.seesEverything && !person.hasPassword)
        let agent = try await add(PersonSettings(email: "b@example.com", name: "Bo", role: .agent, agent: "A1"))
        #expect(agent.agent == "A1" && !agent.seesEverything)
        try await store.changePerson(
            agent.id,
            to: PersonSettings(
                email: "b@example.com", name: "Bo", role: .qualityManager, portfolios: ["Cards"]),
            by: .person(person.id, network: nil), now: .test)
        let changed = try #require(try await store.person(agent.id))
        #expect(changed.role == .qualityManager && changed.portfolios == ["Cards"] && changed.agent == nil)
        let last = try #require(try await store.auditRows(limit: 1).first)
        #expect(last.action == "person.change" && last.actor.name == "person \(person.id)")
        #expect(last.before?.contains("\"agent\":\"A1\"") == true && last.after?.contains("Cards") == true)
        #expect(try await store.people().map(\.name) == ["Ada", "Bo"])
    }

    @Test func whatCannotBeIsRefusedInWords() async throws {
        let store = try TestDatabase.store
        _ = try await administrator()
        await #expect(throws: PersonProblem.emailIsTaken) { try await administrator() }
        await #expect(throws: PersonProblem.unknown(kind: "agent", ref: "x")) {
            try await add(PersonSettings(email: "b@example.com", name: "B", role: .agent, agent: "x"))
        }
        await #expect(throws: PersonProblem.unknown(kind: "team", ref: "x' or true")) {
            try await add(
                PersonSettings(email: "b@example.com", name: "B", role: .qualityManager, teams: ["x' or true"]))
        }
        await #expect(throws: PersonProblem.refused("person_is_an_agent_with_scores")) {
            try await add(PersonSettings(email: "b@example.com", name: "B", role: .agent))
        }
        #expect(try await store.people().count == 1)
    }

    @Test func whoComesByTheProviderInTwoBrowsersAtOnceIsAddedOnce() async throws {
        let store = try TestDatabase.store
        let provided = ProvidedPerson(
            issuer: "https://login.example.com", subject: "5", email: "q@example.com", name: "Quinn",
            role: .qualityManager, teams: ["x' or true"], portfolios: ["Cards"])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 as Range<UInt8> {
                group.addTask {
                    let session = NewSession(
                        [UInt8](repeating: number, count: 32), network: "192.0.2.1/32", browser: "Firefox")
                    guard case .begun = try await store.signIn(provided, session, now: .test) else {
                        throw PersonProblem.noSuchPerson
                    }
                }
            }
            try await group.waitForAll()
        }
        let person = try #require(try await store.people().first)
        #expect(try await store.people().count == 1)
        #expect(try await store.sessions(of: person.id, now: .test).count == 6)
        #expect(person.isProvided && person.teams.isEmpty && person.portfolios.isEmpty && !person.seesEverything)
        #expect(
            try await store.auditRows(limit: 20).map(\.action).sorted() == ["person.add"]
                + Array(repeating: "sign-in", count: 6))
        // The same number at another provider is somebody else, whose address is taken.
        var other = provided
        other.issuer = "https://other.example.com"
        let session = NewSession([UInt8](repeating: 9, count: 32), network: "x", browser: "y")
        let stranger = other
        await #expect(throws: PersonProblem.emailIsTaken) { try await store.signIn(stranger, session, now: .test) }
        await #expect(throws: PersonProblem.noSuchPerson) {
            try await store.connect(99, issuer: "a", subject: "b", by: .program, now: .test)
        }
        let second = try await administrator()
        await #expect(throws: PersonProblem.refused("person_subject_is_unique")) {
            try await store.connect(
                second.id, issuer: provided.issuer, subject: provided.subject, by: .program, now: .test)
        }
    }

    @Test func whatTheProviderAskedForIsTakenOutOnce() async throws {
        let store = try TestDatabase.store
        let request = ProviderRequest(
            stateDigest: digest, issuer: "https://login.example.com", nonce: "n", verifier: "v", goOn: "/people?a=b",
            createdAt: .test)
        try await store.keep(request)
        #expect(try await store.takeProviderRequest([1]) == nil)
        #expect(try await store.takeProviderRequest(digest) == request)
        #expect(try await store.takeProviderRequest(digest) == nil)
    }

    @Test func aPasswordLinkWorksOnceAndEndsSessions() async throws {
        let store = try TestDatabase.store
        let person = try await administrator()
        #expect(try await begin(digest, person.id))
        let link = [UInt8](repeating: 9, count: 32)
        try await store.makePasswordLink(link, for: person.id, lasting: 3600, by: .program, now: .test)
        #expect(try await store.person(ofPasswordLink: link, now: .test.hours(1)) == nil)
        #expect(try await store.person(ofPasswordLink: link, now: .test)?.id == person.id)
        #expect(try await store.setPassword(byLink: link, hash: "hash", from: "x", now: .test))
        #expect(try await !store.setPassword(byLink: link, hash: "other", from: "x", now: .test))
        #expect(try await store.viewer(digest, now: .test) == nil)
        #expect(try await store.passwordHolder(email: "ADA@example.com")?.passwordHash == "hash")
        let other = [UInt8](repeating: 10, count: 32)
        try await store.makePasswordLink(link, for: person.id, lasting: 3600, by: .program, now: .test)
        try await store.makePasswordLink(other, for: person.id, lasting: 3600, by: .program, now: .test)
        #expect(try await !store.setPassword(byLink: link, hash: "x", from: "x", now: .test))
    }

    /// Begins a session as it is begun once a password was right.
    private func begin(_ digest: [UInt8], _ person: Int32) async throws -> Bool {
        let store = try TestDatabase.store
        let holder = try #require(try await store.passwordHolder(person: person))
        return try await store.beginSession(digest, of: holder, network: "n", browser: "b", now: .test)
    }

    /// What was compared while somebody set a new password, or took up a second factor, opens nothing.
    @Test func noSessionBeginsByWhatIsNotSoAnyMore() async throws {
        let store = try TestDatabase.store
        let person = try await administrator()
        func holder() async throws -> PasswordHolder {
            try #require(try await store.passwordHolder(person: person.id))
        }
        func begins(_ holder: PasswordHolder) async throws -> Bool {
            try await store.beginSession(digest, of: holder, network: "n", browser: "b", now: .test)
        }
        let before = try await holder()
        let link = [UInt8](repeating: 9, count: 32)
        try await store.makePasswordLink(link, for: person.id, lasting: 3600, by: .program, now: .test)
        #expect(try await store.setPassword(byLink: link, hash: "new", from: "x", now: .test))
        #expect(try await !begins(before))
        let withPassword = try await holder()
        #expect(try await store.offerSecondFactor([1], to: person.id, insteadOf: nil))
        #expect(
            try await store.confirmSecondFactor(
                [1], of: person.id, step: 1, recovery: [], by: .program, now: .test))
        #expect(try await !begins(withPassword))
        let withFactor = try await holder()
        #expect(try await store.setDisabled(true, person: person.id, by: .program, now: .test))
        #expect(try await !begins(withFactor))
        #expect(try await store.setDisabled(false, person: person.id, by: .program, now: .test))
        #expect(try await begins(withFactor))
        #expect(try await store.auditRows(limit: 20).allSatisfy { $0.action != "sign-in" })
    }

    @Test func whoChangesSomebodyBeginsFromWhatIsSetAndTheRecordTellsIt() async throws {
        let store = try TestDatabase.store
        let person = try await administrator()
        func settings(_ name: String) -> PersonSettings {
            PersonSettings(email: person.email, name: name, role: .administrator)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in ["B", "C", "D"] {
                group.addTask {
                    try await store.changePerson(person.id, to: settings(name), by: .program, now: .test)
                }
            }
            try await group.waitForAll()
        }
        // Each begins where the one before it ended.
        let rows = try await store.auditRows(limit: 9).filter { $0.action == "person.change" }.sorted { $0.id < $1.id }
        #expect(rows.count == 3 && rows.dropFirst().map(\.before) == rows.dropLast().map(\.after))
        await #expect(throws: PersonProblem.changedMeanwhile) {
            try await store.changePerson(person.id, to: settings("E"), by: .program, now: .test) {
                $0.name == person.name
            }
        }
        #expect(try await store.person(person.id)?.name != "E")
    }

    @Test func aSessionEndsWhenItsTimeIsOverOrThePersonIsNotLetIn() async throws {
        let store = try TestDatabase.store
        let person = try await administrator()
        #expect(try await begin(digest, person.id))
        let viewer = try #require(try await store.viewer(digest, now: .test))
        #expect(viewer.role == .administrator && viewer.seesEverything && viewer.person == person.id)
        #expect(try await store.viewer(digest, now: .test.hours(0.5)) == nil)
        try await store.noteUse(of: [viewer.session], now: .test.hours(0.4))
        #expect(try await store.viewer(digest, now: .test.hours(0.5)) != nil)
        #expect(try await store.sessions(of: person.id, now: .test.hours(0.5)).map(\.browser) == ["b"])
        // Half an hour after it was used last it is listed no more, as it counts no more.
        #expect(try await store.sessions(of: person.id, now: .test.hours(0.9)).isEmpty)
        #expect(try await store.setDisabled(true, person: person.id, by: .program, now: .test))
        #expect(try await !store.setDisabled(true, person: person.id, by: .program, now: .test))
        #expect(try await store.viewer(digest, now: .test) == nil)
        #expect(try await store.passwordHolder(email: person.email) == nil)
        #expect(try await store.sessions(of: nil, now: .test).isEmpty)
    }

    @Test func nobodyEndsTheSessionOfAnother() async throws {
        let store = try TestDatabase.store
        let person = try await administrator()
        let other = try await add(
            PersonSettings(email: "q@example.com", name: "Q", role: .qualityManager, seesEverything: true))
        #expect(try await begin(digest, person.id))
        let session = try #require(try await store.viewer(digest, now: .test)).session
        #expect(try await !store.endSession(session, of: other.id, by: .program, now: .test))
        #expect(try await store.endSession(session, of: person.id, by: .program, now: .test))
        #expect(try await !store.endSession(session, of: person.id, by: .program, now: .test))
    }

    @Test func aCodeSignsInOnce() async throws {
        let store = try TestDatabase.store
        let person = try await administrator()
        #expect(try await store.offerSecondFactor([1, 2, 3], to: person.id, insteadOf: nil))
        #expect(try await store.passwordHolder(person: person.id)?.totpSecret == nil)
        let recovery = [UInt8](repeating: 1, count: 32)
        #expect(
            try await !store.confirmSecondFactor(
                [1, 2], of: person.id, step: 10, recovery: [recovery], by: .program, now: .test))
        #expect(
            try await store.confirmSecondFactor(
                [1, 2, 3], of: person.id, step: 10, recovery: [recovery], by: .program, now: .test))
        #expect(try await !store.offerSecondFactor([4], to: person.id, insteadOf: [1, 2, 3]))
        #expect(try await store.passwordHolder(person: person.id)?.totpSecret == [1, 2, 3])
        let waiting = [UInt8](repeating: 8, count: 32)
        for (step, code, worked) in [
            (10, nil, false), (11, nil, true), (11, nil, false), (nil, recovery, true), (nil, recovery, false),
        ] as [(Int64?, [UInt8]?, Bool)] {
            try await store.pool.query("delete from session")
            #expect(try await begin(waiting, person.id))
            let session = try #require(try await store.viewer(waiting, now: .test))
            #expect(session.awaitsSecondFactor)
            let isIn = try await store.completeSignIn(
                session.session, of: person.id, newDigest: digest, step: step, recovery: code.map { [[9], $0] },
                network: "n", now: .test)
            #expect(isIn == worked)
            #expect(try await (store.viewer(digest, now: .test) != nil) == worked)
            #expect(try await (store.viewer(waiting, now: .test) == nil) == worked)
        }
        #expect(try await store.removeSecondFactor(of: person.id, by: .program, now: .test))
        #expect(try await store.passwordHolder(person: person.id)?.totpSecret == nil)
    }

    @Test func attemptsAtOnceAreCountedOneAfterTheOther() async throws {
        let store = try TestDatabase.store
        let keys: [SignInCounter: String] = [.accountAndNetwork: "a n", .account: "a", .network: "n"]
        let allowed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask { try await store.countSignIn(keys, now: .test) == .allowed }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(allowed == SignInCounter.accountAndNetwork.burst)
        #expect(SignInDelay(try await store.signInFailures(keys), now: .test) != .allowed)
        try await store.forgiveSignIn(keys, now: .test)
        #expect(try await store.countSignIn(keys, now: .test) == .allowed)
        // Strangers' guesses do not slow a device that was here before.
        #expect(try await store.countSignIn([.device: "a d"], now: .test) == .allowed)
    }
}
