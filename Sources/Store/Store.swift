import Postgres

/// Everything Hearback keeps, in one PostgreSQL database. Each operation stands in a file of its own, beside its SQL.
public struct Store: Sendable {
    /// What each session must have set: intervals are added in UTC, whatever the server's zone, and statements that run in
    /// milliseconds are not compiled for seconds.
    public static let sessionSettings = ["timezone": "UTC", "jit": "off"]

    /// The same for the role that the service works as, which may change neither the schema nor what is recorded.
    public static let serviceSettings = sessionSettings.merging(["role": "hearback_service"]) { own, _ in own }

    /// The connections that the operations use.
    public let pool: PostgresPool
    /// What those who were erased are known again by; without it nothing can be imported once somebody was.
    public let suppressionKey: SuppressionKey?

    /// Creates a store over a pool whose `run()` is running or about to run.
    public init(pool: PostgresPool, suppressionKey: SuppressionKey? = nil) {
        self.pool = pool
        self.suppressionKey = suppressionKey
    }
}
