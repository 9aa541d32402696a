import Testing

@testable import Intake

/// Wherever a file is cut into chunks, the rows, the refusals and their line numbers are the same.
@Suite struct ChunkTests {
    private static let csvFiles = [
        "ref,customer,portfolio\na,b,c\nd,e,f\n",
        "\u{FEFF}ref,customer,portfolio\r\n\r\n\"a\"\"a\",\" b\nb\",ü💳\r\nd,e,f",
        "ref,customer,portfolio\na,\"b\"x,c\na,\"b\nb\"x,c\nd,e,f\n\"\"\"\",\"\"\"\"\"\",\"x\"\n",
        "ref,customer,portfolio\na,b,\"c\nd,e,f\n\"g\",h,i\n\"",
        "ref,customer,portfolio\n,,\na,b,c,d\n\na\n\"a\",\"b\", \"c\" \n \"",
    ]

    @Test(arguments: csvFiles, [1, 2, 3, 5, 7, 16]) func csvDoesNotDependOnChunks(file: String, chunk: Int) throws {
        let whole = try read(.accounts, file)
        #expect(whole.counts.read > 1)
        #expect(try read(.accounts, file, chunk: chunk) == whole)
    }

    @Test(arguments: [1, 2, 3, 5, 7, 16]) func jsonLinesDoNotDependOnChunks(chunk: Int) throws {
        let file =
            "\u{FEFF}{\"ref\":\"a\",\"customer\":\"b\",\"portfolio\":\"\\u00e9💳\"}\r\n\n{\"ref\":\"x\"}\nno JSON\n"
            + "{\"ref\":\"d\",\"customer\":\"e\",\"portfolio\":\"f\"}"
        let whole = try read(.accounts, file, as: .jsonLines)
        #expect(whole.counts.accepted == 2 && whole.counts.refused == 2)
        #expect(try read(.accounts, file, as: .jsonLines, chunk: chunk) == whole)
    }

    @Test(arguments: [1, 13]) func mappedFilesDoNotDependOnChunks(chunk: Int) throws {
        let mapping = try example("bank-calls.yaml")
        let whole = try read(.interactions, BankFiles.calls, mapping: mapping)
        #expect(try read(.interactions, BankFiles.calls, mapping: mapping, chunk: chunk) == whole)
    }

    @Test func emptyChunksChangeNothing() throws {
        var intake = FileIntake(.accounts, format: .csv)
        var rows: [UInt8] = []
        var refusals: [Refusal] = []
        for part in ["", "ref,customer,", "", "portfolio\na,", "b,c\n", ""] {
            try intake.consume(Array(part.utf8).span, isLast: false, rows: &rows, refusals: &refusals)
        }
        try intake.consume(Span(), isLast: true, rows: &rows, refusals: &refusals)
        #expect(copyRows(rows) == [["2", "a", "b", "c"]])
    }
}
