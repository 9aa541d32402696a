import Synchronization

/// Files that were sent lately, up to a number of bytes; those that were not asked for the longest go first.
final class SiteCache: Sendable {
    fileprivate struct Entry {
        let file: SiteFile
        var lastUse: UInt64
    }

    fileprivate struct State {
        var entries: [SitePath: Entry] = [:]
        var size = 0
        var uses: UInt64 = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The file that was kept for a path.
    subscript(path: SitePath) -> SiteFile? {
        state.withLock { state in
            state.uses += 1
            state.entries[path]?.lastUse = state.uses
            return state.entries[path]?.file
        }
    }

    /// Keeps a file, instead of what was kept for its path.
    func keep(_ file: SiteFile, at path: SitePath) {
        state.withLock { state in
            state.remove(path)
            guard file.size <= capacity else { return }
            while state.size + file.size > capacity,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.remove(oldest.key)
            }
            state.uses += 1
            state.entries[path] = Entry(file: file, lastUse: state.uses)
            state.size += file.size
        }
    }

    /// Forgets what was kept for a path.
    func forget(_ path: SitePath) {
        state.withLock { $0.remove(path) }
    }
}

extension SiteCache.State {
    fileprivate mutating func remove(_ path: SitePath) {
        size -= entries.removeValue(forKey: path)?.file.size ?? 0
    }
}
