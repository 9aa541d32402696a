import ArgumentParser
import Delivery
import Foundation
import Web

/// What stands between browsers and the server: TLS of its own, or proxies.
struct EdgeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Speak TLS with the certificates in this file, the server's own first (PEM).",
            discussion: "Both files are read anew when they change; connections that are open go on.",
            valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("The private key of the certificate (PEM, without a passphrase).", valueName: "file"))
    var privateKey: String?

    @Option(
        name: .customLong("trusted-proxy"),
        help: ArgumentHelp(
            "A proxy in front of the server, which names whoever asks; may be given several times.",
            discussion:
                "Of these addresses alone, X-Forwarded-For or Forwarded, and X-Forwarded-Proto, are believed.",
            valueName: "address or network"))
    var trustedProxy: [IPNetwork] = []

    var trustedProxies: TrustedProxies { TrustedProxies(networks: trustedProxy) }

    func validate() throws {
        guard (certificate == nil) == (privateKey == nil) else {
            throw ValidationError("--certificate and --private-key belong together")
        }
    }

    /// The certificate, if TLS is to be spoken.
    func loadCertificate(now: Date) throws -> ServerCertificate? {
        guard let certificate, let privateKey else { return nil }
        do {
            return try ServerCertificate(certificate: certificate, privateKey: privateKey, now: now)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}

extension IPNetwork: ExpressibleByArgument {
    /// Reads a network, or an address, which is one of itself.
    public init?(argument: String) {
        let length = argument.contains("/") ? "" : argument.contains(":") ? "/128" : "/32"
        guard let network = try? IPNetwork(argument + length) else { return nil }
        self = network
    }
}
