/// Finds tags of Mustache templates that no model fills, which Mustache itself renders as nothing.
///
/// A model's properties are read as Mustache reads them: stored properties by name, then those of the models around it.
public struct TemplateTags {
    private let templates: [String: [Node]]
    private var faults: Set<String> = []
    private var entered: Set<String> = []
    private var sections: Set<String> = []

    /// Reads templates by the names they include each other with.
    public init(_ templates: [String: String]) {
        self.templates = templates.mapValues { source in
            var rest = source[...]
            return Self.nodes(in: &rest, until: nil)
        }
    }

    /// Returns what is wrong with a template for models that together reach every section of it.
    public func faults(of name: String, with models: [Any]) -> [String] {
        var walk = self
        for model in models { walk.visit(templates[name] ?? [], in: name, models: [model], blocks: [:]) }
        if templates[name] == nil { walk.faults.insert("there is no template \(name)") }
        let unreached = walk.sections.subtracting(walk.entered).map { "\($0) is never entered by these models" }
        return (walk.faults.union(unreached)).sorted()
    }

    // MARK: Reading

    private indirect enum Node {
        case variable(String)
        case section(String, isInverted: Bool, [Node])
        case partial(String)
        case parent(String, [Node])
        case block(String, [Node])
    }

    private static func nodes(in rest: inout Substring, until end: String?) -> [Node] {
        var nodes: [Node] = []
        while let open = rest.firstRange(of: "{{") {
            rest = rest[open.upperBound...]
            let isTriple = rest.first == "{"
            guard let close = rest.firstRange(of: isTriple ? "}}}" : "}}") else { break }
            let tag = rest[..<close.lowerBound]
            rest = rest[close.upperBound...]
            let name = String(tag.drop { "#^/<>$&{%! ".contains($0) })
            switch tag.first {
            case "#": nodes.append(.section(name, isInverted: false, Self.nodes(in: &rest, until: name)))
            case "^": nodes.append(.section(name, isInverted: true, Self.nodes(in: &rest, until: name)))
            case "<": nodes.append(.parent(name, Self.nodes(in: &rest, until: name)))
            case "$": nodes.append(.block(name, Self.nodes(in: &rest, until: name)))
            case ">": nodes.append(.partial(name))
            case "!", "%": break
            case "/": if name == end { return nodes }
            default: nodes.append(.variable(name))
            }
        }
        return nodes
    }

    // MARK: Walking

    private mutating func visit(
        _ nodes: [Node], in template: String, models: [Any], blocks: [String: (template: String, nodes: [Node])]
    ) {
        for node in nodes {
            switch node {
            case .variable(let name):
                _ = value(of: name, in: template, models: models)
            case .section(let name, let isInverted, let children):
                let place = "\(template): \(isInverted ? "^" : "#")\(name)"
                sections.insert(place)
                let value = value(of: name, in: template, models: models)
                let items = isInverted ? (Self.isShown(value, by: name) ? [] : [nil]) : Self.items(value, by: name)
                for item in items {
                    entered.insert(place)
                    visit(children, in: template, models: models + (item.map { [$0] } ?? []), blocks: blocks)
                }
            case .partial(let name):
                guard let partial = templates[name] else {
                    faults.insert("\(template): there is no template \(name)")
                    continue
                }
                visit(partial, in: name, models: models, blocks: blocks)
            case .parent(let name, let children):
                var inner = blocks
                for case .block(let block, let content) in children {
                    inner[block] = blocks[block] ?? (template, content)
                }
                guard let parent = templates[name] else {
                    faults.insert("\(template): there is no template \(name)")
                    continue
                }
                visit(parent, in: name, models: models, blocks: inner)
            case .block(let name, let content):
                let (origin, nodes) = blocks[name] ?? (template, content)
                visit(nodes, in: origin, models: models, blocks: blocks)
            }
        }
    }

    private mutating func value(of tag: String, in template: String, models: [Any]) -> Any? {
        if tag == "." { return models.last }
        let name = tag.split { "()".contains($0) }.last.map(String.init) ?? tag
        var path = name.split(separator: ".").map(String.init)[...]
        guard let first = path.popFirst() else { return nil }
        let holders = models.reversed().filter { Self.has(first, in: $0) }
        guard let holder = holders.first else {
            faults.insert("\(template): no model has \(tag)")
            return nil
        }
        var value = Self.child(first, of: holder)
        if value == nil, holders.count > 1 {
            faults.insert("\(template): when \(tag) is nil, Mustache takes it from the model around it")
        }
        for part in path {
            guard let model = value else { return nil }
            if !Self.has(part, in: model) { faults.insert("\(template): no model has \(tag)") }
            value = Self.child(part, of: model)
        }
        return value
    }

    private static func has(_ name: String, in model: Any) -> Bool {
        Mirror(reflecting: model).children.contains { $0.label == name }
    }

    private static func child(_ name: String, of model: Any) -> Any? {
        guard let value = Mirror(reflecting: model).children.first(where: { $0.label == name })?.value else {
            return nil
        }
        let mirror = Mirror(reflecting: value)
        return mirror.displayStyle == .optional ? mirror.children.first?.value : value
    }

    private static func items(_ value: Any?, by name: String) -> [Any?] {
        guard let value, isShown(value, by: name) else { return [] }
        if value is Bool || name.hasPrefix("empty(") { return [nil] }
        if let list = value as? [Any] { return list.map { $0 } }
        return [value]
    }

    private static func isShown(_ value: Any?, by name: String) -> Bool {
        let isEmpty = (value as? [Any])?.isEmpty ?? (value as? String)?.isEmpty ?? false
        if name.hasPrefix("empty(") { return isEmpty }
        if let flag = value as? Bool { return flag }
        if let list = value as? [Any] { return !list.isEmpty }
        return value != nil
    }
}
