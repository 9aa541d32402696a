/// The three headers that tell a webhook's receiver who sent it and when (Standard Webhooks 1.0.0).
public struct WebhookHeaders: Equatable, Sendable {
    /// `webhook-id`: names the message, the same at every attempt.
    public let id: String
    /// `webhook-timestamp`: the attempt's moment in seconds since 1970.
    public let timestamp: String
    /// `webhook-signature`: one signature for each secret, with spaces between.
    public let signature: String

    /// Takes the headers' values as they came.
    public init(id: String, timestamp: String, signature: String) {
        self.id = id
        self.timestamp = timestamp
        self.signature = signature
    }

    /// The headers' names and values, for a request.
    public var fields: [(name: String, value: String)] {
        [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)]
    }
}
