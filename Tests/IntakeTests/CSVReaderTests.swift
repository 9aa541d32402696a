import Testing

@testable import Intake

@Suite struct CSVReaderTests {
    private let header = "ref,customer,portfolio\n"

    @Test(arguments: [
        ("a,b,c\n", [["2", "a", "b", "c"]]),
        ("a,b,c", [["2", "a", "b", "c"]]),
        ("a,b,c\r\nd,e,f\n", [["2", "a", "b", "c"], ["3", "d", "e", "f"]]),
        ("\"a\",\"b,b\",\"c \"\"c\"\"\"\n", [["2", "a", "b,b", "c \"c\""]]),
        ("\"a\",\"b\",\"c\"", [["2", "a", "b", "c"]]),
        ("\"a\",\"b\",\"c\"\r", [["2", "a", "b", "c"]]),
        (" \"a\" , b , \"c\"\r\n", [["2", "a", "b", "c"]]),
        ("a,\"\"\"b\"\"\",c\n", [["2", "a", "\"b\"", "c"]]),
        ("a,5\" pipe,c\n", [["2", "a", "5\" pipe", "c"]]),
        ("\n\r\n  \na,b,c\n\n\nd,e,f\n\n", [["5", "a", "b", "c"], ["8", "d", "e", "f"]]),
        ("a,\"\nb\n\",c\nd,e,f\n", [["2", "a", "b", "c"], ["5", "d", "e", "f"]]),
        ("é,ü💳,\u{A0}c\n", [["2", "é", "ü💳", "c"]]),
        ("\\N,\\.,c\\\n", [["2", "\\N", "\\.", "c\\"]]),
    ])
    func recordsAreRead(records: String, rows: [[String]]) throws {
        let outcome = try read(.accounts, header + records)
        #expect(outcome.rows == rows)
        #expect(outcome.refusals == [])
    }

    @Test(arguments: [
        ("a,b\nd,e,f\n", 2, "the row has 2 values; the header names 3 columns"),
        ("a\nd,e,f\n", 2, "the row has 1 value; the header names 3 columns"),
        ("a,b,c,\nd,e,f\n", 2, "the row has 4 values; the header names 3 columns"),
        ("a,\"b\"x,c\nd,e,f\n", 2, "text follows a closing quote; double the quotes that belong to the text"),
        ("\na,b\u{0},c\nd,e,f\n", 3, "the record holds a NUL character"),
        ("a,\"b,c\nd,e,f\n", 2, "a quote is opened and not closed before the end of the file"),
        ("a,\"b,c\nx,\"y\",z\nd,e,f\n", 2, "text follows a closing quote; double the quotes that belong to the text"),
        (
            "a,b\rb,c\nd,e,f\n", 2,
            "customer \"b\u{FFFD}b\" holds a control character, such as a line end or a tab; take it out"
        ),
    ])
    func aBadRecordIsRefusedAndTheNextIsRead(records: String, line: Int, reason: String) throws {
        let outcome = try read(.accounts, header + records)
        #expect(outcome.refusals.map(\.line) == [line])
        #expect(outcome.reasons == [reason])
        #expect(outcome.rows.last?[1] == "d")
    }

    @Test func bytesThatAreNotUTF8AreRefused() throws {
        let outcome = try read(
            .accounts, Array(header.utf8) + [0x61, 0x2C, 0xE9, 0x2C, 0x63, 0x0A] + Array("d,e,f".utf8))
        #expect(outcome.reasons == ["the record is not UTF-8; save the file as UTF-8"])
        #expect(outcome.rows == [["3", "d", "e", "f"]])
    }

    @Test func aStrayQuoteDoesNotSwallowTheRowsAfterIt() throws {
        let rows = (1...50_000).map { "r\($0),c,p\n" }.joined()
        let outcome = try read(.accounts, header + "stray,\"c,p\n" + rows, chunk: 65_536)
        #expect(outcome.counts.accepted == 50_000)
        #expect(outcome.refusals.map(\.line) == [2])
        #expect(outcome.rows.first?[0] == "3" && outcome.rows.last?[0] == "50002")
    }

