import HTTPTypes
import Hummingbird

extension Response {
    /// Sends a browser to another page of this site.
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    }
}
