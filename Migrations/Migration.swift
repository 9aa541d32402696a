/// One step of the database's history: the text of a file in `Migrations/SQL`, which the program carries.
public struct Migration: Sendable {
    /// The file's name without its ending; names sort in the order of application.
    public let name: String
    /// The statements.
    public let sql: String

    /// Creates a migration.
    public init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// Every migration in order. A new file in `Migrations/SQL` gets its line here.
    public static let all = [
        Migration(name: "0001_facts", PackageResources._001_facts_sql),
        Migration(name: "0002_asking", PackageResources._002_asking_sql),
        Migration(name: "0003_cells", PackageResources._003_cells_sql),
        Migration(name: "0004_access", PackageResources._004_access_sql),
        Migration(name: "0005_demo", PackageResources._005_demo_sql),
        Migration(name: "0006_figures", PackageResources._006_figures_sql),
        Migration(name: "0007_exports", PackageResources._007_exports_sql),
        Migration(name: "0008_transfers", PackageResources._008_transfers_sql),
        Migration(name: "0009_totals", PackageResources._009_totals_sql),
        Migration(name: "0010_thresholds", PackageResources._010_thresholds_sql),
        Migration(name: "0011_deletions", PackageResources._011_deletions_sql),
        Migration(name: "0012_asking_well", PackageResources._012_asking_well_sql),
        Migration(name: "0013_follow_ups", PackageResources._013_follow_ups_sql),
        Migration(name: "0014_people", PackageResources._014_people_sql),
        Migration(name: "0015_privacy", PackageResources._015_privacy_sql),
        Migration(name: "0016_scopes", PackageResources._016_scopes_sql),
        Migration(name: "0017_agents", PackageResources._017_agents_sql),
        Migration(name: "0018_settings", PackageResources._018_settings_sql),
        Migration(name: "0019_publishing", PackageResources._019_publishing_sql),
        Migration(name: "0020_reviews_in_scope", PackageResources._020_reviews_in_scope_sql),
    ]

    private init(name: String, _ bytes: [UInt8]) {
        self.init(name: name, sql: String(decoding: bytes, as: UTF8.self))
    }
}
