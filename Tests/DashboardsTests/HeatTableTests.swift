import Foundation
import Testing

@testable import Dashboards

@Suite struct HeatTableTests {
    private func drawn(_ rows: [HeatTable.Row], columns: [String] = ["Call", "Chat"]) throws -> ChartXML {
        try ChartXML(
            HeatTable(label: "Label", heading: "Team", columns: columns, rows: rows, comparison: "Compared with 74 %")
                .markup)
    }

    @Test(arguments: [
        (0.0, HeatStep.same), (0.024, .same), (0.026, .slightlyBetter), (-0.05, .slightlyWorse), (0.1, .better),
        (-0.1, .worse), (0.9, .farBetter), (-0.9, .farWorse), (.nan, .same),
    ])
    func stepsFollowTheDistance(distance: Double, step: HeatStep) {
        #expect(HeatStep(distance, width: 0.05, higherIsBetter: true) == step)
        #expect(HeatStep(-distance, width: 0.05, higherIsBetter: false) == step)
    }

    @Test func everyCellHasItsTextItsCountAndItsShade() throws {
        let xml = try drawn([
            .init(
                header: LinkedName("a"),
                cells: [
                    .value("60 %", count: "41 answers", step: .farWorse), .value("80 %", count: "9", step: .better),
                ]),
            .init(header: LinkedName("b"), cells: [.withheld(count: "3 answers"), .empty]),
        ])
        let cells = xml.all("td")
        #expect(cells.map(\.text) == ["60 %", "80 %", "withheld", "–"])
        #expect(cells.map { $0.attributes["class"] } == ["heat1", "heat6", "missing", "missing"])
        #expect(cells.map { $0.attributes["title"] } == ["41 answers, far worse", "9, better", "3 answers", "no data"])
        #expect(xml.elements.count { $0.name == "th" && $0.attributes["scope"] == "row" } == 2)
    }

    @Test func theKeyExplainsEveryShadeInWords() throws {
        let items = try drawn([]).all("li").map(\.text)
        #expect(items == HeatStep.allCases.map(\.words) + ["no data"])
        #expect(Set(items).count == 8)
    }

    @Test(arguments: ["<script>alert(1)</script>", "مركز الاتصال", String(repeating: "W", count: 60)])
    func anyNameStaysText(name: String) throws {
        let xml = try drawn(
            [.init(header: LinkedName(name, address: name), cells: [.value(name, count: name, step: .same)])],
            columns: [name])
        #expect(xml.all("script").isEmpty)
        #expect(xml.elements.count { $0.text == name } == 3)
    }

    @Test(arguments: [1, 500]) func everyRowIsDrawn(count: Int) throws {
        let rows = (0..<count).map { HeatTable.Row(header: LinkedName("\($0)"), cells: [.empty, .empty]) }
        #expect(try drawn(rows).all("td").count == 2 * count)
    }

    /// The shades of the light and of the dark colours stand in blocks of their own, in this order.
    @Test func textIsReadableOnEveryShade() throws {
        func colours(_ name: String) throws -> [String] {
            DashboardPages.style.matches(of: try Regex("--\(name): (#[0-9a-f]+)", as: (Substring, Substring).self))
                .map { String($0.1) }
        }
        let inks = try colours("ink").prefix(2)
        #expect(inks.count == 2)
        for step in 1...7 {
            for (ink, shade) in try zip(inks, colours("heat\(step)")) {
                #expect(try contrast(ink, shade) >= 4.5, "heat\(step)")
            }
        }
        for name in ["good", "bad"] {
            for (sheet, mark) in try zip(colours("sheet"), colours(name)) {
                #expect(try contrast(sheet, mark) >= 3, "\(name)")
            }
        }
    }

    /// WCAG 2.2, relative luminance and contrast ratio.
    private func contrast(_ first: String, _ second: String) throws -> Double {
        func luminance(_ colour: String) throws -> Double {
            let digits = colour.dropFirst()
            let full = digits.count == 3 ? digits.flatMap { [$0, $0] } : Array(digits)
            let parts = try (0..<3).map { part in
                let value = try Double(#require(Int(String(full[2 * part..<2 * part + 2]), radix: 16))) / 255
                return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
        }
        let (one, two) = try (luminance(first), luminance(second))
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }
}
