import Testing

@testable import Delivery

@Suite struct TwilioSignatureTests {
    let signature: TwilioSignature
    let address = "https://mycompany.com/myapp.php?foo=1&bar=2"
    let form = [
        (name: "To", value: "+18005551212"), (name: "Digits", value: "1234"),
        (name: "CallSid", value: "CA1234567890ABCDE"),
        (name: "From", value: "+14158675309"), (name: "Caller", value: "+14158675309"),
    ]
    let expected = "RSOYDt4T1cUTdK1PDd93/VVr8B8="

    init() throws {
        signature = try #require(TwilioSignature(token: "12345"))
    }

    @Test func theSignatureIsThatOfTheDocumentation() {
        #expect(signature.signature(address: address, form: form) == expected)
        #expect(signature.proves(expected, address: address, form: form))
    }

    @Test func theOrderOfTheFormDoesNotMatterAndAPairTwiceCountsOnce() {
        #expect(signature.proves(expected, address: address, form: form.reversed()))
        #expect(signature.proves(expected, address: address, form: form + [form[2], form[0]]))
    }

    @Test func namesAreSortedByTheirBytes() {
        let sorted = signature.signature(address: "https://a.example/Zebraeggéx\u{65}\u{301}y", form: [])
        #expect(
            signature.signature(
                address: "https://a.example/", form: [("\u{65}\u{301}", "y"), ("é", "x"), ("e", "gg"), ("Z", "ebra")])
                != sorted)
        let decomposedFirst = signature.signature(address: "https://a.example/Zebraegg\u{65}\u{301}yéx", form: [])
        #expect(
            signature.signature(
                address: "https://a.example/", form: [("é", "x"), ("e", "gg"), ("\u{65}\u{301}", "y"), ("Z", "ebra")])
                == decomposedFirst)
    }

    @Test func severalValuesOfAFieldAreSortedToo() {
        #expect(
            signature.signature(address: "a", form: [("M", "2"), ("M", "1"), ("M", "2")])
                == signature.signature(address: "aM1M2", form: []))
    }

    @Test func anyChangeIsNoticed() throws {
        #expect(!signature.proves(expected, address: address + "&", form: form))
        #expect(!signature.proves(expected, address: address, form: []))
        for index in form.indices {
            var changed = form
            changed[index].value += "0"
            #expect(!signature.proves(expected, address: address, form: changed))
            changed.remove(at: index)
            #expect(!signature.proves(expected, address: address, form: changed))
        }
        let other = try #require(TwilioSignature(token: "12346"))
        #expect(!other.proves(expected, address: address, form: form))
    }

    @Test func everySingleChangedCharacterIsRefused() {
        let characters = Array(expected)
        for index in characters.indices.dropLast(2) {
            for character in "Aa0+/" where character != characters[index] {
                var forged = characters
                forged[index] = character
                #expect(!signature.proves(String(forged), address: address, form: form))
            }
        }
    }

    @Test(arguments: ["", "=", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "é", "\u{0}", String(repeating: "A", count: 100_000)])
    func whatIsNoSignatureIsRefused(text: String) {
        #expect(!signature.proves(text, address: address, form: form))
    }

    @Test func anEmptyTokenIsRefused() {
        #expect(TwilioSignature(token: "") == nil)
    }
}
