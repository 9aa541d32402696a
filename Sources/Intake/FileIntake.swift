/// Turns a file, chunk by chunk, into rows for a staging table and refusals, without ever holding the file.
///
/// A record is refused alone; what concerns the file as a whole (its encoding, its header) is thrown.
public struct FileIntake: Sendable {
    /// The formats a file can have.
    public enum Format: Sendable, Equatable {
        /// Comma-separated values with a header; a mapping may name another delimiter.
        case csv
        /// One JSON object a line.
        case jsonLines

        /// Tells the format from a file's name, or nil where the ending is not `.csv`, `.jsonl` or `.ndjson`.
        public init?(fileName: String) {
            let name = fileName.lowercased()
            if name.hasSuffix(".csv") {
                self = .csv
            } else if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
                self = .jsonLines
            } else {
                return nil
            }
        }
    }

    /// Counts the rows so far.
    public private(set) var counts = IntakeCounts()

    private let plan: RowPlan
    private let isMapped: Bool
    private let format: Format
    private var start: FileStart? = FileStart()
    private var csv: CSVReader
    private var lines = LineReader()
    private var object: JSONObjectReader
    /// Where the plan's columns stand in a record; nil until the header is read.
    private var places: [Int]?
    private var headerCount = 0

    /// Reads a file whose columns or keys are named as the kind's fields.
    public init(_ kind: IntakeKind, format: Format) {
        self.init(RowPlan(kind, isTyped: format == .jsonLines), format, isMapped: false, delimiter: UInt8(ascii: ","))
    }

    /// Reads a file as the mapping says.
    public init(_ mapping: FileMapping, format: Format) {
        self.init(mapping.plan, format, isMapped: true, delimiter: mapping.delimiter)
    }

    private init(_ plan: RowPlan, _ format: Format, isMapped: Bool, delimiter: UInt8) {
        self.plan = plan
        self.isMapped = isMapped
        self.format = format
        csv = CSVReader(delimiter: delimiter)
        object = JSONObjectReader(columns: plan.columns.map(\.name), refusesOtherKeys: !isMapped)
        places = format == .jsonLines ? Array(plan.columns.indices) : nil
    }

    /// Takes the next bytes of the file, of any number, and appends what they complete to `rows` and `refusals`.
    ///
    /// `rows` is in COPY's text format: line number, then the kind's fields in their order. After an error is thrown, the rest of
    /// the file must not be given.
    public mutating func consume(
        _ chunk: Span<UInt8>, isLast: Bool, rows: inout [UInt8], refusals: inout [Refusal]
    ) throws(IntakeError) {
        if var start {
            let isReady = try start.append(chunk, isLast: isLast)
            self.start = isReady ? nil : start
            if isReady { try read(start.bytes.span, isLast, &rows, &refusals) }
        } else {
            try read(chunk, isLast, &rows, &refusals)
        }
    }

    private mutating func read(
        _ chunk: Span<UInt8>, _ isLast: Bool, _ rows: inout [UInt8], _ refusals: inout [Refusal]
    ) throws(IntakeError) {
        switch format {
        case .csv: try readRecords(chunk, isLast, &rows, &refusals)
        case .jsonLines: readLines(chunk, isLast, &rows, &refusals)
        }
    }

    // MARK: CSV

    private mutating func readRecords(
        _ chunk: Span<UInt8>, _ isLast: Bool, _ rows: inout [UInt8], _ refusals: inout [Refusal]
    ) throws(IntakeError) {
        csv.append(chunk)
        while true {
            switch csv.next(isLast: isLast) {
            case .record:
                if let places {
                    take(Record(line: csv.recordLine, cells: csv.cells, places: places), &rows, &refusals)
                } else {
                    try readHeader()
                }
            case .malformed(let reason):
                guard places != nil else { throw IntakeError(.file, line: csv.recordLine, "In the header, \(reason).") }
                refuse(csv.recordLine, nil, RowFlaw(field: nil, reason: reason), &refusals)
            case .hopeless:
                throw IntakeError(
                    .file, line: csv.recordLine,
                    "Too many quotes are opened and not closed from here on; is this a CSV file with this delimiter?")
            case .needsMore:
                guard !isLast || places != nil else {
                    throw IntakeError(.file, "The file is empty: a header with the names of the columns is needed.")
                }
                return
            }
        }
    }

    private mutating func readHeader() throws(IntakeError) {
        let buffer = csv.bytes
        let bytes = buffer.span.extracting(csv.recordRange)
        var names: [String] = []
        for cell in csv.cells {
            names.append(text(bytes.extracting(trimmed(cell.range, of: bytes))))
        }
        places = try HeaderCheck(line: csv.recordLine, names: names, isMapped: isMapped).places(of: plan)
        headerCount = names.count
    }

    private mutating func take(_ record: Record, _ rows: inout [UInt8], _ refusals: inout [Refusal]) {
        let buffer = csv.bytes
        let bytes = buffer.span.extracting(csv.recordRange)
        do throws(RowFlaw) {
            guard record.cells.count == headerCount else {
                let values = record.cells.count == 1 ? "1 value" : "\(record.cells.count) values"
                throw RowFlaw(field: nil, reason: "the row has \(values); the header names \(headerCount) columns")
            }
            let isTaken = try plan.write(record, bytes, to: &rows)
            count(isTaken)
        } catch {
            let ref = record.cells.count == headerCount ? plan.reference(of: record, bytes) : nil
            refuse(record.line, ref, error, &refusals)
        }
    }

    // MARK: JSON Lines

    private mutating func readLines(
        _ chunk: Span<UInt8>, _ isLast: Bool, _ rows: inout [UInt8], _ refusals: inout [Refusal]
    ) {
        lines.append(chunk)
        while true {
            switch lines.next(isLast: isLast) {
            case .line:
                takeLine(&rows, &refusals)
            case .tooLong:
                refuse(lines.number, nil, RowFlaw(field: nil, reason: "the line is longer than 1 MiB"), &refusals)
            case .needsMore:
                return
            }
        }
    }

    private mutating func takeLine(_ rows: inout [UInt8], _ refusals: inout [Refusal]) {
        var record: Record?
        var text: [UInt8] = []
        do throws(RowFlaw) {
            let flaw = try readObject()
            let read = Record(line: lines.number, cells: object.cells, places: places ?? [])
            record = read
            text = object.text
            if let flaw { throw flaw }
            let isTaken = try plan.write(read, text.span, to: &rows)
            count(isTaken)
        } catch {
            let ref = record.flatMap { plan.reference(of: $0, text.span) }
            refuse(lines.number, ref, error, &refusals)
        }
    }

    private mutating func readObject() throws(RowFlaw) -> RowFlaw? {
        guard isUTF8(lines.bytes.span.extracting(lines.range)) else {
            throw RowFlaw(field: nil, reason: "the line is not UTF-8; save the file as UTF-8")
        }
        var scanner = JSONScanner(lines.bytes, in: lines.range)
        do throws(JSONSyntaxError) {
            let flaw = try object.read(&scanner)
            guard scanner.peek() == nil else { throw scanner.error("more text follows the object") }
            return flaw
        } catch {
            let column = error.position - lines.range.lowerBound + 1
            throw RowFlaw(field: nil, reason: "the line is not JSON: at byte \(column), \(error.message)")
        }
    }

    // MARK: Counting

    private mutating func count(_ isTaken: Bool) {
        counts.read += 1
        if isTaken { counts.accepted += 1 } else { counts.skipped += 1 }
    }

    private mutating func refuse(_ line: Int, _ ref: String?, _ flaw: RowFlaw, _ refusals: inout [Refusal]) {
        counts.read += 1
        counts.refused += 1
        refusals.append(Refusal(line: line, ref: ref, field: flaw.field, reason: flaw.reason))
    }
}
