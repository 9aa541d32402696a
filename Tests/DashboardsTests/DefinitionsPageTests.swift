import Statistics
import Testing

@testable import Dashboards

@Suite struct DefinitionsPageTests {
    private let kinds = DefinitionsPage.groups.flatMap(\.entries).flatMap { [$0.kind] + $0.others }

    @Test func everyMeasureIsToldOnce() {
        #expect(Set(kinds).count == kinds.count)
        #expect(Set(kinds) == Set(MeasureKind.all(instruments: CESInstrument.known)))
    }

    @Test func everyMeasureHasItsFormulaAndIntervalInTheFile() throws {
        let context = try TestContext.make()
        let rows = TestContext.csv(DefinitionsPage(in: context).page, in: context)
        #expect(rows.count == kinds.count)
        for kind in kinds {
            #expect(rows.contains { $0.hasPrefix("\(kind.id),") && $0.contains(kind.interval.name) }, "\(kind.id)")
            #expect(!kind.formula.isEmpty)
        }
    }

    @Test func thePageIsWellFormedAndItsIdentifiersAreUnique() throws {
        let context = try TestContext.make()
        let page = DefinitionsPage(in: context).page
        let xml = try ChartXML(page.sections.map(\.markup).joined())
        let identifiers = xml.elements.compactMap { $0.attributes["id"] }
        #expect(Set(identifiers).count == identifiers.count)
        #expect(xml.all("h3").count == DefinitionsPage.groups.flatMap(\.entries).count)
        let html = TestContext.html(page, in: context)
        #expect(!html.contains("<dt>Period</dt>"))
        #expect(html.contains("fewer than 5"))
    }
}
