import Testing

@testable import Intake

@Suite struct MappingTests {
    @Test func theBanksComplaintsBecomeComplaints() throws {
        let outcome = try read(.complaints, BankFiles.complaints, mapping: example("bank-complaints.yaml"))
        #expect(
            outcome.rows == [
                [
                    "2", "ZZ0001", "71", nil, "Savings", nil, "Opening, closing, or changes", "email",
                    "2031-01-05 00:00:00", "resolved", "2031-01-09 23:59:59", "Closed with explanation",
                ],
                [
                    "3", "ZZ0002", "72", nil, "Store card", nil, "Late fee", "letter", "2031-01-06 00:00:00",
                    "resolved",
                    "2031-01-06 23:59:59", "Closed",
                ],
                [
                    "4", "ZZ0003", "73", nil, "Store card", nil, "Late fee", "web", "2031-01-07 00:00:00", "received",
                    nil,
                    "In progress",
                ],
            ])
        #expect(
            outcome.refusals == [
                Refusal(
                    line: 5, ref: "ZZ0004", field: "state_at",
                    reason: "resolved on 2031-01-01, before it was received on 2031-01-08"),
                Refusal(
                    line: 6, ref: "ZZ0005", field: "received_at",
                    reason: "date_received \"31-02-2031\" is not a date in the format dd-MM-yyyy"),
                Refusal(
                    line: 7, ref: "ZZ0006", field: "channel",
                    reason:
                        "submitted_via \"Pigeon\" is not among the mapping's values; add it there, or add otherwise"),
            ])
    }

    @Test func theBanksCallsBecomeInteractions() throws {
        let outcome = try read(.interactions, BankFiles.calls, mapping: example("bank-calls.yaml"))
        #expect(
            outcome.rows == [
                [
                    "2", "501", nil, "71", nil, nil, "MARGIT", "ZZ0001", "phone", nil, "NW", nil, nil, "t", nil,
                    "2031-01-10 13:34:11", nil, "372", "0", "0",
                ],
                [
                    "3", "502", nil, nil, nil, nil, nil, nil, "phone", nil, "PS", nil, "abandoned", "f", nil,
                    "2031-01-11 09:00:00", nil, "4", "0", "0",
                ],
            ])
        #expect(
            outcome.refusals == [
                Refusal(
                    line: 4, ref: nil, field: "ref",
                    reason: "call_id \"-1.0\" stands for no value, and a row needs its ref"),
                Refusal(
                    line: 5, ref: "503", field: "customer", reason: "rand_client \"72.5\" is not a whole number"),
            ])
    }

    @Test func theColumnsOfThePublicBureauAreRead() throws {
        let file = """
            Date received,Issue,Consumer complaint narrative,Company,Submitted via,Date sent to company,\
            Company response to consumer,Complaint ID
            2031-01-05,Debt is not mine,"They call
            and call, ""daily"", and text",Example Recovery,Web Referral,01/06/2031,Closed with explanation,9001

            """
        let mapping = try FileMapping(yaml: example("cfpb-complaints.yaml"), kind: .complaints)
        #expect(mapping.zone == "America/New_York" && mapping.kind == .complaints)
        #expect(
            try read(.complaints, file, mapping: example("cfpb-complaints.yaml")).rows == [
                [
                    "2", "9001", "complainant of 9001", nil, "Example Recovery", nil, "Debt is not mine", "referral",
                    "2031-01-05 00:00:00", "resolved", "2031-01-06 23:59:59", "Closed with explanation",
                ]
            ])
    }

    @Test func exactValuesComeBeforeTheLongestWildcard() throws {
        let mapping = """
            fields:
              ref: id
              started_at: {constant: "2031-01-01 10:00"}
              outcome:
                from: result
                values: {"*": other, "clos*": resolved, "closed*again": unresolved, "closed": transferred, "": callback}
            """
        let file = "id,result\n1,closed\n2,closing\n3,closed and open again\n4,zzz\n5,\n"
        let outcome = try read(.interactions, file, mapping: mapping)
        #expect(outcome.rows.map { $0[12] } == ["transferred", "resolved", "unresolved", "other", "callback"])
    }

    @Test func valuesWithoutOtherwiseAreRefusedAndNullIsNoValue() throws {
        let mapping = """
            fields:
              ref: id
              started_at: {constant: 2031-01-01}
              direction: {from: d, values: {I: inbound, X: null}}
            """
        let outcome = try read(.interactions, "id,d\n1,I\n2,X\n3,\n4,O\n", mapping: mapping)
        #expect(outcome.rows.map { $0[9] } == ["inbound", nil, nil])
        #expect(outcome.reasons == ["d \"O\" is not among the mapping's values; add it there, or add otherwise"])
    }

    @Test func templatesAreEmptyOnlyWhereAllTheirColumnsAre() throws {
        let mapping = """
            empty: [none]
            fields: {ref: "{a}-{b}", customer: "C{a}", portfolio: {constant: p}}
            """
        let outcome = try read(.accounts, "a,b\n1,2\n1,none\n,none\n", mapping: mapping)
        #expect(outcome.rows.map { $0[1] } == ["1-2", "1-"])
        #expect(outcome.reasons == ["{a}-{b} is missing"])
    }

    @Test func rowsCanBeLeftOut() throws {
        let mapping = """
            skip_when:
              - {column: kind, is: [test, "demo*"]}
              - {column: id, is: [""]}
            fields: {ref: id, team: kind}
            """
        let outcome = try read(.agents, "id,kind\n1,test\n2,demo 7\n3,real\n,real\n", mapping: mapping)
        #expect(outcome.rows.map { $0[1] } == ["3"])
        #expect(outcome.counts.skipped == 3 && outcome.counts.read == 4 && outcome.refusals.isEmpty)
    }

    @Test func emptyValuesHoldForTheFileAndForOneField() throws {
        let mapping = "empty: Unknown\nfields: {ref: id, name: {from: n, empty: [\"-\", nobody]}, team: t}"
        let outcome = try read(.agents, "id,n,t\n1,-,-\n2,Unknown,Unknown\n3,nobody,x\n", mapping: mapping)
        #expect(outcome.rows.map { Array($0[2...3]) } == [[nil, "-"], [nil, nil], [nil, "x"]])
    }

    @Test(arguments: [("4587.0", "4587"), ("4587", "4587"), ("-3.00", "-3"), ("0.0", "0"), ("4587.", "4587")])
    func wholeNumbersLoseTheirFraction(value: String, ref: String) throws {
        let outcome = try read(.agents, "id\n\(value)\n", mapping: "fields: {ref: {from: id, whole: true}}")
        #expect(outcome.rows.map { $0[1] } == [ref])
    }

    @Test(arguments: ["4587.5", "x", "1e5", "-", ".0", "1.0.0"]) func whatIsNotWholeIsRefused(value: String) throws {
        let outcome = try read(.agents, "id\n\(value)\n", mapping: "fields: {ref: {from: id, whole: true}}")
        #expect(outcome.reasons == ["id \"\(value)\" is not a whole number"])
    }

    @Test func theTimeCompletesDatesWithoutOne() throws {
        let mapping = """
            fields:
              ref: id
              started_at: {from: s, format: [iso, dd-MM-yyyy, dd-MM-yyyy HH:mm], time: "08:30"}
              talk_seconds: {from: t, unit: minutes}
            """
        let file = "id,s,t\n1,2031-01-02,1.5\n2,02-01-2031,\n3,02-01-2031 10:15,\n4,2031-01-02T10:15:00Z,\n"
        let outcome = try read(.interactions, file, mapping: mapping)
        #expect(
            outcome.rows.map { $0[15] } == [
                "2031-01-02 08:30:00", "2031-01-02 08:30:00", "2031-01-02 10:15:00", "2031-01-02 10:15:00+00",
            ])
        #expect(outcome.rows[0][17] == "90")
    }

    @Test(arguments: [("tab", "\t"), ("\";\"", ";"), ("\"|\"", "|"), ("\"\\t\"", "\t")])
    func otherDelimitersAreTaken(name: String, delimiter: String) throws {
        let file = "id,n\n1,a b\n2,\n".replacing(",", with: delimiter)
        let outcome = try read(.agents, file, mapping: "delimiter: \(name)\nfields: {ref: id, name: n}")
        #expect(outcome.rows.map { $0[2] } == ["a b", nil])
    }

    @Test func jsonLinesAreMappedByTheirKeys() throws {
        let mapping = """
            fields: {ref: {from: id, whole: true}, name: {from: name, only_when: {column: active, is: "true"}}, active: active}
            """
        let file = """
            {"id": 7.0, "name": "N", "active": true, "more": {"x": [1]}}
            {"id": "8", "name": "M", "active": false}
            {"id": [9]}
            """
        let outcome = try read(.agents, file, mapping: mapping, as: .jsonLines)
        #expect(outcome.rows == [["1", "7", "N", nil, "t"], ["2", "8", nil, nil, "f"]])
        #expect(outcome.reasons == ["id is an array, not a single value"])
    }

    @Test func aColumnTheFileLacksIsAnErrorWithBothLines() {
        let error = problem {
            _ = try read(.agents, "ids,nam\n", mapping: "fields:\n  ref: ids\n  name: name\n")
        }
        #expect(
            error?.description
                == "line 1: line 3 of the mapping: the file has no column \"name\"; did you mean \"nam\"? There are: ids, nam"
        )
    }
}
