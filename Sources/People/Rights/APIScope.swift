/// What a key of the programming interface may do.
public enum APIScope: String, Sendable, CaseIterable {
    /// Bring in contacts, complaints and opt-outs.
    case ingest
    /// Read figures and answers.
    case read
    /// Give out and erase what is held about a customer.
    case manage
}
