import Foundation
import Testing

@testable import Web

@Suite struct ServerCertificateTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
    /// A minute later, since certificates count from the next second.
    private let now = Date() + 60

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    @Test func aCertificateAndItsKeyAreTaken() throws {
        try make("a")
        _ = try load("a.pem", "a.key")
        // With a chain behind it.
        try make("b")
        let chain = try text("a.pem") + text("b.pem")
        try write(chain, to: "chain.pem")
        _ = try load("chain.pem", "a.key")
        #expect(throws: CertificateProblem.mismatch) { try load("chain.pem", "b.key") }
    }

    @Test func whatIsWrongIsSaidInWords() throws {
        try make("a")
        try make("b")
        try write("no PEM at all", to: "text")
        try write("", to: "empty")
        func problem(_ certificate: String, _ key: String) throws -> String {
            let problem = #expect(throws: CertificateProblem.self) { try load(certificate, key) }
            return try #require(problem).description
        }
        #expect(try problem("nothing.pem", "a.key").contains("nothing.pem cannot be read: No such file"))
        #expect(try problem("a.pem", "nothing.key").contains("nothing.key cannot be read: No such file"))
        #expect(try problem("text", "a.key").contains("text has no certificate"))
        #expect(try problem("a.key", "a.key").contains("a.key has no certificate"))
        #expect(try problem("a.pem", "text").contains("text has no private key"))
        #expect(try problem("a.pem", "a.pem").contains("a.pem has no private key"))
        #expect(try problem("empty", "a.key").contains("empty"))
        #expect(try problem("", "a.key").contains("cannot be read"))
        #expect(try problem("a.pem", "b.key").contains("not that of the first certificate"))
        try run(["pkey", "-in", "a.key", "-aes256", "-passout", "pass:secret", "-out", "locked.key"])
        #expect(try problem("a.pem", "locked.key").contains("without a passphrase"))
    }

    @Test func itsTimeIsLookedAt() throws {
        try make("a")
        let (certificate, key) = (path("a.pem"), path("a.key"))
        let later = now + 2 * 86_400
        let problem = #expect(throws: CertificateProblem.self) {
            try ServerCertificate(certificate: certificate, privateKey: key, now: later)
        }
        #expect(try #require(problem).description.hasPrefix("the certificate's time ended on 20"))
        let earlier = now - 86_400
        let early = #expect(throws: CertificateProblem.self) {
            try ServerCertificate(certificate: certificate, privateKey: key, now: earlier)
        }
        #expect(try #require(early).description.hasPrefix("the certificate's time only begins on 20"))
    }

    @Test func changedFilesAreTakenUpOnceBothFit() throws {
        try make("a")
        try make("b")
        let served = try load("a.pem", "a.key")
        let first = served.context
        #expect(try !served.reload(now: now))
        #expect(served.context === first)
        // A certificate without its key is no use, and is told once.
        try write(try text("b.pem"), to: "a.pem")
        #expect(throws: CertificateProblem.mismatch) { try served.reload(now: now) }
        #expect(try !served.reload(now: now))
        #expect(served.context === first)
        try write(try text("b.key"), to: "a.key")
        #expect(try served.reload(now: now))
        #expect(served.context !== first)
        try FileManager.default.removeItem(at: folder.appending(path: "a.pem"))
        let second = served.context
        #expect(throws: CertificateProblem.self) { try served.reload(now: now) }
        #expect(served.context === second)
    }

    private func path(_ name: String) -> String { name.isEmpty ? "" : folder.appending(path: name).path }

    private func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    private func write(_ text: String, to name: String) throws {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    }

    @discardableResult
    private func load(_ certificate: String, _ key: String) throws(CertificateProblem) -> ServerCertificate {
        try ServerCertificate(certificate: path(certificate), privateKey: path(key), now: now)
    }

    /// Makes a certificate that is good for a day, with its key.
    private func make(_ name: String) throws {
        try run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj",
            "/CN=localhost", "-keyout", "\(name).key", "-out", "\(name).pem",
        ])
    }

    private func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
