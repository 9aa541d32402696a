import Mustache

/// The HTML layout of an e-mail, filled with a message and every value escaped.
struct EmailLayoutTemplate {
    /// The layout's source.
    static let source = String(decoding: PackageResources.email_layout_mustache, as: UTF8.self)

    private let template: MustacheTemplate

    init() throws {
        MustacheContentTypes.register(EscapedMarkup(), named: "MARKUP")
        template = try MustacheTemplate(string: "{{%CONTENT_TYPE:MARKUP}}\n" + Self.source)
    }

    func html(of text: MessageText) -> String {
        template.render(readOnce(EmailLayout(text)) ?? [:])
    }
}

/// Copies a model into dictionaries and lists, since Mustache would reflect on it again for each tag.
private func readOnce(_ value: Any) -> Any? {
    switch value {
    case is String, is Bool, is Int: return value
    case let list as [Any]: return list.compactMap(readOnce)
    default: break
    }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional { return mirror.children.first.flatMap { readOnce($0.value) } }
    var fields: [String: Any] = [:]
    for case (let name?, let field) in mirror.children { fields[name] = readOnce(field) }
    return fields
}
