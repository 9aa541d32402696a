import ArgumentParser
import Delivery
import Foundation
import Store

/// `hearback bounces`: takes note of mail that came back.
struct BouncesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bounces",
        abstract: "Read a mailbox of delivery reports and wishes to unsubscribe.",
        discussion: """
            The file is a mailbox (mbox) of what came to the sender's address. Only reports of messages that were sent to the address \
            they name count. Messages that came back go on by the next channel \
            of their policy. Reading the same file again changes nothing more.
              hearback bounces /var/mail/care
            """)

    @Argument(help: "The mailbox file.", completion: .file())
    var file: String

    @OptionGroup var data: DataOptions

    func run() async throws {
        guard let handle = FileHandle(forReadingAtPath: file) else { throw ValidationError("\(file) cannot be read") }
        let mails = try returned(in: handle)
        let (bounces, known, stopped) = try await data.withStore { store in
            let keys = try LinkKeyFile.load(folder: data.folder)
            var (bounces, known, stopped) = (0, 0, 0)
            for mail in mails {
                switch mail {
                case .bounce(let bounce):
                    bounces += 1
                    guard let message = bounce.message else { continue }
                    let report = DeliveryReport.failed(
                        detail: "came back: \(bounce.status)", suspendsAddress: bounce.isPermanent)
                    if try await store.note(report, ofEmail: message, to: bounce.address, now: Date()) { known += 1 }
                case .unsubscribe(let token):
                    guard let invitation = keys.invitation(ofOwnPage: token) else { continue }
                    if try await store.optOut(invitation: invitation, source: "e-mail", now: Date()) { stopped += 1 }
                }
            }
            return (bounces, known, stopped)
        }
        printOut("\(bounces) reports, \(known) of known messages; \(stopped) wishes to unsubscribe.\n")
    }

    /// Reads the file piece by piece; only what it tells is kept.
    private func returned(in handle: FileHandle) throws -> [ReturnedMail] {
        var reader = BounceReader()
        var found: [ReturnedMail] = []
        var rest: [UInt8] = []
        while let piece = try handle.read(upToCount: 1 << 16), !piece.isEmpty {
            rest += piece
            var start = 0
            while let end = rest[start...].firstIndex(of: 0x0A) {
                if let mail = reader.read(line(rest[start..<end])) { found.append(mail) }
                start = end + 1
            }
            rest.removeFirst(start)
            // No line of a report is that long.
            if rest.count > 1 << 20 { rest = [] }
        }
        if !rest.isEmpty, let mail = reader.read(line(rest[...])) { found.append(mail) }
        if let mail = reader.finish() { found.append(mail) }
        return found
    }

    private func line(_ bytes: ArraySlice<UInt8>) -> Substring {
        String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)[...]
    }
}
