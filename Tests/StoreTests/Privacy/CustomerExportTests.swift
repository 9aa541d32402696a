import Foundation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.migrated) struct CustomerExportTests {
    /// Tables that have such a column and no fact about anybody: days that are to be counted again.
    private static let others: Set = ["stale_contact"]

    @Test func everyTableThatLeadsToACustomerIsInIt() async throws {
        let store = try keyedStore
        _ = try await fillKnownCustomer(store)
        let tables = try await store.pool.query(
            """
            select distinct c.table_name::text from information_schema.columns c
            join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name in (
                'customer_id', 'account_id', 'complaint_id', 'interaction_id', 'resolution_id', 'invitation_id', 'message_id',
                'delivery_id')
            """
        ).decode(String.self)
        let export = try await exported("zz-ref")
        for table in tables where !Self.others.contains(table) {
            let content = try #require(export[table], "\(table) is not exported")
            #expect((content as? [Any])?.isEmpty != true, "nothing of \(table) is exported")
        }
        #expect(tables.count > 15)
    }

    @Test func everythingThatTellsOfTheCustomerIsInIt() async throws {
        let store = try keyedStore
        _ = try await fillKnownCustomer(store)
        let text = try #require(try await store.exportCustomer("zz-ref", by: .program, now: .test)).text
        for row in try await store.traces() where !row.hasPrefix("stale_contact") && !row.contains("other-i") {
            let json = row.drop { $0 != "{" }
            #expect(text.contains(json), "\(row)")
        }
        // Nothing of anybody else.
        #expect(!text.contains("other-i") && !text.contains("other@example.com") && !text.contains("Very kind"))
        let names = try #require(try await exported("zz-ref")["names"] as? [String: Any])
        #expect((names["topic"] as? [String: String])?.values.contains("Fees") == true)
        #expect((names["survey_version"] as? [String: Any])?.isEmpty == false)
    }

    @Test func ofWhomNothingIsKnownThereIsAnEmptyList() async throws {
        let store = try keyedStore
        try await store.take(.customers, #"{"ref": "c"}"#)
        let export = try await exported("c")
        #expect((export["interaction"] as? [Any])?.isEmpty == true)
        #expect((export["customer"] as? [String: Any])?["ref"] as? String == "c")
        #expect(try await store.exportCustomer("nobody", by: .program, now: .test) == nil)
    }

    private func exported(_ ref: String) async throws -> [String: Any] {
        let text = try #require(try await keyedStore.exportCustomer(ref, by: .program, now: .test)).text
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
}
