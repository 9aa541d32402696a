import Testing

@testable import Dashboards

@Suite struct MarkupWriterTests {
    private func written(_ write: (inout MarkupWriter) -> Void) -> String {
        var writer = MarkupWriter(reserving: 8)
        write(&writer)
        return writer.string
    }

    @Test(arguments: [
        "", "plain", "<script>alert(1)</script>", "\"\u{301} x='", "a&b", "&", "مركز الاتصال",
        "\u{0}\u{8}\t\n\r\u{1F} ~",
        "\u{FFFD}\u{FFFE}\u{FFFF}!", "ﾟ\u{F8FF}\u{EFFF}\u{FFBE}", "👩‍👩‍👧‍👦 end",
    ])
    func textsAreEscapedAsInTemplates(text: String) {
        #expect(written { $0.text(text) }.unicodeScalars.elementsEqual(escapedMarkup(text).unicodeScalars))
    }

    @Test func everyScalarIsEscapedAsInTemplates() {
        let differing = (0...0x1_FFFF).compactMap(Unicode.Scalar.init).filter { scalar in
            let text = "a\(scalar)b"
            return !written { $0.text(text) }.unicodeScalars.elementsEqual(escapedMarkup(text).unicodeScalars)
        }
        #expect(differing.isEmpty)
    }

    @Test func markupStaysAsItIs() {
        #expect(written { $0.raw("<b title=\"é\">&amp;</b>") } == "<b title=\"é\">&amp;</b>")
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (-0.004, "0"), (7.0, "7"), (12.345, "12.35"), (-12.3, "-12.3"), (3.05, "3.05"),
        (999.999, "1000"), (54_321.98, "54321.98"), (1e12, "99999"), (-1e12, "-99999"),
        (.nan, "0"), (.infinity, "0"),
    ])
    func coordinatesHaveAtMostTwoDecimals(value: Double, text: String) {
        #expect(written { $0.coordinate(value) } == text)
    }

    @Test func fractionsAreWrittenAsPercentages() {
        #expect(written { $0.across(0.125) } == "12.5%")
    }
}
