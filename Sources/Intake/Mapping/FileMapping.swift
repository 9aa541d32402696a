import Yams

/// Says how the columns of somebody's file become the fields of a kind.
///
/// Read from YAML, checked in full: the fields and their types, keys, date formats and constants. What a mapping can say is
/// described beside the examples in `Docs/mappings`.
public struct FileMapping: Sendable {
    /// The zone in which the file's local times are meant; nil leaves it to the organisation's zone.
    public let zone: String?
    /// The kind of rows the mapping makes.
    public var kind: IntakeKind { plan.kind }

    let delimiter: UInt8
    let plan: RowPlan

    /// Reads a mapping for a kind; throws all problems at once, each with its line.
    public init(yaml: String, kind: IntakeKind) throws(IntakeError) {
        let root: Node?
        do {
            root = try compose(yaml: yaml)
        } catch {
            throw IntakeError(.mapping, line: Self.line(of: error), Self.message(of: error))
        }
        guard let root else { throw IntakeError(.mapping, "The mapping is empty.") }
        var reader = MappingReader(kind: kind)
        let read = reader.read(root)
        guard reader.problems.isEmpty, let read else {
            throw IntakeError(.mapping, reader.problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        self = read
    }

    init(zone: String?, delimiter: UInt8, plan: RowPlan) {
        self.zone = zone
        self.delimiter = delimiter
        self.plan = plan
    }

    private static func line(of error: any Error) -> Int? {
        switch error as? YamlError {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    private static func message(of error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
            "not YAML: \(problem)"
        case .reader(let problem, _, _, _): "not YAML: \(problem)"
        case .duplicatedKeysInMapping(let keys, _): "appears twice: \(keys.joined(separator: ", "))"
        default: "not YAML"
        }
    }
}
