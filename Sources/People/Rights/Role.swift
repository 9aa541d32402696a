/// What a person who signs in is there for.
public enum Role: String, Sendable, CaseIterable {
    /// Lets people in and out and sets the service up.
    case administrator
    /// Reads results and follows up on them, within some teams and portfolios, or all.
    case qualityManager = "quality-manager"
    /// Sees the answers to their own contacts.
    case agent
}
