import Foundation
import Store

/// Keeps a site for each set of teams or portfolios that somebody sees who does not see everything, and removes those that nobody sees
/// any more.
public actor ScopedSites {
    private let store: Store
    /// Where the sites stand, each in a folder named by its scope.
    private let folder: URL
    private var builders: [FigureScope: SiteBuilder] = [:]

    /// Prepares for the sites below another's folder, `site`.
    public init(store: Store, site: String) {
        self.store = store
        folder = URL(filePath: site, directoryHint: .isDirectory).appending(path: SiteBuilder.partsFolder)
    }

    /// Brings every site's overviews up to date, and then one more of its parts.
    ///
    /// - Returns: How many files were written, and what kept the others from being written, by site: one's failure is not another's.
    public func build(now: Date) async throws -> (files: Int, failures: [String: any Error]) {
        let scopes = try await store.seenScopes()
        builders = builders.filter { scopes.contains($0.key) }
        var (files, failures) = (0, [String: any Error]())
        do { try removeOthers(than: Set(scopes.map(\.siteKey))) } catch {
            failures["what nobody sees any more"] = error
        }
        for scope in scopes {
            let path = folder.appending(path: scope.siteKey).path(percentEncoded: false)
            let builder = builders[scope] ?? SiteBuilder(store: store, folder: path, scope: scope, isServed: true)
            builders[scope] = builder
            do {
                files += try await builder.build(.overviews, now: now).files
                files += try await builder.build(.further(1), now: now).files
            } catch {
                failures[scope.siteKey] = error
            }
        }
        return (files, failures)
    }

    private func removeOthers(than keys: Set<String>) throws {
        let path = folder.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path) else { return }
        for name in try FileManager.default.contentsOfDirectory(atPath: path) where !keys.contains(name) {
            try FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }
}
