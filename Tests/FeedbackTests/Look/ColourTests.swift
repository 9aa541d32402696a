import Testing

@testable import Feedback

@Suite struct ColourTests {
    @Test(arguments: [
        ("#0b5d5a", "#0b5d5a"), ("#0BD", "#00bbdd"), ("#FFFFFF", "#ffffff"), ("#000", "#000000"),
    ])
    func coloursAreReadAsStyleSheetsWriteThem(text: String, written: String) {
        #expect(Colour(text)?.text == written)
    }

    @Test(arguments: [
        "", "#", "#12", "#12345", "#1234567", "0b5d5a", "red", "#0b5d5g", "#0b5d5a;", "#٠٠٠", " #000", "url(#a)",
        "#000} *{display:none",
    ])
    func whatIsNoColourIsNone(text: String) {
        #expect(Colour(text) == nil)
    }

    /// WCAG 2.2's extremes, and pairs whose ratios are published: grey #767676 is the lightest that passes on white.
    @Test(arguments: [
        ("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59), ("#ff0000", "#ffffff", 4.0),
    ])
    func contrastIsThatOfWCAG(front: String, ground: String, ratio: Double) throws {
        let (front, ground) = try (#require(Colour(front)), #require(Colour(ground)))
        #expect(abs(front.contrast(with: ground) - ratio) < 0.005)
        #expect(front.contrast(with: ground) == ground.contrast(with: front))
    }

    @Test(arguments: ["#000000", "#ffffff", "#0b5d5a", "#ff0000", "#00ff00", "#0000ff", "#808080", "#fedcba"])
    func lightnessIsTakenApartAndPutTogetherAgain(text: String) throws {
        let colour = try #require(Colour(text))
        #expect(PerceivedColour(colour).colour == colour)
    }

    @Test(arguments: ColourScheme.allCases)
    func theStandardAccentsCanBeRead(scheme: ColourScheme) {
        let accent = AccentColour(scheme.standardAccent, in: scheme)
        #expect(accent.checks.filter { !$0.isPassed } == [])
        #expect(accent.nearestReadable == accent)
    }

    @Test func forEveryColourThereIsANearOneThatCanBeRead() throws {
        for scheme in ColourScheme.allCases {
            for red in stride(from: 0, through: 255, by: 51) {
                for green in stride(from: 0, through: 255, by: 51) {
                    for blue in stride(from: 0, through: 255, by: 51) {
                        let colour = Colour(red: UInt8(red), green: UInt8(green), blue: UInt8(blue))
                        let found = AccentColour(colour, in: scheme).nearestReadable
                        #expect(found.isReadable, "\(colour.text) in the \(scheme)")
                        if AccentColour(colour, in: scheme).isReadable { #expect(found.colour == colour) }
                    }
                }
            }
        }
    }

    @Test func theNearestOneKeepsItsHue() throws {
        let yellow = AccentColour(try #require(Colour("#ffd400")), in: .light)
        #expect(!yellow.isReadable)
        let found = yellow.nearestReadable.colour
        // Still yellow: red and green well above blue.
        #expect(found.red > found.blue && found.green > found.blue && found.red >= found.green)
        #expect(found.contrast(with: .white) < 5.5)
    }
}
