import Testing

@testable import Intake

@Suite struct ValueTests {
    @Test(arguments: [
        ("late fee", "late fee"), ("Ünïcödé 💳", "Ünïcödé 💳"), ("C:\\fees", "C:\\\\fees"), ("\\N", "\\\\N"),
        (String(repeating: "é", count: 120), String(repeating: "é", count: 120)),
    ])
    func textIsKeptAsItIs(value: String, column: String) throws {
        #expect(try convert(.text(maximum: 120), value).get() == column)
    }

    @Test(arguments: [
        "a\u{0}b", "a\tb", "a\nb", "a\rb", "a\u{7F}", "\u{1B}[31m", "a\u{85}b", String(repeating: "é", count: 121),
    ])
    func controlCharactersAndLongTextAreRefused(value: String) {
        #expect(throws: Flaw.self) { try convert(.text(maximum: 120), value).get() }
    }

    @Test(arguments: [
        ("2017-03-27", "2017-03-27 00:00:00"),
        ("2017-03-27 13:34", "2017-03-27 13:34:00"),
        ("2017-03-27T13:34:11", "2017-03-27 13:34:11"),
        ("2017-03-27t13:34:11z", "2017-03-27 13:34:11+00"),
        ("2017-03-27T13:34:11.5Z", "2017-03-27 13:34:11.500000+00"),
        ("2017-03-27T13:34:11.1234567+02:00", "2017-03-27 13:34:11.123456+02"),
        ("2017-03-27 13:34:11-0330", "2017-03-27 13:34:11-03:30"),
        ("2017-03-27 13:34:11+05", "2017-03-27 13:34:11+05"),
        ("2016-02-29", "2016-02-29 00:00:00"),
        ("2000-02-29", "2000-02-29 00:00:00"),
        ("2017-12-31T23:59:59", "2017-12-31 23:59:59"),
    ])
    func instantsAreWrittenInISO(value: String, column: String) throws {
        #expect(try convert(.instant(InstantReading()), value).get() == column)
    }

    @Test(arguments: [
        "2017-02-29", "1900-02-29", "2017-04-31", "2017-13-01", "2017-00-10", "2017-01-00", "2017-01-32",
        "2017-03-27 24:00", "2017-03-27 12:60", "2017-03-27 12:00:60", "2017-03-27T", "2017-03-27T12", "17-03-27",
        "2017-3-27", "2017-03-27T12:00:00+16", "2017-03-27T12:00:00+02:60", "2017-03-27T12:00:00.Z",
        "2017-03-27 12:00 h",
        "27-03-2017", "1899-12-31", "0017-03-27", "2200-01-01", "today", "infinity", "-2017-03-27",
    ])
    func whatIsNoInstantIsRefused(value: String) {
        #expect(throws: Flaw.self) { try convert(.instant(InstantReading()), value).get() }
    }

