/// A Swift value that can be a statement's parameter.
public protocol PostgresEncodable: Sendable {
    /// The PostgreSQL type that the parameter is declared with.
    static var postgresType: PostgresType { get }

    /// Appends the value's binary form, or a null.
    func encode(into parameters: inout PostgresParameters)
}

/// A Swift value that can be read from a result.
public protocol PostgresDecodable: Sendable {
    /// Tells whether columns of this type can be read without any loss.
    static func accepts(_ type: PostgresType) -> Bool

    /// Reads a cell whose type has been accepted; throws `decoding` for a null or a value that does not fit.
    static func decode(_ cell: PostgresCell) throws(PostgresError) -> Self
}

/// A Swift value that can stand in a PostgreSQL array.
public protocol PostgresArrayElement: Sendable {
    /// The PostgreSQL type of a whole array of such values.
    static var postgresArrayType: PostgresType { get }

    /// Appends the binary form of a whole array.
    static func encodeArray(_ elements: [Self], into parameters: inout PostgresParameters)

    /// Tells whether columns of this type can be read as an array of such values.
    static func acceptsArray(_ type: PostgresType) -> Bool

    /// Reads a cell that holds a whole array.
    static func decodeArray(_ cell: PostgresCell) throws(PostgresError) -> [Self]
}

/// A scalar that can be a parameter, a result, and an element of an array.
///
/// An enumeration with a raw value of such a type conforms by a mere `extension Mood: PostgresValue {}`.
public protocol PostgresValue: PostgresEncodable, PostgresDecodable, PostgresArrayElement {}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    /// The raw value's type.
    public static var postgresType: PostgresType { RawValue.postgresType }

    /// Appends the raw value.
    public func encode(into parameters: inout PostgresParameters) {
        rawValue.encode(into: &parameters)
    }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    /// Accepts what the raw value accepts.
    public static func accepts(_ type: PostgresType) -> Bool {
        RawValue.accepts(type)
    }

    /// Reads the raw value; throws `decoding` when no case has it.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Self {
        guard let value = Self(rawValue: try RawValue.decode(cell)) else {
            throw PostgresError(.decoding, "the value is none of \(Self.self)")
        }
        return value
    }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// The wrapped value's type.
    public static var postgresType: PostgresType { Wrapped.postgresType }

    /// Appends the wrapped value, or a null.
    public func encode(into parameters: inout PostgresParameters) {
        if let self { self.encode(into: &parameters) } else { parameters.appendNull() }
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// Accepts what the wrapped value accepts.
    public static func accepts(_ type: PostgresType) -> Bool {
        Wrapped.accepts(type)
    }

    /// Reads the wrapped value, or nil for a null.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Wrapped? {
        cell.content == nil ? nil : try Wrapped.decode(cell)
    }
}
