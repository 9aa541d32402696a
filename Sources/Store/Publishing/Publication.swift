import Crypto
import Foundation
import People

/// When something was published, and by whom.
public struct Publication: Sendable, Equatable {
    /// When.
    public let at: Date
    /// A person's name, or an actor of the record such as `command root`; nil for what was published before this was kept.
    public let by: String?

    /// Creates a publication.
    public init(at: Date, by: String?) {
        self.at = at
        self.by = by
    }
}

/// Somebody published while a change was being written; nothing was published over it.
public struct NewerVersion: Error, Equatable {
    /// The newest version's number.
    public let number: Int32
    /// When it was published, and by whom.
    public let publication: Publication

    /// Throws itself if the newest version is not the one that a change began from.
    static func refuse(_ newest: (number: Int32, publication: Publication)?, unless base: Int32?) throws {
        guard let base, let newest, newest.number != base else { return }
        throw NewerVersion(number: newest.number, publication: newest.publication)
    }
}

/// A published version as the record tells of it: its number and the digest of its text.
struct RecordedVersion: Encodable {
    let version: Int32
    let sha256: String

    init(_ version: Int32, _ source: String) {
        self.version = version
        sha256 = SHA256.hash(data: Data(source.utf8)).hexadecimal
    }
}
