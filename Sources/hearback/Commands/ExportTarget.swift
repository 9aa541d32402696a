import ArgumentParser
import Foundation
import Synchronization

/// Where an export goes: a file that has its name only when it is complete, or standard output.
final class ExportTarget: Sendable {
    private let path: String?
    private let unfinished: String?
    private let handle: FileHandle
    private let written = Mutex(0)
    /// A note would stand among the lines if both went to the same terminal.
    private let showsProgress: Bool

    /// Opens a file, or standard output without a path.
    init(_ path: String?) throws {
        self.path = path
        showsProgress = isatty(STDERR_FILENO) == 1 && (path != nil || isatty(STDOUT_FILENO) == 0)
        guard let path else {
            unfinished = nil
            handle = .standardOutput
            // The end of the reader must not end the program before it has closed what it opened.
            signal(SIGPIPE, SIG_IGN)
            return
        }
        let unfinished = "\(path).\(getpid()).unfinished"
        guard FileManager.default.createFile(atPath: unfinished, contents: nil),
            let handle = FileHandle(forWritingAtPath: unfinished)
        else { throw ValidationError("\(path) cannot be written; is the folder there?") }
        self.unfinished = unfinished
        self.handle = handle
    }

    /// Writes bytes.
    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(handle.fileDescriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                // Whoever reads has seen enough.
                throw ExitCode.failure
            } else if errno != EINTR {
                throw ValidationError("\(path ?? "the output") cannot be written: \(String(cString: strerror(errno)))")
            }
        }
        guard showsProgress else { return }
        let megabytes = written.withLock { written in
            written += bytes.count
            return written / 1_000_000
        }
        FileHandle.standardError.write(Data("\rExported \(megabytes) MB\u{1B}[K".utf8))
    }

    /// Gives the file its name.
    func finish() throws {
        guard let path, let unfinished else { return }
        try handle.close()
        guard rename(unfinished, path) == 0 else { throw ValidationError("\(path) cannot be written") }
    }

    /// Removes the progress note, and a file that was not finished.
    func discard() {
        if showsProgress { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        if let unfinished { unlink(unfinished) }
    }
}
