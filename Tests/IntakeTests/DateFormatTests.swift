import Testing

@testable import Intake

@Suite struct DateFormatTests {
    @Test(arguments: [
        ("dd-MM-yyyy", "27-03-2017", "2017-03-27 00:00:00"),
        ("yyyy-MM-dd '1900-01-01' HH:mm:ss", "2017-03-27 1900-01-01 13:34:11", "2017-03-27 13:34:11"),
        ("yyyyMMdd'T'HHmmss", "20170327T133411", "2017-03-27 13:34:11"),
        ("M/d/yyyy h:mm a", "3/7/2017 12:05 AM", "2017-03-07 00:05:00"),
        ("M/d/yyyy h:mm a", "12/31/2017 1:05 pm", "2017-12-31 13:05:00"),
        ("d.M.yyyy 'um' H 'Uhr'", "7.3.2017 um 9 Uhr", "2017-03-07 09:00:00"),
        ("dd''MM''yyyy", "27'03'2017", "2017-03-27 00:00:00"),
    ])
    func datesAreReadByTheirFormat(pattern: String, value: String, written: String) throws {
        let reading = InstantReading(formats: [.pattern(try DateFormat(pattern))])
        #expect(try convert(.instant(reading), value).get() == written)
    }

    @Test(arguments: [
        ("dd-MM-yyyy", "31-02-2017"), ("dd-MM-yyyy", "2017-03-27"), ("dd-MM-yyyy", "7-3-2017"),
        ("dd-MM-yyyy", "27-03-2017 "),
        ("dd-MM-yyyy", "27-03-17"), ("dd-MM-yyyy", ""), ("h:mm a", "13:05 PM"), ("h:mm a", "1:05"),
    ])
    func otherTextIsRefusedNamingTheFormat(pattern: String, value: String) throws {
        let reading = InstantReading(formats: [.pattern(try DateFormat(pattern))])
        #expect(
            convert(.instant(reading), value)
                == .failure(Flaw("\"\(value)\" is not a date in the format \(pattern)")))
    }

    @Test func formatsAreTriedInOrder() throws {
        let reading = InstantReading(formats: try ["dd/MM/yyyy", "MM/dd/yyyy"].map { .pattern(try DateFormat($0)) })
        #expect(try convert(.instant(reading), "03/04/2017").get() == "2017-04-03 00:00:00")
        #expect(try convert(.instant(reading), "03/27/2017").get() == "2017-03-27 00:00:00")
        #expect(
            convert(.instant(reading), "x")
                == .failure(Flaw("\"x\" is not a date in the format dd/MM/yyyy or MM/dd/yyyy")))
    }

    @Test(arguments: [
        "dd-mm-yyyy", "yyyy-MM-ddTHH:mm", "yy-MM-dd", "yyyy-MM-dd 'open", "yyyy-MM-dd dd", "yyyy-MM-dd hh:mm",
        "yyyy-MM-dd HH:mm a", "DD-MM-yyyy",
    ])
    func wrongFormatsAreRefused(pattern: String) {
        #expect(throws: Flaw.self) { try DateFormat(pattern) }
    }

    @Test(arguments: ["HH:mm", "yyyy-MM", "dd-MM", ""]) func aFormatNeedsAWholeDate(pattern: String) {
        #expect(throws: Flaw.self) { try DateFormat(pattern).checkHoldsDate() }
    }
}
