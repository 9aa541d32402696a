import Foundation

/// A JSON document as PostgreSQL's `jsonb` takes and gives it.
public struct JSONB: Hashable, Sendable {
    /// The document's text; what comes from the server has the server's key order and spacing.
    public var text: String

    /// Wraps a JSON text; the server checks it.
    public init(text: String) {
        self.text = text
    }

    /// Encodes a value with sorted keys, so that equal values give equal texts.
    public init(encoding value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        self.init(text: String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Decodes the document; dates are ISO 8601.
    public func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(type, from: Data(text.utf8))
    }
}

extension JSONB: PostgresValue {
    /// The version byte that stands before the text in the binary form.
    private static let version: UInt8 = 1

    /// `jsonb`.
    public static var postgresType: PostgresType { .jsonb }

    /// Appends the version and the text.
    public func encode(into parameters: inout PostgresParameters) {
        parameters.append(JSONB.version)
        parameters.append(text: text)
    }

    /// Accepts `jsonb` and `json`.
    public static func accepts(_ type: PostgresType) -> Bool { type == .jsonb || type == .json }

    /// Reads a document.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> JSONB {
        guard cell.type == .jsonb else { return JSONB(text: try cell.text()) }
        let bytes = try cell.bytes()
        guard bytes.first == version else { throw PostgresError(.decoding, "the jsonb version is unknown") }
        return JSONB(text: String(decoding: bytes.dropFirst(), as: UTF8.self))
    }
}
