import Foundation

/// Why the private PostgreSQL could not be brought up.
public struct EmbeddedPostgresError: Error, CustomStringConvertible, Sendable {
    /// The kind of failure.
    public enum Code: Sendable {
        /// There is no PostgreSQL server on this machine.
        case notInstalled
        /// The cluster was made by another major version than those installed.
        case wrongVersion
        /// A folder cannot be used for a cluster.
        case unusableFolder
        /// initdb, pg_ctl or the server failed.
        case failed
    }

    /// The kind of failure.
    public let code: Code
    /// What happened and what can be done about it, for the operator.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Reports a failed system call.
    init(systemCall: String, _ path: String, errno number: Int32) {
        self.init(.unusableFolder, "\(systemCall) \(path): \(String(cString: strerror(number)))")
    }
}
