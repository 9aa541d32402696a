import Testing

@testable import Feedback

@Suite struct CandidateZonesTests {
    @Test func namesAreFoundOrToldApart() {
        let zones = CandidateZones(["America/New_York", "Mars/Phobos", "US/Pacific", "America/New_York", "Nowhere"])
        #expect(zones.known == ["America/New_York", "US/Pacific"])
        #expect(zones.unknown == ["Mars/Phobos", "Nowhere"])
        #expect(!zones.isEmpty)
    }

    @Test(arguments: [
        "", "/", " ", "BST", "IST", "EST", "PST8PDT", "GMT+5", "UTC+2", "+05:30", "GMT/5", "UTC/+5", "GMT+5/",
        "GMT+05/30",
        "america/new_york", "America/New_York ", "America/New_York\u{0}x", "\u{0}America/New_York", "America/New_York/",
        "../../etc/passwd", "/usr/share/zoneinfo/Europe/London", "Etc/Unknown", "Etc/GMT+15", "Amérique/Paris",
        String(repeating: "America/", count: 100_000),
    ])
    func aNameOutsideTheDatabaseIsUnknown(name: String) {
        let zones = CandidateZones([name])
        #expect(zones.unknown == [name])
        #expect(zones.isEmpty)
    }

    @Test(arguments: [
        "UTC", "GMT", "Etc/UTC", "Etc/GMT+5", "Asia/Calcutta", "Europe/Kyiv", "America/Argentina/Buenos_Aires",
    ])
    func aNameOfTheDatabaseIsKnown(name: String) {
        #expect(CandidateZones([name]).known == [name])
    }

    @Test func withoutNamesThereAreNoZones() {
        #expect(CandidateZones([]).isEmpty)
        #expect(CandidateZones([]).unknown.isEmpty)
    }
}
