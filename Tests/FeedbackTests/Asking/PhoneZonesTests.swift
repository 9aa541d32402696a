import Testing

@testable import Feedback

@Suite struct PhoneZonesTests {
    @Test(arguments: [
        ("+12125550100", ["America/New_York"]), ("+13105550100", ["America/Los_Angeles"]),
        ("+18085550100", ["Pacific/Honolulu"]), ("+19075550100", ["America/Adak", "America/Anchorage"]),
        ("+14165550100", ["America/Toronto"]), ("+17875550100", ["America/Puerto_Rico"]),
        ("+442079460000", ["Europe/London"]), ("+4930123456", ["Europe/Berlin"]), ("+33123456789", ["Europe/Paris"]),
        ("+919812345678", ["Asia/Calcutta"]), ("+390669812345", ["Europe/Vatican"]),
    ])
    func aNumberWithAPlusSignIsReadByItsLongestPrefix(phone: String, expected: [String]) {
        #expect(PhoneZones.zones(ofPhone: phone, country: nil) == expected)
        #expect(PhoneZones.zones(ofPhone: phone, country: "JP") == expected)
    }

    @Test func exchangesDecideWhereAnAreaCodeIsParted() {
        #expect(PhoneZones.zones(ofPhone: "+12082455555", country: nil) == ["America/Los_Angeles"])
        #expect(PhoneZones.zones(ofPhone: "+12082215555", country: nil) == ["America/Denver"])
    }

    @Test(arguments: [
        ("+61412345678", 8), ("+79161234567", 16), ("+34612345678", 2), ("+642112345678", 2), ("+97688123456", 3),
        ("+351912345678", 2), ("+77012345678", 2), ("+18005550100", 42), ("+19995550100", 42),
    ])
    func aNumberTiedToNoPlaceHasAllZonesOfItsCountry(phone: String, count: Int) {
        #expect(PhoneZones.zones(ofPhone: phone, country: nil).count == count)
    }

    @Test(arguments: [
        ("2125550100", "US", "+12125550100"), ("12125550100", "US", "+12125550100"),
        ("4165550100", "CA", "+14165550100"),
        ("2079460000", "GB", "+442079460000"), ("02079460000", "GB", "+442079460000"),
        ("030123456", "DE", "+4930123456"), ("0123456789", "FR", "+33123456789"), ("0412345678", "AU", "+61412345678"),
        ("0893744000", "AU", "+61893744000"), ("0669812345", "IT", "+390669812345"),
        ("3123456789", "IT", "+393123456789"),
        ("0612345678", "HU", "+3612345678"), ("612345678", "ES", "+34612345678"), ("5512345678", "MX", "+525512345678"),
        // In Russia 8 is the trunk prefix, and area codes may begin with it too.
        ("84212123456", "RU", "+74212123456"), ("4212123456", "RU", "+74212123456"),
        ("8422123456", "RU", "+78422123456"),
        ("87172123456", "KZ", "+77172123456"),
    ])
    func aNationalNumberIsReadAsItIsDialledFromAbroad(phone: String, country: String, international: String) {
        let zones = PhoneZones.zones(ofPhone: phone, country: country)
        #expect(!zones.isEmpty)
        #expect(zones == PhoneZones.zones(ofPhone: international, country: nil))
    }

    @Test func theZeroOfItalyIsPartOfTheNumber() {
        #expect(PhoneZones.zones(ofPhone: "0669812345", country: "IT") == ["Europe/Vatican"])
        #expect(PhoneZones.zones(ofPhone: "669812345", country: "IT") != ["Europe/Vatican"])
    }

    @Test(arguments: [
        ("", "US"), ("+", ""), ("1234", "GB"), ("+1234", ""), ("+1234567890123456", ""), ("1234567890123456", "DE"),
        ("+0123456789", ""), ("+1212555010a", ""), ("+1 212 555 0100", "US"), ("++12125550100", ""),
        ("+١٢١٢٥٥٥٠١٠٠", ""), ("２１２５５５０１００", "US"), ("2125550100", ""), ("2125550100", "XX"), ("2125550100", " "),
        ("2125550100", "us"), ("2125550100", "United States"), ("+999123456789", ""), ("+80012345678", ""),
        ("+2101234567", ""), ("\u{0}2125550100", "US"),
        // A local number: its first digits are no area code. So is one that is too long.
        ("2125550", "US"), ("+12125550", ""), ("22125550100", "US"), ("123456", "RU"), ("+7916123", ""),
    ])
    func whatTellsNoPlaceHasNoZones(phone: String, country: String) {
        #expect(PhoneZones.zones(ofPhone: phone, country: country.isEmpty ? nil : country).isEmpty)
    }

    @Test func everyZoneOfTheFileIsKnown() {
        let names = Set(PhonePrefixes.shared.zones.values.joined())
        #expect(names.count > 250)
        #expect(CandidateZones(names.sorted()).unknown.isEmpty)
    }

    @Test func everyCountryHasACallingCodeWithZones() {
        let plans = PhonePrefixes.shared.plans
        #expect(plans.count == 245)
        for (country, plan) in plans {
            #expect(country.utf8.count == 2)
            #expect(!PhonePrefixes.shared.zones(of: plan.callingCode).isEmpty, "\(country)")
        }
    }

    @Test(arguments: [
        ("2125550100", "US", "+12125550100"), ("12125550100", "US", "+12125550100"),
        ("02079460000", "GB", "+442079460000"),
        ("+4930123456", nil, "+4930123456"), ("2125550100", nil, nil), ("2125550100", "XX", nil), ("12a45", "US", nil),
    ])
    func aNumberIsWrittenAsFromAbroad(phone: String, country: String?, expected: String?) {
        #expect(PhoneZones.international(phone, country: country) == expected)
    }
}
