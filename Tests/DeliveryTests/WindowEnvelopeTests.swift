import Testing

@testable import Delivery

@Suite struct WindowEnvelopeTests {
    @Test func theWindowShowsWhatTheNormsSay() {
        #expect(WindowEnvelope.dinLong.everShown == Area(left: 10, top: 45, right: 110, bottom: 95))
        #expect(WindowEnvelope.dinLong.alwaysShown == Area(left: 20, top: 50, right: 100, bottom: 90))
        // In inches, from the makers' measures: the sheet slides by 0.458 down and 1 across.
        let shown = WindowEnvelope.number10.everShown
        #expect(abs(shown.top / inch - 2.0417) < 0.0001)
        #expect(abs(shown.bottom / inch - 3.625) < 0.0001)
        #expect(abs(shown.left / inch + 0.125) < 0.0001)
        #expect(abs(shown.right / inch - 5.375) < 0.0001)
    }

    @Test func theWholeAddressOnA4AlwaysShows() {
        let (address, shown) = (LetterPaper.a4.address, WindowEnvelope.dinLong.alwaysShown)
        #expect(address.left >= shown.left && address.right <= shown.right)
        #expect(address.top >= shown.top && address.bottom <= shown.bottom)
    }

    @Test func onUSLetterTheWholeAddressShowsAtRestAndThreeLinesAlways() {
        let (address, always) = (LetterPaper.letter.address, WindowEnvelope.number10.alwaysShown)
        let clear = inch / 8 - 0.001
        #expect(address.left - always.left >= clear && always.right - address.right >= clear)
        // At rest on the envelope's foot the window shows from the top of what it ever shows.
        #expect(address.top - WindowEnvelope.number10.everShown.top >= clear)
        #expect(always.bottom - address.bottom >= clear)
        #expect(address.bottom - 3 * LetterType.addressSizes[0].leading >= always.top)
    }

    @Test(arguments: LetterPaper.allCases)
    func nothingElseStandsWhereTheWindowMayShowIt(paper: LetterPaper) {
        let layout = LetterLayout(paper: paper)
        #expect(layout.senderBottom < paper.envelope.everShown.top)
        #expect(layout.contentTop > paper.envelope.everShown.bottom)
        #expect(paper.folds.allSatisfy { $0 > paper.envelope.everShown.bottom })
    }
}
