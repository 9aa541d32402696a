import ArgumentParser
import Delivery
import Foundation
import Store

/// `hearback bounces`: takes note of mail that came back.
struct BouncesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bounces",
        abstract: "Read a mailbox of delivery reports and stop using addresses that do not work.",
        discussion: """
            The file is a mailbox (mbox) of what came back to the sender's address. Messages that came back go on by the next channel \
            of their policy. Reading the same file again changes nothing more.
              hearback bounces /var/mail/care
            """)

    @Argument(help: "The mailbox file.", completion: .file())
    var file: String

    @OptionGroup var data: DataOptions

    func run() async throws {
        guard let handle = FileHandle(forReadingAtPath: file) else { throw ValidationError("\(file) cannot be read") }
        let bounces = try reports(in: handle)
        let (known, suspended) = try await data.withStore { store in
            var known = 0
            var suspended = 0
            for bounce in bounces {
                if let message = bounce.message {
                    let report = DeliveryReport.failed(
                        detail: "came back: \(bounce.status)", suspendsAddress: bounce.isPermanent)
                    if try await store.note(report, ofProviderReference: message, now: Date()) { known += 1 }
                }
                if bounce.isPermanent {
                    try await store.suspendAddress(bounce.address, reason: "returned", now: Date())
                    suspended += 1
                }
            }
            return (known, suspended)
        }
        printOut(
            "\(bounces.count) reports: \(known) of known messages; \(suspended) addresses are not used any more.\n")
    }

    /// Reads the file piece by piece; only the reports are kept.
    private func reports(in handle: FileHandle) throws -> [Bounce] {
        var reader = BounceReader()
        var bounces: [Bounce] = []
        var rest: [UInt8] = []
        while let piece = try handle.read(upToCount: 1 << 16), !piece.isEmpty {
            rest += piece
            var start = 0
            while let end = rest[start...].firstIndex(of: 0x0A) {
                if let bounce = reader.read(line(rest[start..<end])) { bounces.append(bounce) }
                start = end + 1
            }
            rest.removeFirst(start)
            // No line of a report is that long.
            if rest.count > 1 << 20 { rest = [] }
        }
        if !rest.isEmpty, let bounce = reader.read(line(rest[...])) { bounces.append(bounce) }
        if let bounce = reader.finish() { bounces.append(bounce) }
        return bounces
    }

    private func line(_ bytes: ArraySlice<UInt8>) -> Substring {
        String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)[...]
    }
}
