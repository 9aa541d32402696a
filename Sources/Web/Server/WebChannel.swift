import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1
import NIOSSL

/// A connection: survey pages, and dashboards in memory, are answered on its event loop, everything else by the router.
struct WebChannel: ServerChildChannel {
    /// How long a connection may stand still between requests.
    private static let idleTimeout = TimeAmount.seconds(30)

    /// The router's part of a connection.
    let http: HTTP1Channel
    let routes: SurveyRoutes
    let site: SiteFiles
    let access: SiteAccess
    let dates: DateHeader
    /// What TLS is spoken with; nil for plain HTTP.
    let certificate: ServerCertificate?
    /// Whether browsers reach the server by TLS, here or at a proxy.
    let isSecure: Bool

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            if let certificate {
                try pipeline.addHandlers(PlainRequestRefusal(), NIOSSLServerHandler(context: certificate.context))
            }
            try pipeline.addHandler(
                SiteHandler(
                    files: site, access: access, dates: dates, metrics: routes.metrics,
                    idleTimeout: Self.idleTimeout, isSecure: isSecure))
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = 16 * 1024
            limits.maxHeaderListSize = 32 * 1024
            limits.maxHeaderFieldCount = 100
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: true, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
            try pipeline.addHandlers(
                HTTP1ToHTTPServerCodec(secure: certificate != nil), RequestDeadline(.seconds(20)),
                HTTPConnectionStateHandler(idleTimeout: .nanoseconds(Self.idleTimeout.nanoseconds), logger: logger),
                SurveyHandler(routes: routes, dates: dates, isSecure: isSecure), SafeHeadersHandler(isSecure: isSecure))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await http.handle(value: value, logger: logger)
    }
}
