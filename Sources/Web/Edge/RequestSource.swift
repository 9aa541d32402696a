import Delivery
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

/// Where a request comes from.
struct RequestSource: Sendable, Equatable {
    /// The address of whoever asks; nil if it is not known.
    let address: String?
    /// Whether they ask by TLS, where a trusted proxy says so.
    let isSecure: Bool?
}

/// The proxies in front of the server whose word counts: they name whoever asks, and say how.
///
/// Everybody can send the same headers, so that they are believed of these addresses only, and only for the last hop that is not
/// one of them: what stands further left was written by strangers (RFC 7239, section 8.1).
public struct TrustedProxies: Sendable {
    private let networks: [IPNetwork]

    /// Nobody's word counts.
    public static let none = TrustedProxies(networks: [])

    /// Takes networks.
    public init(networks: [IPNetwork]) {
        self.networks = networks
    }

    /// Whether nobody's word counts.
    var isEmpty: Bool { networks.isEmpty }

    /// Where a request comes from.
    ///
    /// - Parameter peer: The address at the other end of the connection.
    func source(peer: String?, _ headers: HTTPFields) -> RequestSource {
        guard let peer, isTrusted(peer) else { return RequestSource(address: peer, isSecure: nil) }
        let listed = headers[values: .xForwardedFor].flatMap(commaParts)
        let elements = headers[values: .forwarded].flatMap(commaParts).map(ForwardedElement.init)
        let ends = [listed, elements.map { $0.node ?? "unknown" }].filter { !$0.isEmpty }
            .map { lastStranger(before: peer, $0) }
        let schemes = [headers[values: .xForwardedProto].flatMap(commaParts).last, elements.last?.scheme]
            .compactMap { $0?.lowercased() }
        return RequestSource(
            // A proxy writes one of both headers and may hand the other on as it came: where they differ, neither counts.
            address: Set(ends).count == 1 ? ends[0] : peer,
            isSecure: Set(schemes).count == 1 ? schemes[0] == "https" : nil)
    }

    private func isTrusted(_ text: String) -> Bool {
        guard let address = IPAddress(text) else { return false }
        return networks.contains { $0.contains(address) }
    }

    /// The right-most address that is no proxy's; whoever named something that is no address is as far as is known.
    private func lastStranger(before peer: String, _ nodes: [String]) -> String {
        var known = peer
        for node in nodes.reversed() {
            guard let address = address(of: node) else { return known }
            known = address
            if !isTrusted(address) { return known }
        }
        return known
    }

    /// The address of a node without port, brackets and quotation marks (RFC 7239, section 6); nil for `unknown` and names.
    private func address(of node: String) -> String? {
        var text = node.trimmingPrefix("\"")
        if text.hasSuffix("\"") { text = text.dropLast() }
        if text.hasPrefix("[") {
            text = text.dropFirst().prefix { $0 != "]" }
        } else if text.count(where: { $0 == ":" }) == 1 {
            text = text.prefix { $0 != ":" }
        }
        return IPAddress(String(text)) == nil ? nil : String(text)
    }
}

/// One hop of the header `Forwarded` (RFC 7239, section 4).
private struct ForwardedElement {
    private(set) var node: String?
    private(set) var scheme: String?

    init(_ text: String) {
        for pair in text.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let value = parts[1].trimmingCharacters(in: .whitespaces)
            switch parts[0].trimmingCharacters(in: .whitespaces).lowercased() {
            case "for": node = value
            case "proto": scheme = value.trimmingCharacters(in: ["\""])
            default: break
            }
        }
    }
}

/// The parts of a list. Commas within quotation marks part too: a stranger's open mark must not swallow what a proxy added.
private func commaParts(_ value: String) -> [String] {
    value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
}

/// Finds out where requests come from, and leads those to TLS that a proxy took without.
struct SourceMiddleware: RouterMiddleware {
    let proxies: TrustedProxies
    /// Whether cookies are kept for TLS only.
    let isSecure: Bool
    private let isWarned = Flag()

    init(proxies: TrustedProxies, isSecure: Bool) {
        self.proxies = proxies
        self.isSecure = isSecure
    }

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let source = proxies.source(peer: context.channel.remoteAddress?.ipAddress, request.headers)
        context.address = source.address
        switch source.isSecure {
        case false? where isSecure && (request.method == .get || request.method == .head):
            // Nobody could sign in: browsers keep none of the cookies.
            guard let host = request.head.authority else { break }
            return Response(status: .permanentRedirect, headers: [.location: "https://\(host)\(request.uri.string)"])
        case true? where !isSecure && !isWarned.raise():
            context.logger.warning(
                "a trusted proxy takes TLS, but HEARBACK_BASE is no https address: cookies are not kept for TLS only")
        default: break
        }
        return try await next(request, context)
    }
}

/// Something that happens once.
private final class Flag: Sendable {
    private let isRaised = Atomic(false)

    /// Raises it, and tells whether it was raised before.
    func raise() -> Bool { isRaised.exchange(true, ordering: .relaxed) }
}
