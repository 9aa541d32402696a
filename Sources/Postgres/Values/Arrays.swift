extension Array: PostgresEncodable where Element: PostgresArrayElement {
    /// The array type of the elements.
    public static var postgresType: PostgresType { Element.postgresArrayType }

    /// Appends the whole array.
    public func encode(into parameters: inout PostgresParameters) {
        Element.encodeArray(self, into: &parameters)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    /// Accepts arrays of what the elements accept.
    public static func accepts(_ type: PostgresType) -> Bool {
        Element.acceptsArray(type)
    }

    /// Reads an array of one dimension, or none.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> [Element] {
        try Element.decodeArray(cell)
    }
}

extension PostgresArrayElement where Self: PostgresEncodable {
    /// The array type of the element's type.
    public static var postgresArrayType: PostgresType { postgresType.array }

    /// Appends the header and each element behind its length.
    public static func encodeArray(_ elements: [Self], into parameters: inout PostgresParameters) {
        parameters.appendArrayHeader(of: postgresType, count: elements.count, hasNulls: false)
        parameters.appendElements(elements)
    }
}

extension PostgresArrayElement where Self: PostgresDecodable {
    /// Accepts arrays of what one element accepts.
    public static func acceptsArray(_ type: PostgresType) -> Bool {
        type.element.map(accepts) ?? false
    }

    /// Reads each element.
    public static func decodeArray(_ cell: PostgresCell) throws(PostgresError) -> [Self] {
        try elements(of: cell)
    }

    fileprivate static func elements(of cell: PostgresCell) throws(PostgresError) -> [Self] {
        var elements: [Self] = []
        try cell.forEachElement(reserve: { elements.reserveCapacity($0) }) { element throws(PostgresError) in
            elements.append(try decode(element))
        }
        return elements
    }
}

extension PostgresArrayElement where Self: PostgresDecodable & FixedWidthInteger {
    /// Reads the elements in one pass where it can.
    public static func decodeArray(_ cell: PostgresCell) throws(PostgresError) -> [Self] {
        if let integers = cell.integers(Self.self) { return integers }
        return try elements(of: cell)
    }
}

extension Optional: PostgresArrayElement
where Wrapped: PostgresEncodable & PostgresDecodable & PostgresArrayElement {
    /// Appends the header and each element behind its length, or the mark of a null.
    public static func encodeArray(_ elements: [Wrapped?], into parameters: inout PostgresParameters) {
        parameters.appendArrayHeader(
            of: postgresType, count: elements.count, hasNulls: elements.contains { $0 == nil })
        parameters.appendElements(elements)
    }
}

/// `[[UInt8]]` is an array of `bytea`.
extension Array: PostgresArrayElement where Element == UInt8 {}