    @Test func aRefusedInstantNamesTheFormatOrTheYear() {
        #expect(
            convert(.instant(InstantReading()), "0017-03-27")
                == .failure(Flaw("\"0017-03-27\" has a year outside 1900 to 2199")))
        #expect(
            convert(.instant(InstantReading()), "2017-02-29")
                == .failure(Flaw("\"2017-02-29\" is not a date in the format yyyy-MM-dd HH:mm:ss (ISO 8601)")))
    }

    @Test(arguments: [
        ("2017-03-27 10:00:00", "2017-03-27 10:00:01", true), ("2017-03-27 10:00", "2017-03-27 10:00", false),
        ("2017-03-27 10:00:00.1", "2017-03-27 10:00:00.2", true), ("2016-02-29", "2016-03-01", true),
        ("2017-01-01", "2016-12-31", false),
        ("2017-03-27T10:00+02:00", "2017-03-27T09:00Z", true), ("2017-03-27T10:00Z", "2017-03-27T11:00+01:00", false),
        ("2017-03-27T10:00", "2017-03-27T11:00Z", nil),
    ])
    func timesAreOrderedWhereTheirZonesAllow(first: String, second: String, isBefore: Bool?) throws {
        let reading = InstantReading()
        let times = try [first, second].map { try reading.read(Array($0.utf8).span) }
        #expect(times[0].isBefore(times[1]) == isBefore)
    }

    @Test func everyDayIsAfterTheDayBeforeIt() throws {
        var previous = CalendarTime(year: 1900, month: 1, day: 1)
        var days = 1
        for year in 1900...2199 {
            for month in 1...12 {
                for day in 1...31 {
                    let time = CalendarTime(year: year, month: month, day: day)
                    guard time.isReal, time != previous else { continue }
                    try #require(previous.isBefore(time) == true)
                    previous = time
                    days += 1
                }
            }
        }
        #expect(days == 109_573)
    }

    @Test(arguments: [
        ("0", "0"), ("372", "372"), ("372.0", "372"), ("372.4", "372"), ("372.5", "373"), ("2678400", "2678400"),
    ])
    func secondsAreRounded(value: String, column: String) throws {
        #expect(try convert(.seconds(.seconds), value).get() == column)
    }

    @Test(arguments: [
        (DurationUnit.minutes, "6.2", "372"), (.minutes, "0.5", "30"), (.milliseconds, "371500", "372"),
        (.milliseconds, "499", "0"), (.clock, "0 days 00:06:12", "372"), (.clock, "1 day, 0:06:12", "86772"),
        (.clock, "00:06:12", "372"), (.clock, "06:12", "372"), (.clock, "75:10", "4510"), (.clock, "26:00:00", "93600"),
        (.clock, "0 days 00:06:11.500000", "372"),
    ])
    func durationsInOtherUnitsBecomeSeconds(unit: DurationUnit, value: String, column: String) throws {
        #expect(try convert(.seconds(unit), value).get() == column)
    }

    @Test(arguments: [
        (DurationUnit.seconds, "-1"), (.seconds, "2678401"), (.seconds, "1e3"), (.seconds, "12s"), (.seconds, "."),
        (.seconds, "99999999999999999999"), (.minutes, "9999999999"), (.clock, "6"), (.clock, "06:60"),
        (.clock, "00:60:00"), (.clock, "1 days"), (.clock, "1 days 06:12"), (.clock, "-1 days 00:00:01"),
        (.seconds, "NaN"),
    ])
    func whatIsNoDurationIsRefused(unit: DurationUnit, value: String) {
        #expect(throws: Flaw.self) { try convert(.seconds(unit), value).get() }
    }

    @Test(arguments: ["true", "TRUE", "1", "1.0", "Yes", "y", "t"]) func trueIsWrittenInManyWays(value: String) throws {
        #expect(try convert(.boolean, value).get() == "t")
    }

    @Test(arguments: ["false", "False", "0", "0.0", "NO", "n", "f"]) func soIsFalse(value: String) throws {
        #expect(try convert(.boolean, value).get() == "f")
    }

    @Test(arguments: ["2", "on", "ja", "truee", "-1", "0.5"]) func otherWordsAreNeither(value: String) {
        #expect(throws: Flaw.self) { try convert(.boolean, value).get() }
    }

    @Test func choicesAreTakenInAnyCaseAndListedWhereWrong() throws {
        let converter = FieldConverter(.choice(["inbound", "outbound"]))
        #expect(try convert(converter, "Inbound").get() == "inbound")
        #expect(convert(converter, "in") == .failure(Flaw("\"in\" is not one of inbound, outbound")))
    }

    @Test(arguments: [
        ("en", "en"), ("ES-mx", "es-MX"), ("es_MX", "es-MX"), ("ar", "ar"), ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"), ("fil", "fil"),
    ])
    func languageTagsTakeTheirCustomaryCase(value: String, column: String) throws {
        #expect(try convert(.language, value).get() == column)
    }

    @Test(arguments: ["e", "english", "en-", "-en", "en--US", "e1", "en US", "ен", "en-toolongsub"])
    func whatIsNoLanguageTagIsRefused(value: String) {
        #expect(throws: Flaw.self) { try convert(.language, value).get() }
    }

    @Test(arguments: [
        "UTC", "America/New_York", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "America/Port-au-Prince",
    ])
    func zonesHaveTheShapeOfNames(value: String) throws {
        #expect(try convert(.zone, value).get() == value)
    }

    @Test(arguments: ["+02:00", "/UTC", "UTC/", "America//X", "../etc/passwd", "a b", "New York", "Ämerica", "5"])
    func otherZonesAreRefused(value: String) {
        #expect(throws: Flaw.self) { try convert(.zone, value).get() }
    }

    @Test(arguments: ["a@b.co", "first.last+tag@mail.example.com", "o'neil@example.org", "x@xn--bcher-kva.example"])
    func addressesAreKept(value: String) throws {
        #expect(try convert(.email, value).get() == value)
    }

    @Test(arguments: [
        "a", "@b.co", "a@", "a@b", "a@@b.co", "a@b..co", ".a@b.co", "a.@b.co", "a..b@c.co", "a b@c.co", "a@-b.co",
        "a@b-.co", "a@b.co\r\nBcc: x@y.z", "<a@b.co>", "a,b@c.co", "a@b.co,", "ä@b.co", "a@[1.2.3.4]",
        String(repeating: "a", count: 65) + "@b.co", "a@" + String(repeating: "b", count: 64) + ".co",
        "a@" + String(repeating: "b.", count: 130) + "co",
    ])
    func whatIsNoAddressIsRefusedWithoutRepeatingIt(value: String) {
        #expect(
            convert(.email, value) == .failure(Flaw("does not hold an e-mail address such as name@example.com")))
    }

    @Test(arguments: [
        ("+12125550100", "+12125550100"), ("(212) 555-0100", "2125550100"), ("+44 20 7946.0000", "+442079460000"),
        ("12345", "12345"),
    ])
    func telephoneNumbersBecomeDigits(value: String, column: String) throws {
        #expect(try convert(.phone, value).get() == column)
    }

    @Test(arguments: [
        "1234", "1234567890123456", "+44 (0)20 7946 0000", "555-CALL", "12+345678", "", "++123456", "1٢345678",
    ])
    func whatIsNoTelephoneNumberIsRefused(value: String) {
        #expect(throws: Flaw.self) { try convert(.phone, value).get() }
    }

    @Test(arguments: [
        ("  a b\t\r\n", "a b"), ("\u{A0}a\u{A0}", "a"), ("\u{A0} \u{A0}", ""), ("", ""), ("é", "é"), ("à", "à"),
    ])
    func whiteSpaceIsTrimmedAtBothEnds(value: String, trimmedValue: String) {
        let bytes = Array(value.utf8)
        #expect(String(decoding: bytes[trimmed(bytes.indices, of: bytes.span)], as: UTF8.self) == trimmedValue)
    }

    @Test(
        arguments: [
            ([0x61], true), ([0xC3, 0xA9], true), ([0xF0, 0x9F, 0x92, 0xB3], true), ([0xC0, 0xAF], false),
            ([0xE9], false),
            ([0xED, 0xA0, 0x80], false), ([0xF4, 0x90, 0x80, 0x80], false), ([0xE0, 0x80, 0x80], false),
            ([0xC3], false),
            ([0x80], false), ([0xF0, 0x9F, 0x92], false), ([0xFF], false), ([0xEF, 0xBF, 0xBF], true), ([], true),
        ] as [([UInt8], Bool)])
    func utf8IsCheckedStrictly(bytes: [UInt8], isSound: Bool) {
        #expect(isUTF8(bytes.span) == isSound)
        #expect(isUTF8(bytes.span) == (String(validating: bytes, as: UTF8.self) != nil))
    }
}
