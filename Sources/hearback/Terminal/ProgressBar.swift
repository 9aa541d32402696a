import Foundation
import Synchronization

/// A bar on a terminal's standard error; nothing where standard error is no terminal.
struct ProgressBar {
    private let title: String
    private let total: Int
    private let isShown: Bool
    private var lastShown = -1

    /// Creates a bar for a total of some unit, such as bytes.
    init(_ title: String, total: Int) {
        self.title = title
        self.total = max(total, 1)
        isShown = isatty(STDERR_FILENO) == 1
    }

    /// Shows how much is done, with a note behind it.
    mutating func show(_ done: Int, note: String = "") {
        let percent = min(100, done * 100 / total)
        guard isShown, percent != lastShown else { return }
        lastShown = percent
        let filled = percent * 30 / 100
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        write("\r\(title) \(bar) \(percent) % \(note)\u{1B}[K")
    }

    /// Removes the bar.
    func clear() {
        if isShown { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}

/// A bar that several tasks may move.
final class SharedProgressBar: Sendable {
    private let bar: Mutex<ProgressBar>

    init(_ title: String, total: Int) {
        bar = Mutex(ProgressBar(title, total: total))
    }

    func show(_ done: Int) {
        bar.withLock { $0.show(done) }
    }

    func clear() {
        bar.withLock { $0.clear() }
    }
}
