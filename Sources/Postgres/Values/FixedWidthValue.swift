import Foundation

/// A value whose binary form is one integer in network byte order.
protocol FixedWidthValue: PostgresValue {
    associatedtype Wire: FixedWidthInteger

    /// The integer that stands for the value; records a failure when there is none.
    func wire(_ parameters: inout PostgresParameters) -> Wire
}

extension FixedWidthValue {
    /// Appends the integer that stands for the value.
    public func encode(into parameters: inout PostgresParameters) {
        parameters.append(wire(&parameters))
    }

    /// Appends the header and the elements in one pass.
    public static func encodeArray(_ elements: [Self], into parameters: inout PostgresParameters) {
        parameters.appendArrayHeader(of: postgresType, count: elements.count, hasNulls: false)
        parameters.appendElements(fixedWidth: elements)
    }
}

extension FixedWidthValue where Self: FixedWidthInteger {
    func wire(_ parameters: inout PostgresParameters) -> Self { self }
}

extension PostgresDecodable where Self: FixedWidthInteger {
    /// Reads any PostgreSQL integer that is not wider than this type.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Self {
        switch cell.type {
        case .int2: Self(truncatingIfNeeded: try cell.integer(Int16.self))
        case .int4: Self(truncatingIfNeeded: try cell.integer(Int32.self))
        default: Self(truncatingIfNeeded: try cell.integer(Int64.self))
        }
    }
}

extension Int16: FixedWidthValue {
    /// `int2`.
    public static var postgresType: PostgresType { .int2 }

    /// Accepts `int2`.
    public static func accepts(_ type: PostgresType) -> Bool { type == .int2 }
}

extension Int32: FixedWidthValue {
    /// `int4`.
    public static var postgresType: PostgresType { .int4 }

    /// Accepts `int4` and `int2`.
    public static func accepts(_ type: PostgresType) -> Bool { type == .int4 || type == .int2 }
}

extension Int64: FixedWidthValue {
    /// `int8`.
    public static var postgresType: PostgresType { .int8 }

    /// Accepts every PostgreSQL integer.
    public static func accepts(_ type: PostgresType) -> Bool { type == .int8 || Int32.accepts(type) }
}

extension Int: FixedWidthValue {
    /// `int8`.
    public static var postgresType: PostgresType { .int8 }

    /// Accepts every PostgreSQL integer.
    public static func accepts(_ type: PostgresType) -> Bool { Int64.accepts(type) }
}

extension Bool: FixedWidthValue {
    /// `boolean`.
    public static var postgresType: PostgresType { .bool }

    /// Accepts `boolean`.
    public static func accepts(_ type: PostgresType) -> Bool { type == .bool }

    func wire(_ parameters: inout PostgresParameters) -> UInt8 { self ? 1 : 0 }

    /// Reads one byte.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Bool {
        try cell.integer(UInt8.self) != 0
    }
}

extension Double: FixedWidthValue {
    /// `float8`.
    public static var postgresType: PostgresType { .float8 }

    /// Accepts `float8` and `float4`.
    public static func accepts(_ type: PostgresType) -> Bool { type == .float8 || type == .float4 }

    func wire(_ parameters: inout PostgresParameters) -> UInt64 { bitPattern }

    /// Reads either width.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Double {
        cell.type == .float4
            ? Double(Float(bitPattern: try cell.integer(UInt32.self)))
            : Double(bitPattern: try cell.integer(UInt64.self))
    }
}

extension Date: FixedWidthValue {
    /// `timestamptz`.
    public static var postgresType: PostgresType { .timestamptz }

    /// Accepts `timestamptz`.
    public static func accepts(_ type: PostgresType) -> Bool { type == .timestamptz }

    /// Seconds from PostgreSQL's epoch, 2000-01-01, to Foundation's, 2001-01-01.
    private static let epochDifference: Int64 = 31_622_400

    /// Microseconds since 2000-01-01 UTC. Whole seconds and fraction go apart, so that neither loses a digit.
    func wire(_ parameters: inout PostgresParameters) -> Int64 {
        let seconds = timeIntervalSinceReferenceDate.rounded(.down)
        let fraction = timeIntervalSinceReferenceDate - seconds
        guard let whole = Int64(exactly: seconds), abs(whole) < 9_000_000_000_000 else {
            parameters.fail("the instant is outside of what timestamptz can hold")
            return 0
        }
        return (whole + Date.epochDifference) * 1_000_000 + Int64((fraction * 1_000_000).rounded())
    }

    /// Reads an instant to the microsecond; throws `decoding` for `infinity` and `-infinity`.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> Date {
        let microseconds = try cell.integer(Int64.self)
        guard microseconds != .max, microseconds != .min else {
            throw PostgresError(.decoding, "the instant is infinite")
        }
        let (seconds, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Date(
            timeIntervalSinceReferenceDate: Double(seconds - epochDifference) + Double(fraction) / 1_000_000)
    }
}
