import Foundation
import NIOSSL
import Synchronization

/// Why a certificate and its key cannot be served with.
public enum CertificateProblem: Error, Equatable, CustomStringConvertible {
    /// A file cannot be read, with the system's reason.
    case unreadable(path: String, reason: String)
    /// The file has no certificate in PEM.
    case noCertificate(path: String)
    /// The file has no private key in PEM, or one behind a passphrase.
    case noKey(path: String)
    /// The key is not that of the first certificate in the file.
    case mismatch
    /// The certificate's time is over.
    case expired(since: Date)
    /// The certificate's time has not begun.
    case notYetValid(until: Date)
    /// The library refuses both.
    case refused

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .noCertificate(let path):
            "\(path) has no certificate in PEM; the server's own comes first, those between it and the root after it"
        case .noKey(let path): "\(path) has no private key in PEM without a passphrase"
        case .mismatch: "the private key is not that of the first certificate in the file"
        case .expired(let date): "the certificate's time ended on \(date.ISO8601Format())"
        case .notYetValid(let date): "the certificate's time only begins on \(date.ISO8601Format())"
        case .refused: "TLS cannot be set up with this certificate and key"
        }
    }
}

/// The certificate that the server shows, read anew when its files change.
///
/// Connections that are open keep the one they began with.
public final class ServerCertificate: Sendable {
    private struct State {
        var context: NIOSSLContext
        /// What the files were when they were last looked at, whether or not they could be used.
        var files: [FileStamp]
    }

    private let certificate, privateKey: String
    private let state: Mutex<State>

    /// Reads both files.
    ///
    /// - Throws: ``CertificateProblem``.
    public init(certificate: String, privateKey: String, now: Date) throws(CertificateProblem) {
        self.certificate = certificate
        self.privateKey = privateKey
        let files = [FileStamp(certificate), FileStamp(privateKey)]
        state = Mutex(State(context: try Self.context(certificate, privateKey, now: now), files: files))
    }

    /// What new connections are encrypted with.
    var context: NIOSSLContext { state.withLock(\.context) }

    /// Takes up changed files; what cannot be used changes nothing, and is told once until they change again.
    ///
    /// - Returns: Whether there is a new certificate.
    /// - Throws: ``CertificateProblem``, such as while only one of both files is new.
    @discardableResult
    public func reload(now: Date) throws(CertificateProblem) -> Bool {
        let files = [FileStamp(certificate), FileStamp(privateKey)]
        guard state.withLock({ $0.files != files }) else { return false }
        state.withLock { $0.files = files }
        let context = try Self.context(certificate, privateKey, now: now)
        state.withLock { $0.context = context }
        return true
    }

    private static func context(
        _ certificatePath: String, _ keyPath: String, now: Date
    ) throws(CertificateProblem) -> NIOSSLContext {
        let chainText = try bytes(of: certificatePath)
        let keyText = try bytes(of: keyPath)
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(chainText), let own = chain.first else {
            throw .noCertificate(path: certificatePath)
        }
        // Without a passphrase of ours the library would ask for one at the terminal.
        guard let key = try? NIOSSLPrivateKey(bytes: keyText, format: .pem, passphraseCallback: { $0([UInt8]()) })
        else { throw .noKey(path: keyPath) }
        let start = Date(timeIntervalSince1970: Double(own.notValidBefore))
        let end = Date(timeIntervalSince1970: Double(own.notValidAfter))
        if now >= end { throw .expired(since: end) }
        if now < start { throw .notYetValid(until: start) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        // Only with keys that are forgotten after the connection (RFC 9325, section 4.2).
        configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        configuration.applicationProtocols = ["http/1.1"]
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            // Both could be read by themselves: they do not belong together.
            if let error = error as? NIOSSLError, case .failedToLoadPrivateKey = error { throw .mismatch }
            throw .refused
        }
    }

    private static func bytes(of path: String) throws(CertificateProblem) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard let data = try? file.read(upToCount: 1024 * 1024) else {
            throw .unreadable(path: path, reason: "it is not a file, or empty")
        }
        return Array(data)
    }
}

/// What shows that a file is another than before.
private struct FileStamp: Equatable {
    private let numbers: [Int]

    init(_ path: String) {
        var status = stat()
        let found = stat(path, &status) == 0
        numbers =
            found
            ? [
                Int(status.st_ino), Int(status.st_size), Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec),
            ] : []
    }
}
