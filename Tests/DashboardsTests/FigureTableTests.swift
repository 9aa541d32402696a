import Statistics
import Testing

@testable import Dashboards

@Suite struct FigureTableTests {
    private func table(
        _ names: [String], caption: String? = nil, total: FigureTable.Row? = nil, isFolded: Bool = false
    ) -> FigureTable {
        FigureTable(
            label: "Label", caption: caption, heading: "Team", columns: ["CSAT", "n"],
            rows: names.map { FigureTable.Row(LinkedName($0), texts: ["74 %", "412"]) }, total: total,
            isFolded: isFolded)
    }

    @Test func everyRowHasAHeaderAndACellForEachColumn() throws {
        let xml = try ChartXML(
            table(["a", "b", "c"], total: .init(LinkedName("All"), texts: ["1", "2"])).markup)
        #expect(xml.elements.count { $0.name == "th" && $0.attributes["scope"] == "col" } == 3)
        #expect(xml.elements.count { $0.name == "th" && $0.attributes["scope"] == "row" } == 4)
        #expect(xml.all("td").count == 8)
        #expect(xml.all("bdi").map(\.text) == ["a", "b", "c", "All"])
    }

    @Test func aTableIsFoldedOnlyOnRequest() throws {
        #expect(try ChartXML(table(["a"]).markup).all("details").isEmpty)
        #expect(try ChartXML(table(["a"], isFolded: true).markup).all("summary").map(\.text) == ["Show the numbers"])
    }

    @Test func aCaptionStandsInTheTable() throws {
        let xml = try ChartXML(table(["a"], caption: "Sorted by n").markup)
        #expect(xml.all("caption").map(\.text) == ["Sorted by n"])
        #expect(try ChartXML(table(["a"]).markup).all("caption").isEmpty)
    }

    @Test func namesLinkAndCellsHoldDrawings() throws {
        let whisker = IntervalWhisker(estimate: Estimate(point: 0.5, lower: 0.4, upper: 0.6, n: 9), scale: 0...1)
        let row = FigureTable.Row(
            LinkedName("a", address: "a.html?x=1&y=\"2\""), mark: "few", cells: ["1", .drawing(whisker)])
        let xml = try ChartXML(
            FigureTable(label: "l", heading: "h", columns: ["1", "2"], rows: [row]).markup)
        #expect(xml.all("a").map { $0.attributes["href"] } == ["a.html?x=1&y=\"2\""])
        #expect(xml.all("small").map(\.text) == ["few"])
        #expect(xml.all("td", in: "drawn").count == 1)
        #expect(xml.all("svg", in: "whisker").count == 1)
    }

    @Test(arguments: ["<script>alert(1)</script>", "مركز \"الاتصال\"", String(repeating: "W", count: 60), "\u{1}"])
    func anyTextStaysText(text: String) throws {
        let table = FigureTable(
            label: text, caption: text, heading: text, columns: [text],
            rows: [.init(LinkedName(text, address: text), mark: text, texts: [text])])
        let xml = try ChartXML(table.markup)
        #expect(xml.all("script").isEmpty)
        let shown = xml.elements.map(\.text).filter { $0.contains { !$0.isWhitespace } }
        #expect(shown.count == 6 && Set(shown).count == 1)
    }

    @Test(arguments: [(0, nil), (1, nil), (20, nil), (500, "long")])
    func onlyLongTablesAreStriped(count: Int, style: String?) throws {
        let xml = try ChartXML(table((0..<count).map { "Team \($0)" }).markup)
        #expect(xml.all("table").map { $0.attributes["class"] } == [style])
        #expect(xml.all("bdi").count == count)
    }
}
