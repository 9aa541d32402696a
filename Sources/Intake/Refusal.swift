/// Tells why one row was not taken.
public struct Refusal: Sendable, Equatable {
    /// The physical line (from 1) on which a file's record starts, or the position (from 0) of a request's item.
    public let line: Int
    /// The row's own reference, where it could be read.
    public let ref: String?
    /// The field at fault, or nil where the whole row is.
    public let field: String?
    /// A sentence, safe to show, that says what is wrong.
    public let reason: String

    /// Creates a refusal.
    public init(line: Int, ref: String?, field: String?, reason: String) {
        self.line = line
        self.ref = ref
        self.field = field
        self.reason = reason
    }
}

/// Counts the rows of an import; `read` is the sum of the other three.
public struct IntakeCounts: Sendable, Equatable {
    /// Rows found, without the header and blank lines.
    public internal(set) var read = 0
    /// Rows written for the staging table.
    public internal(set) var accepted = 0
    /// Rows refused.
    public internal(set) var refused = 0
    /// Rows left out because the mapping's `skip_when` says so.
    public internal(set) var skipped = 0

    /// Creates counts of zero.
    public init() {}
}
