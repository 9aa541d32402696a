/// The parameters of a statement in binary form, one behind the other in a single buffer.
public struct PostgresParameters: Sendable {
    private(set) var types: [UInt32] = []
    /// Each parameter's length in bytes; -1 for a null.
    private(set) var lengths: [Int32] = []
    private(set) var bytes: [UInt8] = []
    /// The first value that cannot be expressed; the statement throws it instead of being sent.
    private(set) var failure: PostgresError?
    /// Set by `appendNull()` for the value being encoded.
    private var isNull = false

    init(_ values: [any PostgresEncodable]) {
        types.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        for value in values { appendParameter(value) }
    }

    private mutating func appendParameter<Value: PostgresEncodable>(_ value: Value) {
        types.append(Value.postgresType.oid)
        let start = bytes.count
        isNull = false
        value.encode(into: &self)
        if bytes.count - start > Int(Int32.max) { fail("a parameter is longer than 2 GB") }
        lengths.append(isNull ? -1 : Int32(truncatingIfNeeded: bytes.count - start))
    }

    /// Makes the value being encoded a null.
    mutating func appendNull() {
        isNull = true
    }

    /// Records that the value being encoded cannot be expressed.
    mutating func fail(_ message: String) {
        if failure == nil { failure = PostgresError(.encoding, "parameter $\(lengths.count + 1): \(message)") }
    }

    /// Appends an integer in network byte order.
    mutating func append<Integer: FixedWidthInteger>(_ value: Integer) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends raw bytes.
    mutating func append(contentsOf other: some Collection<UInt8>) {
        bytes.append(contentsOf: other)
    }

    /// Appends UTF-8; a NUL cannot be stored in a PostgreSQL text.
    mutating func append(text: String) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        if bytes[start...].contains(0) { fail("the text contains a NUL character") }
    }

    /// Appends the header of a one-dimensional array, in the layout of `array_recv`.
    mutating func appendArrayHeader(of element: PostgresType, count: Int, hasNulls: Bool) {
        append(Int32(count == 0 ? 0 : 1))
        append(Int32(hasNulls ? 1 : 0))
        append(element.oid)
        guard count > 0 else { return }
        append(Int32(truncatingIfNeeded: count))
        append(Int32(1))
    }

    /// Appends an array's elements, each behind its length.
    mutating func appendElements<Element: PostgresEncodable>(_ elements: [Element]) {
        for element in elements {
            let start = bytes.count
            append(Int32(-1))
            isNull = false
            element.encode(into: &self)
            guard !isNull else { continue }
            let length = Int32(truncatingIfNeeded: bytes.count - start - 4).bigEndian
            bytes.withUnsafeMutableBytes { $0.storeBytes(of: length, toByteOffset: start, as: Int32.self) }
        }
        isNull = false
    }

    /// Appends an array's elements of a fixed width: room is made once, then each is stored in place.
    mutating func appendElements<Element: FixedWidthValue>(fixedWidth elements: [Element]) {
        let width = Element.Wire.bitWidth / 8
        let length = Int32(width).bigEndian
        var offset = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: elements.count * (4 + width)))
        for element in elements {
            let wire = element.wire(&self).bigEndian
            bytes.withUnsafeMutableBytes { bytes in
                bytes.storeBytes(of: length, toByteOffset: offset, as: Int32.self)
                bytes.storeBytes(of: wire, toByteOffset: offset + 4, as: Element.Wire.self)
            }
            offset += 4 + width
        }
    }
}
