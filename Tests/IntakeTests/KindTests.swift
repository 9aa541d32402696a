import Testing

@testable import Intake

@Suite struct KindTests {
    @Test(arguments: [
        (
            IntakeKind.customers,
            "ref* language time_zone segment email phone name street city postcode country region email_basis email_basis_at "
                + "work_email sms_consent_at preferred_channel not_on contact_hours"
        ),
        (.stops, "ref* customer* kind* source starts_at* ends_at"),
        (.contacts, "ref* customer* channel contacted_at*"),
        (.accounts, "ref* customer* portfolio*"),
        (.agents, "ref* name team active"),
        (
            .complaints,
            "ref* customer* account portfolio agent topic channel received_at* state state_at outcome"
        ),
        (
            .interactions,
            "ref* contact customer account portfolio agent complaint channel direction queue topic outcome handled planned "
                + "started_at* ended_at talk_seconds hold_seconds wrap_seconds"
        ),
    ])
    func fieldsComeInTheOrderOfTheStagingTable(kind: IntakeKind, fields: String) {
        #expect(kind.fields.map { $0.name + ($0.isRequired ? "*" : "") }.joined(separator: " ") == fields)
    }

    @Test func everyFieldOfEveryKindIsWrittenInOrder() throws {
        #expect(
            try read(.customers, "phone,email,segment,time_zone,language,ref\n+12125550100,a@b.co,s,UTC,en,c1\n").rows
                == [["2", "c1", "en", "UTC", "s", "a@b.co", "+12125550100"] + Array(repeating: nil, count: 13)])
        #expect(try read(.accounts, "ref,customer,portfolio\na1,c1,p1\n").rows == [["2", "a1", "c1", "p1"]])
        #expect(try read(.agents, "ref,name,team,active\ng1,N,T,yes\n").rows == [["2", "g1", "N", "T", "t"]])
        #expect(
            try read(.complaints, "ref,customer,received_at\nk1,c1,2026-05-01\n").rows
                == [["2", "k1", "c1", nil, nil, nil, nil, nil, "2026-05-01 00:00:00", nil, nil, nil]])
        let interaction = try read(
            .interactions,
            "ref,started_at,ended_at,channel,handled,talk_seconds\ni1,2026-05-01 10:00,2026-05-01 10:05,SMS,1,300\n")
        #expect(
            interaction.rows == [
                [
                    "2", "i1", nil, nil, nil, nil, nil, nil, "sms", nil, nil, nil, nil, "t", nil, "2026-05-01 10:00:00",
                    "2026-05-01 10:05:00", "300", nil, nil,
                ]
            ])
    }
}
