import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A drawing, read as the XML it must be.
final class ChartXML: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""

        func number(_ attribute: String) -> Double? {
            attributes[attribute].flatMap { Double($0.replacing("%", with: "")) }
        }
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    init(_ markup: String) throws {
        super.init()
        let parser = XMLParser(data: Data("<root>\(markup)</root>".utf8))
        parser.delegate = self
        #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    }

    func all(_ name: String, in style: String? = nil) -> [Element] {
        elements.filter { $0.name == name && (style == nil || $0.attributes["class"] == style) }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if let index = open.last { elements[index].text += text }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }
}
