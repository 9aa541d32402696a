/// A statement with its parameters, ready to be sent.
///
/// The text is a `StaticString`: values can enter a statement as parameters only, never by interpolation.
/// Parameters are encoded here, on the caller's thread; one that cannot be expressed fails the statement when it runs.
public struct PostgresStatement: Sendable {
    let sql: StaticString
    let parameters: PostgresParameters

    /// Creates a statement; `$1` stands for the first parameter.
    public init(_ sql: StaticString, _ parameters: any PostgresEncodable...) {
        self.init(sql, parameters: parameters)
    }

    /// Creates a statement; `$1` stands for the first parameter.
    public init(_ sql: StaticString, parameters: [any PostgresEncodable]) {
        self.sql = sql
        self.parameters = PostgresParameters(parameters)
    }

    /// What a prepared statement is found by: its text and the types that it was prepared for.
    var key: Key {
        Key(
            text: sql.hasPointerRepresentation ? UInt(bitPattern: sql.utf8Start) : UInt(sql.unicodeScalar.value),
            length: sql.hasPointerRepresentation ? sql.utf8CodeUnitCount : 0,
            types: parameters.types)
    }

    /// A static text never moves, so that its address and length identify it without being read.
    struct Key: Hashable {
        let text: UInt
        let length: Int
        let types: [UInt32]
    }

    /// Calls `body` with the text as a C string.
    func withSQL<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        sql.description.withCString(body)
    }

    /// Calls `body` with the parameters in the four arrays that libpq asks for.
    func withParameterArrays<Result>(
        _ body: (
            _ count: Int32, _ types: UnsafePointer<UInt32>?, _ values: UnsafePointer<UnsafePointer<CChar>?>?,
            _ lengths: UnsafePointer<Int32>?, _ formats: UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        let count = parameters.lengths.count
        return parameters.bytes.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { formats in
                    formats.initialize(repeating: 1)
                    var offset = 0
                    for (index, length) in parameters.lengths.enumerated() {
                        values.initializeElement(at: index, to: length < 0 ? nil : bytes.text(at: offset))
                        offset += max(0, Int(length))
                    }
                    return body(
                        Int32(truncatingIfNeeded: count), parameters.types, values.baseAddress, parameters.lengths,
                        formats.baseAddress)
                }
            }
        }
    }
}

extension UnsafeRawBufferPointer {
    /// A pointer that libpq can copy from; never nil, which would mean a null, not even for an empty value.
    fileprivate func text(at offset: Int) -> UnsafePointer<CChar>? {
        guard let baseAddress else { return emptyText.withUTF8Buffer { UnsafeRawBufferPointer($0).text(at: 0) } }
        return (baseAddress + offset).assumingMemoryBound(to: CChar.self)
    }
}

private let emptyText: StaticString = "\0"
