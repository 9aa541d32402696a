import Foundation
import Intake
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite(.migrated) struct SuppressionTests {
    private static let ada = """
        {"ref": "C1", "email": "ada@example.com", "phone": "07700900123", "country": "GB", "email_basis": "used"}
        """

    private func eraseAda() async throws {
        let store = try keyedStore
        try await store.take(.customers, Self.ada)
        #expect(try await store.eraseCustomer("C1", key: .test, by: .program, now: .test) != nil)
    }

    /// The references of those who are stopped because they were erased.
    private func stopped() async throws -> [String] {
        try await keyedStore.pool.query(
            """
            select customer.ref from customer_stop s join customer using (customer_id)
            where kind = 'opted-out' and s.source = 'erased' and not is_erased order by 1
            """
        ).decode(String.self)
    }

    /// Computed with Python's hmac.
    @Test func hashesAreHMACsOfAKindAndAValue() throws {
        let key = try SuppressionKey.test
        let hex = key.hash(.email, "Ada@Example.com").map { String($0, radix: 16) }
            .map { $0.count == 1 ? "0\($0)" : $0 }.joined()
        #expect(hex == "2b4fd375aa70fdcfcccd67533727f487e07a3b8c3101d5bd3e148c59c7c6b1de")
        #expect(key.hash(.complaint, "5") != key.hash(.interaction, "5"))
        let national = key.hash(phone: "07700900123", country: "GB")
        #expect(national == key.hash(phone: "+447700900123", country: nil))
        #expect(SuppressionKey(Array(repeating: 1, count: 31)) == nil)
    }

    @Test(
        arguments: [
            ada, #"{"ref": "N", "email": "ADA@example.com"}"#, #"{"ref": "N", "phone": "+447700900123"}"#,
            #"{"ref": "N", "phone": "7700900123", "country": "gb"}"#,
        ]) func whoeverComesBackIsNotAsked(customer: String) async throws
    {
        try await eraseAda()
        let store = try keyedStore
        try await store.take(.customers, customer)
        #expect(try await stopped().count == 1)
        let ref = try #require(try await stopped().first)
        try await store.take(
            .interactions, #"{"ref": "new", "customer": "\#(ref)", "started_at": "2026-11-23T10:00:00Z"}"#)
        let counts = try await store.decideDueResolutions(now: .test)
        #expect((counts.invited, counts.skipped) == (0, 1))
        // Again, it is the same stop.
        try await store.take(.customers, customer)
        #expect(try await store.pool.query("select count(*) from customer_stop").decodeOnly(Int.self) == 2)
    }

    @Test func anAddressThatIsFoundOutLaterCountsToo() async throws {
        try await eraseAda()
        let store = try keyedStore
        try await store.take(.customers, #"[{"ref": "N", "phone": "07700900123"}, {"ref": "M"}]"#)
        #expect(try await stopped() == [])
        try await store.take(.customers, #"[{"ref": "N", "country": "GB"}, {"ref": "M", "email": "m@example.com"}]"#)
        #expect(try await stopped() == ["N"])
    }

    @Test(
        arguments: [
            (IntakeKind.accounts, #"{"ref": "x", "customer": "C1", "portfolio": "P"}"#),
            (.complaints, #"{"ref": "x", "customer": "C1", "received_at": "2026-11-23T10:00:00Z"}"#),
            (.interactions, #"{"ref": "x", "customer": "C1", "started_at": "2026-11-23T10:00:00Z"}"#),
            (.stops, #"{"ref": "x", "customer": "C1", "kind": "minor", "starts_at": "2026-11-23T10:00:00Z"}"#),
            (.contacts, #"{"ref": "x", "customer": "C1", "contacted_at": "2026-11-23T10:00:00Z"}"#),
        ]) func whoeverIsNamedByAnotherRecordIsNotAsked(kind: IntakeKind, record: String) async throws
    {
        try await eraseAda()
        #expect(try await keyedStore.take(kind, record) == ["created"])
        #expect(try await stopped() == ["C1"])
    }

    @Test func whatWasCountedIsNotCountedTwice() async throws {
        let store = try keyedStore
        let call = #"{"ref": "5", "customer": "C1", "account": "K", "started_at": "2026-11-23T10:00:00Z"}"#
        let complaint = #"{"ref": "k1", "customer": "C1", "received_at": "2026-11-22T10:00:00Z"}"#
        try await store.take(.accounts, #"{"ref": "K", "customer": "C1", "portfolio": "P"}"#)
        try await store.take(.interactions, call)
        try await store.take(.complaints, complaint)
        #expect(try await store.eraseCustomer("C1", key: .test, by: .program, now: .test) != nil)
        let next = call.replacing("\"5\"", with: "\"6\"").replacing("\"account\": \"K\", ", with: "")
        let taken = try await store.take(.interactions, "[\(call), \(next)]")
        #expect(taken == ["its customer was erased", "created"])
        #expect(try await store.take(.complaints, complaint) == ["its customer was erased"])
        // Another kind of thing may be called so.
        #expect(try await store.take(.complaints, complaint.replacing("k1", with: "5")) == ["created"])
        let counted = try await store.pool.query(
            "select (select count(*) from interaction), (select count(*) from complaint), (select count(*) from resolution)"
        ).decodeOnly(Int.self, Int.self, Int.self)
        #expect(counted == (2, 2, 2))
        try await expectNoDifference(now: .test)
    }

    @Test func whoseRecordsAreAllRefusedIsNotMadeAgain() async throws {
        let store = try keyedStore
        let call = #"{"ref": "5", "customer": "C1", "started_at": "2026-11-23T10:00:00Z"}"#
        try await store.take(.interactions, call)
        #expect(try await store.eraseCustomer("C1", key: .test, by: .program, now: .test) != nil)
        try await store.take(.interactions, call)
        #expect(try await store.pool.query("select count(*) from customer").decodeOnly(Int.self) == 1)
    }

    /// A number that stands for "none", or that a household shares, must not stop everybody who has it.
    @Test func anAddressThatOthersHaveTooStopsNobody() async throws {
        let store = try keyedStore
        try await store.take(
            .customers,
            """
            [{"ref": "C1", "email": "home@example.com", "phone": "+10000000000"},
             {"ref": "C2", "email": "Home@example.com"}, {"ref": "C3", "phone": "+10000000000"}]
            """)
        try await store.pool.query(
            "insert into suspended_address values ('home@example.com', 'returned', $1)", Date.test)
        #expect(try await store.eraseCustomer("C1", key: .test, by: .program, now: .test)?.sharedAddresses == 2)
        try await store.take(
            .customers, #"[{"ref": "C2", "email": "home@example.com"}, {"ref": "C4", "phone": "+10000000000"}]"#)
        #expect(try await stopped() == [])
        #expect(try await store.pool.query("select count(*) from suspended_address").decodeOnly(Int.self) == 1)
    }

    @Test func withoutTheKeyNothingIsImportedAndNobodyErased() async throws {
        let keyless = try TestDatabase.store
        // As long as nobody was erased no key is needed.
        try await keyless.take(.customers, #"{"ref": "a"}"#)
        try await eraseAda()
        await #expect(throws: SuppressionError.noKey) { try await keyless.take(.customers, #"{"ref": "b"}"#) }
        let key = try #require(SuppressionKey(Array(repeating: 7, count: 32)))
        let other = Store(pool: keyless.pool, suppressionKey: key)
        await #expect(throws: SuppressionError.otherKey) { try await other.take(.customers, #"{"ref": "b"}"#) }
        await #expect(throws: SuppressionError.otherKey) {
            try await other.eraseCustomer("a", key: key, by: .program, now: .test)
        }
        #expect(try await keyedStore.take(.customers, #"{"ref": "b"}"#) == ["created"])
    }

    @Test func nothingBesideHashesIsOnTheList() async throws {
        try await eraseAda()
        let pool = try keyedStore.pool
        let columns = try await pool.query(
            "select column_name::text from information_schema.columns where table_name = 'suppression'"
        ).decode(String.self)
        #expect(columns == ["hash"])
        // The key's, the reference's, the address's and the number's.
        #expect(try await pool.query("select count(*) from suppression").decodeOnly(Int.self) == 4)
    }
}
