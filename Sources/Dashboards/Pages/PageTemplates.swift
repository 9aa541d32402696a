import Mustache

/// Fills Mustache templates with page models, escaping every value for HTML.
public struct PageTemplates: Sendable {
    private let library: MustacheLibrary

    /// Parses templates.
    ///
    /// - Parameter sources: Each template's UTF-8 text, by the name other templates include it with.
    /// - Throws: Mustache's parser error, which names the line.
    public init(_ sources: [String: [UInt8]]) throws {
        MustacheContentTypes.register(MarkupContent(), named: "MARKUP")
        var library = MustacheLibrary()
        for (name, source) in sources {
            // Every template opens with this line, because a partial starts again with the library's own escaping.
            let text = "{{%CONTENT_TYPE:MARKUP}}\n" + String(decoding: source, as: UTF8.self)
            try library.register(text, named: name)
        }
        self.library = library
    }

    /// Fills a template; empty if there is none of that name.
    public func render(_ model: Any, with name: String) -> String {
        library.render(readOnce(model), withTemplate: name) ?? ""
    }
}

/// Copies a model into dictionaries, lists and plain values.
///
/// Mustache would otherwise reflect on a model again for each tag, which costs several times as much, and would take a nil
/// property from the model around it.
private func readOnce(_ value: Any) -> Any {
    switch value {
    case is String, is Bool, is Int: return value
    case let list as [Any]: return list.map(readOnce)
    default: break
    }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional { return mirror.children.first.map { readOnce($0.value) } ?? Nothing() }
    return Dictionary(mirror.children.compactMap { child in child.label.map { ($0, readOnce(child.value)) } }) { $1 }
}

/// Stands for a property that is nil.
private struct Nothing: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}

private struct MarkupContent: MustacheContentType {
    func escapeText(_ text: String) -> String {
        escapedMarkup(text)
    }
}
