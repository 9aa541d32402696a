/// Describes one field of a kind: its name everywhere, the values it takes and whether a row may lack it.
public struct IntakeField: Sendable, Equatable {
    /// Names the field in headers, JSON keys, mappings and staging tables.
    public let name: String
    /// Says which values the field takes.
    public let type: IntakeFieldType
    /// Tells whether a row without the field is refused.
    public let isRequired: Bool
    /// The part the field plays in the rules between fields of one row.
    let role: FieldRole?

    static func required(_ name: String, _ type: IntakeFieldType, role: FieldRole? = nil) -> IntakeField {
        IntakeField(name: name, type: type, isRequired: true, role: role)
    }

    static func optional(_ name: String, _ type: IntakeFieldType, role: FieldRole? = nil) -> IntakeField {
        IntakeField(name: name, type: type, isRequired: false, role: role)
    }
}

/// Lists the types of values a field can take.
public enum IntakeFieldType: Sendable, Equatable {
    /// Text without control characters, of at most so many Unicode code points.
    case text(maximum: Int)
    /// An e-mail address of at most 254 ASCII characters.
    case email
    /// A telephone number of 5 to 15 digits, with an optional plus sign in front.
    case phone
    /// A language tag such as `en` or `es-MX`.
    case language
    /// The shape of an IANA zone name; whether the zone exists is for the database to say.
    case zone
    /// A point in time, or a local time whose zone the reader of the rows supplies.
    case instant
    /// A whole number of seconds from 0 to 31 days.
    case seconds
    /// True or false.
    case boolean
    /// One of the listed words, in any mixture of upper and lower case.
    case choice([String])
}

enum FieldRole: Sendable, Equatable {
    case beginning, end, state
}
