import ArgumentParser
import Foundation
import Store

/// `hearback verify`: whether the cells are what the facts say.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compute every figure's cells anew from the facts and compare them, cell by cell.",
        discussion: """
            Exits with 1 when a cell differs. --rebuild then puts everything right; the facts are never touched.
              hearback verify
              hearback verify --rebuild
            """)

    @Flag(help: "Replace all cells by freshly computed ones instead of comparing.")
    var rebuild = false
    @OptionGroup var data: DataOptions

    func run() async throws {
        let started = ContinuousClock.now
        let text = try await data.withStore { store in
            let bar = SharedProgressBar(rebuild ? "Computing" : "Comparing", total: 1000)
            defer { bar.clear() }
            if rebuild {
                let days = try await store.rebuildCells(now: Date()) { done, total in
                    bar.show(done * 1000 / max(total, 1))
                }
                return "Computed the cells of \(days) days"
            }
            let result = try await store.verifyCells(now: Date()) { done, total in bar.show(done * 1000 / total) }
            guard result.differing == 0 else { throw Differing(result: result) }
            return "All \(result.cells) cells are what the facts say"
        }
        let (seconds, attoseconds) = started.duration(to: .now).components
        printOut("\(text), in \(String(format: "%.1f", Double(seconds) + Double(attoseconds) / 1e18)) s.\n")
    }

    /// Some cells are not what the facts say.
    private struct Differing: Error, CustomStringConvertible {
        let result: CellVerification

        var description: String {
            let lines = result.differences.map { difference in
                "  \(difference.table): stored \(difference.stored ?? "nothing"), facts say \(difference.computed ?? "nothing")"
            }
            return """
                \(result.differing) of \(result.cells) cells differ from the facts. Run "hearback verify --rebuild" to put them right.
                \(lines.joined(separator: "\n"))
                """
        }
    }
}