    @Test func aRecordOfMoreThanOneMebibyteIsRefusedAndNotHeld() throws {
        let long = String(repeating: "x", count: 3 << 20)
        let outcome = try read(.accounts, header + "a,\(long),c\nb,\"\(long)\",c\nd,e,f\n", chunk: 65_536)
        #expect(
            outcome.reasons == ["the record is longer than 1 MiB", "a quote is opened and not closed within 1 MiB"])
        #expect(outcome.refusals.map(\.line) == [2, 3])
        #expect(outcome.rows == [["4", "d", "e", "f"]])
    }

    @Test func aFileMadeToBeRereadIsGivenUp() throws {
        // Each line ends inside a quote, whether it is read from its start or as part of the line before it.
        let hostile = String(repeating: "a\",\"\n", count: 400_000)
        let error = problem { _ = try read(.accounts, header + hostile, chunk: 1 << 20) }
        #expect(error?.description.contains("Too many quotes") == true)
    }

    @Test func aLongRowOfDelimitersIsRefused() throws {
        let outcome = try read(.accounts, header + String(repeating: ",", count: 900_000) + "\nd,e,f\n")
        #expect(outcome.reasons == ["the row has 900001 values; the header names 3 columns"])
        #expect(outcome.rows.count == 1)
    }

    @Test func aByteOrderMarkIsLeftOut() throws {
        #expect(try read(.accounts, "\u{FEFF}" + header + "a,b,c\n").rows == [["2", "a", "b", "c"]])
        #expect(try read(.accounts, "\u{FEFF}\"ref\",customer,portfolio\na,b,c\n").rows == [["2", "a", "b", "c"]])
    }

    @Test(arguments: [
        ("", ["The file is empty: a header with the names of the columns is needed."]),
        ("\u{FEFF}", ["The file is empty: a header with the names of the columns is needed."]),
        ("ref,customer,portfolio,ref\n", ["the column \"ref\" appears twice"]),
        (
            "ref,client,portfolio\n",
            [
                "the column \"client\" is not known; there are: ref, customer, portfolio",
                "the column \"customer\" is missing, and every row needs it",
            ]
        ),
        (
            "Ref,customers,portfolio\n",
            [
                "the column \"Ref\" is not known; did you mean \"ref\"? There are: ref, customer, portfolio",
                "the column \"customers\" is not known; did you mean \"customer\"? There are: ref, customer, portfolio",
                "the column \"ref\" is missing, and every row needs it",
                "the column \"customer\" is missing, and every row needs it",
            ]
        ),
        (
            "ref,\"customer\"x,portfolio\n",
            ["In the header, text follows a closing quote; double the quotes that belong to the text."]
        ),
    ])
    func aHeaderThatDoesNotFitIsAnErrorOfTheFile(file: String, messages: [String]) {
        #expect(problem { _ = try read(.accounts, file) }?.problems.map(\.message) == messages)
    }

    @Test(arguments: [
        ("ref;customer;portfolio\n", "delimiter: \";\""), ("ref\tcustomer\tportfolio\n", "delimiter: tab"),
        ("ref,customer\rA,B\r", "CR alone"),
    ])
    func aHeaderWithOtherDelimitersIsExplained(file: String, advice: String) {
        let name = file.contains(",") ? file.replacing(",", with: " ") : file
        #expect(problem { _ = try read(.accounts, name) }?.description.contains(advice) == true)
    }

    @Test(arguments: [[0xFF, 0xFE, 0x72, 0x00], [0xFE, 0xFF, 0x00, 0x72]] as [[UInt8]])
    func utf16IsAnErrorOfTheFile(bytes: [UInt8]) {
        #expect(problem { _ = try read(.accounts, bytes) }?.description == "The file is UTF-16; save it as UTF-8.")
    }

    @Test func aHeaderOfVeryManyColumnsIsAnErrorOfTheFile() {
        let error = problem { _ = try read(.accounts, String(repeating: "a,", count: 400_000) + "\n") }
        #expect(error?.description == "line 1: The header names 400001 columns; 2000 are allowed.")
    }

    @Test func aHeaderAloneIsAFileWithoutRows() throws {
        #expect(try read(.accounts, "ref,customer,portfolio").counts == IntakeCounts())
    }
}
