import ArgumentParser
import Delivery
import Feedback
import Foundation
import Logging
import Store

/// `hearback letters`: a batch of letters for the print room.
struct LettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "letters", abstract: "Write the letters that are due into one file to print, a page each.",
        discussion: """
            The file is HTML: open it in a browser and print it, or hand it to the print room. Each letter has the customer's link and \
            its code. Letters that are written count as sent; should the program be stopped before it says so, they are \
            written once more an hour later.
              hearback letters batch.html --sender "12 High Street" --sender "London N1 9GU" --base https://feedback.example.com
            """)

    @Argument(help: "The file to write; it must not exist.", completion: .file())
    var file: String

    @Option(help: "a4 or letter.")
    var paper = LetterPaper.a4

    @Option(help: ArgumentHelp("A line of the sender's address; may be given several times.", valueName: "line"))
    var sender: [String] = []

    @Option(help: ArgumentHelp("The address that links begin with; HEARBACK_BASE if left out.", valueName: "address"))
    var base: String?

    @Flag(help: "Begin with a sheet for the print room.")
    var cover = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        guard access(file, F_OK) != 0 else { throw ValidationError("\(file) exists already; choose another name") }
        let draft = file + ".\(getpid())"
        guard FileManager.default.createFile(atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: draft)
        else { throw ValidationError("\(draft) cannot be written") }
        defer { unlink(draft) }
        let written = try await data.withStore { store in
            let keys = try LinkKeyFile.load(folder: data.folder)
            let delivery = try DeliveryOptions(
                environment: ProcessInfo.processInfo.environment, base: base, keys: keys)
            try await delivery.templates.reload(from: store)
            guard delivery.base.hasPrefix("https://") else {
                throw ValidationError(
                    "--base must be the address that customers reach the server by, beginning with https://")
            }
            let printing = try LetterPrinting(
                store: store, paper: paper, sender: sender, writer: delivery.writer, output: handle)
            let claimed = try await store.claimMessages(
                ClaimRequest(channel: .letter, limit: 50_000, lease: 3600), now: Date())
            let results = try await printing.write(claimed, withCover: cover)
            try handle.synchronize()
            try handle.close()
            // Only what lies safely in its place counts as sent.
            let count = results.filter { if case .sent = $0.outcome { true } else { false } }.count
            if count > 0, rename(draft, file) != 0 {
                throw ValidationError("\(file) cannot be written: \(String(cString: strerror(errno)))")
            }
            try await store.record(results, now: Date())
            return (count, results.count - count)
        }
        printOut(
            written.0 == 0 && written.1 == 0
                ? "No letter is due.\n"
                : "\(written.0) letters in \(file)."
                    + (written.1 > 0
                        ? " \(written.1) could not be written; see \"hearback deliveries --state dead\"." : "")
                    + "\n")
    }
}

/// Writes claimed messages as letters, one after the other.
private struct LetterPrinting {
    private let store: Store
    private let batch: LetterBatch
    private let name: String
    private let sender: [String]
    private let writer: MessageWriter
    private let output: FileHandle

    init(store: Store, paper: LetterPaper, sender: [String], writer: MessageWriter, output: FileHandle) throws {
        self.store = store
        batch = try LetterBatch(paper: paper)
        // Distinct for each batch, and sorted by time.
        name = "B\(Int(Date().timeIntervalSince1970))"
        self.sender = sender
        self.writer = writer
        self.output = output
    }

    func write(_ messages: [ClaimedMessage], withCover: Bool) async throws -> [DeliveryResult] {
        let organisation = try await store.organisation()
        let surveys = Dictionary(
            uniqueKeysWithValues: try await store.surveyVersions(after: 0).map { ($0.id, $0.survey) })
        let letters = LetterWriter(
            writer: writer, sender: LetterSender(name: organisation.name, address: sender), batch: name)
        let now = Date()
        let cover = LetterCover(
            batch: name, letters: messages.count, date: now.formatted(.iso8601.year().month().day()))
        try output.write(contentsOf: Data(batch.head(cover: withCover ? cover : nil).utf8))
        var results: [DeliveryResult] = []
        for message in messages {
            guard let survey = surveys[message.surveyVersion] else { continue }
            do {
                let step = SendingStep(message: message, survey: survey, organisation: organisation, now: now)
                let page = try batch.page(of: try letters.letter(step))
                try output.write(contentsOf: Data(page.utf8))
                results.append(
                    DeliveryResult(message, .sent(providerReference: message.idempotencyKey), detail: "batch \(name)"))
            } catch let error as LetterError {
                results.append(DeliveryResult(message, .refused(suspendsAddress: false), detail: "\(error)"))
            } catch let error as MessageModelProblem {
                results.append(DeliveryResult(message, .refused(suspendsAddress: false), detail: "\(error)"))
            }
        }
        try output.write(contentsOf: Data(batch.foot.utf8))
        return results
    }
}

extension LetterPaper: ExpressibleByArgument {}
