import ArgumentParser
import Dashboards
import Foundation
import Intake
import Store

/// What an import did; the parts add up to the rows that were read.
struct ImportSummary: Sendable {
    var read = 0
    var created = 0
    var updated = 0
    var unchanged = 0
    var refused = 0
    var skipped = 0
    var refusedFile: String?

    func text(isDryRun: Bool) -> String {
        var table = TextTable(columns: [
            .init(heading: isDryRun ? "would be" : "rows"), .init(heading: "", isNumber: true),
        ])
        table.rows = [
            ["created", "\(created)"], ["updated", "\(updated)"], ["unchanged", "\(unchanged)"],
            ["refused", "\(refused)"], ["skipped", "\(skipped)"], ["read", "\(read)"],
        ]
        let listing = refusedFile.map { "Refused rows with their reasons: \($0)\n" } ?? ""
        return table.text + listing
    }
}

/// One file on its way into the facts, piece by piece and in one transaction.
struct FileImport: Sendable {
    /// How much of a file is read at a time, and so roughly how much of it is in memory.
    private static let chunkSize = 1 << 18
    /// How many bytes of rows are merged at a time.
    private static let batchSize = 8 << 20

    let kind: IntakeKind
    let path: String
    let zone: String?
    let dryRun: Bool

    func run(_ intake: FileIntake, into store: Store) async throws -> ImportSummary {
        try await store.importing(kind, zone: zone, dryRun: dryRun) { session in
            guard let input = FileHandle(forReadingAtPath: path) else {
                throw ValidationError("\(path) cannot be opened; is the name right?")
            }
            var bar = ProgressBar("Importing \(kind.rawValue)", total: Int(try input.seekToEnd()))
            defer { bar.clear() }
            try input.seek(toOffset: 0)
            var intake = intake
            var refusals = try RefusalFile(path + ".refused.csv")
            defer { refusals.discard() }
            var summary = ImportSummary()
            var rows: [UInt8] = []
            var refused: [Refusal] = []
            var done = 0
            while true {
                let chunk = try input.read(upToCount: Self.chunkSize) ?? Data()
                done += chunk.count
                try intake.consume(Array(chunk).span, isLast: chunk.isEmpty, rows: &rows, refusals: &refused)
                if rows.count >= Self.batchSize || chunk.isEmpty {
                    refused += summary.take(try await session.merge(rows))
                    rows.removeAll(keepingCapacity: true)
                    try refusals.write(refused.sorted { $0.line < $1.line })
                    refused.removeAll(keepingCapacity: true)
                }
                bar.show(done, note: "\(intake.counts.read) rows")
                if chunk.isEmpty { break }
            }
            summary.read = intake.counts.read
            summary.skipped = intake.counts.skipped
            summary.refused = refusals.count
            summary.refusedFile = try refusals.finish()
            return summary
        }
    }
}

extension ImportSummary {
    /// Counts what became of records.
    ///
    /// - Returns: Those that the database refused.
    fileprivate mutating func take(_ records: [MergedRecord]) -> [Refusal] {
        var refused: [Refusal] = []
        for record in records {
            switch record.status {
            case .created: created += 1
            case .updated: updated += 1
            case .unchanged: unchanged += 1
            case .refused:
                refused.append(Refusal(line: record.line, ref: record.ref, field: nil, reason: record.reason ?? ""))
            }
        }
        return refused
    }
}

/// The list of refused rows, written beside the file as they are found; it has its name only when it is complete.
private struct RefusalFile {
    private(set) var count = 0
    private let path: String
    private let unfinished: String
    private let handle: FileHandle

    init(_ path: String) throws {
        self.path = path
        unfinished = path + ".unfinished"
        guard FileManager.default.createFile(atPath: unfinished, contents: Data("line,ref,field,reason\r\n".utf8)),
            let handle = FileHandle(forWritingAtPath: unfinished)
        else { throw ValidationError("\(unfinished) cannot be written; refused rows are listed there") }
        self.handle = handle
        try handle.seekToEnd()
    }

    mutating func write(_ refusals: [Refusal]) throws {
        guard !refusals.isEmpty else { return }
        count += refusals.count
        let listing = refusals.map { refusal in
            [String(refusal.line), refusal.ref ?? "", refusal.field ?? "", refusal.reason].map(csvField)
                .joined(separator: ",") + "\r\n"
        }
        try handle.write(contentsOf: Data(listing.joined().utf8))
    }

    /// Closes the list and gives it its name; when nothing was refused, there is none, nor one of an earlier time.
    ///
    /// - Returns: The list's path, if it holds anything.
    func finish() throws -> String? {
        try handle.close()
        if count > 0 {
            guard rename(unfinished, path) == 0 else { throw ValidationError("\(path) cannot be written") }
            return path
        }
        unlink(path)
        return nil
    }

    /// Removes a list that was not finished.
    func discard() {
        unlink(unfinished)
    }
}
