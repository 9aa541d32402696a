import Hummingbird
import NIOCore
import Store

/// What a request carries besides itself.
struct AppContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection that the request came by.
    let channel: any Channel
    /// The address that the request came from: the connection's other end, or whom a trusted proxy names.
    var address: String?
    /// The API key that the request came with, where the route needs one.
    var apiKey: Int32?
    /// Who is signed in, where the route needs somebody.
    var viewer: Viewer?
    /// The token of their forms.
    var formToken: FormToken?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        address = source.channel.remoteAddress?.ipAddress
    }
}
