/// Turns the JSON body of a request into rows for a staging table.
///
/// Types are strict: text as strings, seconds as whole numbers, `true` and `false`, instants in ISO 8601 with their offset;
/// null is the same as leaving the field out. Keys that are no field, or that appear twice, are refused with their item.
public struct JSONIntake: Sendable {
    /// The most items one request may hold.
    public static let maximumItems = 1000

    /// The accepted items in COPY's text format: position from 0, then the kind's fields.
    public let rows: [UInt8]
    /// The refused items, by position from 0.
    public let refusals: [Refusal]
    /// Counts the items.
    public let counts: IntakeCounts

    /// Reads one object or an array of 1 to 1000 objects; throws where the body is no JSON or neither of the two.
    public init(_ body: [UInt8], kind: IntakeKind) throws(IntakeError) {
        guard isUTF8(body.span) else { throw IntakeError(.malformedJSON, "The body is not UTF-8.") }
        var reading = BodyReading(body, kind: kind)
        do {
            try reading.readBody()
        } catch {
            switch error {
            case .syntax(let error):
                throw IntakeError(
                    .malformedJSON, "The body is not JSON: at byte \(error.position + 1), \(error.message).")
            case .shape(let message):
                throw IntakeError(.wrongShape, message)
            }
        }
        rows = reading.rows
        refusals = reading.refusals
        counts = reading.counts
    }
}

private struct BodyReading {
    enum Failure: Error {
        case syntax(JSONSyntaxError)
        case shape(String)
    }

    var rows: [UInt8] = []
    var refusals: [Refusal] = []
    var counts = IntakeCounts()

    private let plan: RowPlan
    private let places: [Int]
    private var scanner: JSONScanner
    private var object: JSONObjectReader
    private var references: Set<String> = []

    init(_ body: [UInt8], kind: IntakeKind) {
        plan = RowPlan(kind, isTyped: true, needsOffset: true)
        places = Array(plan.columns.indices)
        scanner = JSONScanner(body, in: body.indices)
        object = JSONObjectReader(columns: plan.columns.map(\.name), refusesOtherKeys: true)
    }

    mutating func readBody() throws(Failure) {
        switch scanner.peek() {
        case UInt8(ascii: "{"): try readItem()
        case UInt8(ascii: "["): try readArray()
        case nil: throw .shape("The body is empty; send one object or an array of them.")
        default: throw .shape("Send one object or an array of objects.")
        }
        guard scanner.peek() == nil else { throw .syntax(scanner.error("more text follows the end")) }
    }

    private mutating func readArray() throws(Failure) {
        _ = scanner.take("[")
        guard !scanner.take("]") else { throw .shape("The array is empty; send at least one item.") }
        repeat {
            guard counts.read < JSONIntake.maximumItems else {
                throw .shape("The array is too long; send at most \(JSONIntake.maximumItems) items in one request.")
            }
            try readItem()
        } while scanner.take(",")
        do {
            try scanner.expect("]", "at the end of the array")
        } catch {
            throw .syntax(error)
        }
    }

    private mutating func readItem() throws(Failure) {
        let flaw: RowFlaw?
        do {
            flaw = try object.read(&scanner)
        } catch {
            throw .syntax(error)
        }
        let record = Record(line: counts.read, cells: object.cells, places: places)
        let reference = plan.reference(of: record, object.text.span)
        counts.read += 1
        do throws(RowFlaw) {
            if let flaw { throw flaw }
            try write(record, reference)
            counts.accepted += 1
        } catch {
            refusals.append(Refusal(line: record.line, ref: reference, field: error.field, reason: error.reason))
            counts.refused += 1
        }
    }

    private mutating func write(_ record: Record, _ reference: String?) throws(RowFlaw) {
        if let reference, references.contains(reference) {
            throw RowFlaw(field: "ref", reason: "ref \(quoted(reference)) appears twice in this request")
        }
        let text = object.text
        _ = try plan.write(record, text.span, to: &rows)
        if let reference { references.insert(reference) }
    }
}
