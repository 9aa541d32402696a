import AsyncHTTPClient
import Foundation
import Logging
import NIOCore

/// Asks the provider, follows no redirect, and takes no more than 256 kB for a reply.
struct ProviderConnection: Sendable {
    static let largestReply = 256 * 1024

    let client: HTTPClient
    /// For a request from its beginning to the last byte of its reply.
    let timeLimit: Duration
    let logger: Logger

    init(timeLimit: Duration, logger: Logger) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        // Somebody waits for the answer; trying again is theirs to decide.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(configuration: configuration)
        self.timeLimit = timeLimit
        self.logger = logger
    }

    /// The body of a reply with status 200.
    func body(of address: String, as endpoint: ProviderEndpoint) async throws -> Data {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "Accept", value: "application/json")
        let reply = try await reply(to: request, from: endpoint)
        guard reply.status == 200 else { throw SignInProblem.status(endpoint, reply.status) }
        return reply.body
    }

    /// The reply to a request, whatever its status, unless that is a redirect.
    ///
    /// The client's own time limit ends with the reply's head, so that a body could be dripped for ever.
    func reply(to request: HTTPClientRequest, from endpoint: ProviderEndpoint) async throws -> ProviderReply {
        try await withThrowingTaskGroup(of: ProviderReply.self) { group in
            group.addTask { try await read(request, from: endpoint) }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                throw SignInProblem.unanswered(endpoint)
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private func read(_ request: HTTPClientRequest, from endpoint: ProviderEndpoint) async throws -> ProviderReply {
        do {
            let response = try await client.execute(request, timeout: TimeAmount(timeLimit))
            let status = Int(response.status.code)
            guard !(300...399).contains(status) else { throw SignInProblem.redirected(endpoint) }
            let body = try await response.body.collect(upTo: Self.largestReply)
            return ProviderReply(status: status, body: Data(body.readableBytesView))
        } catch let problem as SignInProblem {
            throw problem
        } catch is NIOTooManyBytesError {
            throw SignInProblem.replyTooLarge(endpoint)
        } catch let error as HTTPClientError where [.deadlineExceeded, .connectTimeout].contains(error) {
            throw SignInProblem.unanswered(endpoint)
        } catch {
            try Task.checkCancellation()
            logger.warning(
                "the provider could not be reached",
                metadata: ["endpoint": "\(endpoint.rawValue)", "error": "\(error)"])
            throw SignInProblem.unreachable(endpoint)
        }
    }
}

/// What the provider sent back.
struct ProviderReply: Sendable {
    let status: Int
    let body: Data
}
