import Foundation

/// What tests ask of a page's HTML.
struct PageHTML {
    let source: String

    init(_ source: String) {
        self.source = source
    }

    /// The values of an attribute, in order.
    func values(of attribute: String) -> [String] {
        source.matches(of: /\s([a-z-]+)="([^"]*)"/).filter { $0.1 == attribute }.map { String($0.2) }
    }

    /// The tags of a kind, as written.
    func tags(_ name: String) -> [String] {
        source.matches(of: /<([a-z0-9]+)(?:\s[^>]*)?>/).filter { $0.1 == name }.map { String($0.0) }
    }

    /// The words a reader sees or hears, without the style.
    var words: String {
        let labels = values(of: "aria-label").joined(separator: " ")
        return source.replacing(/<style>[\s\S]*<\/style>/, with: "").replacing(/<[^>]*>/, with: " ") + labels
    }
}
