/// A PostgreSQL data type, by its object identifier (fixed for built-in types, see pg_type.dat).
public struct PostgresType: Hashable, Sendable, CustomStringConvertible {
    let oid: UInt32

    init(oid: UInt32) {
        self.oid = oid
    }

    static let bool = PostgresType(oid: 16)
    static let bytea = PostgresType(oid: 17)
    static let char = PostgresType(oid: 18)
    static let name = PostgresType(oid: 19)
    static let int8 = PostgresType(oid: 20)
    static let int2 = PostgresType(oid: 21)
    static let int4 = PostgresType(oid: 23)
    static let text = PostgresType(oid: 25)
    static let json = PostgresType(oid: 114)
    static let float4 = PostgresType(oid: 700)
    static let float8 = PostgresType(oid: 701)
    static let unknown = PostgresType(oid: 705)
    static let bpchar = PostgresType(oid: 1042)
    static let varchar = PostgresType(oid: 1043)
    static let date = PostgresType(oid: 1082)
    static let timestamp = PostgresType(oid: 1114)
    static let timestamptz = PostgresType(oid: 1184)
    static let numeric = PostgresType(oid: 1700)
    static let uuid = PostgresType(oid: 2950)
    static let jsonb = PostgresType(oid: 3802)

    /// Each known type with its name and its array type's identifier.
    private static let catalog: [PostgresType: (name: String, array: UInt32)] = [
        .bool: ("boolean", 1000), .bytea: ("bytea", 1001), .char: ("\"char\"", 1002), .name: ("name", 1003),
        .int8: ("bigint", 1016), .int2: ("smallint", 1005), .int4: ("integer", 1007), .text: ("text", 1009),
        .json: ("json", 199), .float4: ("real", 1021), .float8: ("double precision", 1022),
        .bpchar: ("character", 1014), .varchar: ("character varying", 1015), .date: ("date", 1182),
        .timestamp: ("timestamp without time zone", 1115), .timestamptz: ("timestamp with time zone", 1185),
        .numeric: ("numeric", 1231), .uuid: ("uuid", 2951), .jsonb: ("jsonb", 3807),
    ]

    private static let elements = [PostgresType: PostgresType](
        uniqueKeysWithValues: catalog.map { (PostgresType(oid: $1.array), $0) })

    /// The type of an array of this type.
    var array: PostgresType {
        PostgresType(oid: PostgresType.catalog[self]?.array ?? 0)
    }

    /// The type of this array type's elements; nil when it is no array of a known type.
    var element: PostgresType? {
        PostgresType.elements[self]
    }

    /// The type's name in SQL, or its number when it is not a built-in type known here.
    public var description: String {
        if let entry = PostgresType.catalog[self] { return entry.name }
        if let element { return "\(element)[]" }
        return "type \(oid)"
    }
}
