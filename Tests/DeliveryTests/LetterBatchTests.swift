import Feedback
import Testing

@testable import Delivery

@Suite struct LetterBatchTests {
    @Test(arguments: [(LetterPaper.a4, "210.0mm 297.0mm"), (.letter, "215.9mm 279.4mm")])
    func thePageHasThePapersSize(paper: LetterPaper, size: String) throws {
        let head = try LetterBatch(paper: paper).head()
        #expect(head.contains("@page{size:\(size);margin:0}"))
        #expect(!head.contains("<section"))
    }

    @Test func nothingIsFetchedAndNoScriptRuns() throws {
        let batch = try LetterBatch(paper: .a4)
        let cover = LetterCover(batch: "B", letters: 1, date: "today")
        let document = batch.head(cover: cover) + batch.foot
        for word in ["<script", "<link", "<img", "@import", "@font-face", "url(", "src=", "href="] {
            #expect(!document.contains(word), "\(word)")
        }
    }

    @Test func theCoverTellsThePrintRoomWhatFollows() throws {
        let cover = LetterCover(batch: "<B>", letters: 50_000, date: "23 November 2026")
        let head = try LetterBatch(paper: .letter).head(cover: cover)
        #expect(head.contains("<dd>&lt;B&gt;</dd>"))
        #expect(head.contains("50\u{202F}000, one sheet each"))
        #expect(head.contains("<dd>23 November 2026</dd>"))
        #expect(head.contains("<dd>US Letter, 8 1/2 × 11 in</dd>"))
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1\u{202F}000"), (1_234_567, "1\u{202F}234\u{202F}567"),
        (-1000, "−1\u{202F}000"),
    ])
    func thousandsAreSpaced(number: Int, text: String) {
        #expect(spacedThousands(number) == text)
    }

    @Test(arguments: LetterPaper.allCases)
    func foldMarksStandOnA4Alone(paper: LetterPaper) throws {
        let page = try LetterBatch(paper: paper).page(of: emptyLetter(in: Language.all[0]))
        let marks = page.matches(of: /class="fold" style="top:([0-9.]+mm)"/).map { String($0.1) }
        #expect(marks == (paper == .a4 ? ["105.0mm", "210.0mm"] : []))
    }

    @Test(arguments: Language.all)
    func nothingOfTheLettersOwnTellsOfADebt(language: Language) throws {
        let batch = try LetterBatch(paper: .a4)
        let cover = LetterCover(batch: "", letters: 0, date: "")
        let document = batch.head(cover: cover) + (try batch.page(of: emptyLetter(in: language))) + batch.foot
        let words = Set(document.lowercased().split { !$0.isLetter })
        for word in [
            "debt", "balance", "arrears", "owe", "owed", "creditor", "collection", "case", "default", "deuda", "saldo",
            "mora", "acreedor", "cobro", "expediente", "دين", "الدين", "رصيد", "تحصيل", "قضية",
        ] {
            #expect(!words.contains(Substring(word)), "\(word)")
        }
    }

    private func emptyLetter(in language: Language) -> Letter {
        Letter(
            address: [], language: language, date: "", heading: "", paragraphs: [], link: "https://a.example/x",
            reference: "", sender: LetterSender(name: "", address: []))
    }
}
