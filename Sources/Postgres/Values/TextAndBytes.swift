import Foundation

extension String: PostgresValue {
    /// `text`.
    public static var postgresType: PostgresType { .text }

    /// Appends the text in UTF-8; a NUL character fails the statement before it is sent.
    public func encode(into parameters: inout PostgresParameters) {
        parameters.append(text: self)
    }

    /// Accepts the types whose binary form is their text; anything else needs a cast in the statement.
    public static func accepts(_ type: PostgresType) -> Bool {
        switch type {
        case .text, .varchar, .bpchar, .name, .json, .unknown: true
        default: false
        }
    }

    /// Reads a text.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> String {
        try cell.text()
    }
}

extension UUID: PostgresValue {
    /// `uuid`.
    public static var postgresType: PostgresType { .uuid }

    /// Appends the sixteen bytes.
    public func encode(into parameters: inout PostgresParameters) {
        withUnsafeBytes(of: uuid) { parameters.append(contentsOf: $0) }
    }

    /// Accepts `uuid`.
    public static func accepts(_ type: PostgresType) -> Bool { type == .uuid }

    /// Reads sixteen bytes.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> UUID {
        let bytes = try cell.bytes()
        guard bytes.count == 16 else { throw PostgresError(.decoding, "the uuid has \(bytes.count) bytes") }
        return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}

/// `[UInt8]` is `bytea`, not an array: PostgreSQL has no one-byte integer that it could be an array of.
extension UInt8: PostgresArrayElement {
    /// `bytea`.
    public static var postgresArrayType: PostgresType { .bytea }

    /// Appends the bytes as they are.
    public static func encodeArray(_ elements: [UInt8], into parameters: inout PostgresParameters) {
        parameters.append(contentsOf: elements)
    }

    /// Accepts `bytea`.
    public static func acceptsArray(_ type: PostgresType) -> Bool { type == .bytea }

    /// Reads the bytes as they are.
    public static func decodeArray(_ cell: PostgresCell) throws(PostgresError) -> [UInt8] {
        [UInt8](try cell.bytes())
    }
}
