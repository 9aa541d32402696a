import ArgumentParser
import Migrations

/// `hearback migrate`: the database brought up to date, as every command does when it starts.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database up to this program's migrations.",
        discussion: "Every command does this when it starts; this one does nothing else.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await data.withStore { _ in }
        printOut("The database is up to date: \(Migration.all.last?.name ?? "").\n")
    }
}
