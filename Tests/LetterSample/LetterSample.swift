import Delivery
import Feedback
import Foundation

/// Writes batches of letters to standard output, for the tests that print them: `LetterSample PAPER BATCH`.
@main struct LetterSample {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let paper = LetterPaper(rawValue: arguments[1]) else {
            throw Usage()
        }
        let batch = try LetterBatch(paper: paper)
        switch arguments[2] {
        case "languages": try write(batch, letters: everyLanguage, cover: cover(letters: everyLanguage.count))
        case "hostile": try write(batch, letters: hostileLetters)
        case "fullest": try write(batch, letters: fullestLetters(batch))
        case let count: try write(batch, letters: (0..<(Int(count) ?? 0)).lazy.map(numberedLetter))
        }
    }

    private static func write(_ batch: LetterBatch, letters: some Sequence<Letter>, cover: LetterCover? = nil) throws {
        let output = FileHandle.standardOutput
        try output.write(contentsOf: Data(batch.head(cover: cover).utf8))
        for letter in letters {
            try output.write(contentsOf: Data(batch.page(of: letter).utf8))
        }
        try output.write(contentsOf: Data(batch.foot.utf8))
    }

    private static func cover(letters: Int) -> LetterCover {
        LetterCover(batch: "B-2026-0412", letters: letters, date: "23 November 2026")
    }
}

struct Usage: Error, CustomStringConvertible {
    let description = "LetterSample a4|letter languages|hostile|fullest|NUMBER"
}
