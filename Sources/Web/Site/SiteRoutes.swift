import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// The dashboards, `/dashboards/…`, as the router answers them: whatever ``SiteHandler`` leaves to it.
struct SiteRoutes: Sendable {
    /// The pattern of the files' paths.
    static let route = "\(SitePath.root)/**"

    let files: SiteFiles
    let store: Store
    let now: @Sendable () -> Date

    /// Answers every request for what may be a file.
    @Sendable func read(_ request: Request, context: AppContext) async throws -> Response {
        guard let path = SitePath(request.uri.path) else { return PageReply.noSuchPage().response }
        switch try await files.item(at: path) {
        case .file(let file):
            let reply = file.reply(
                acceptEncoding: request.headers[.acceptEncoding], ifNoneMatch: request.headers[.ifNoneMatch])
            if reply.head.status == .ok { try await record(path, request, context) }
            return Response(
                status: reply.head.status, headers: reply.head.headerFields, body: .inPieces(reply.body))
        case .large(let file):
            try await record(path, request, context)
            return try file.response(to: request.headers)
        case .folder:
            return PageReply.moved(to: request.uri.path + "/" + (request.uri.query.map { "?" + $0 } ?? "")).response
        case .nothing: return PageReply.noSuchPage(in: path).response
        }
    }

    /// Answers leave with their comments: the record tells who took them.
    private func record(_ path: SitePath, _ request: Request, _ context: AppContext) async throws {
        guard path.isExport, request.method == .get else { return }
        let actor =
            context.viewer.map { Actor.person($0.person, network: context.network) }
            ?? Actor(name: "nobody", network: context.network)
        try await store.record(AuditEvent("export.answers", of: path.relative), by: actor, now: now())
    }

    /// Refuses every other method.
    @Sendable func refuse(_ request: Request, context: AppContext) -> Response {
        PageReply.onlyForReading.response
    }
}

extension ResponseBody {
    /// A body that is written as fast as it is read.
    fileprivate static func inPieces(_ body: ByteBuffer) -> ResponseBody {
        guard body.readableBytes > 64 * 1024 else { return ResponseBody(byteBuffer: body) }
        return ResponseBody(contentLength: body.readableBytes) { writer in
            var rest = body
            while let piece = rest.readSlice(length: min(64 * 1024, rest.readableBytes)), piece.readableBytes > 0 {
                try await writer.write(piece)
            }
            try await writer.finish(nil)
        }
    }
}

extension LargeFile {
    /// The file from disk, piece by piece, or word that the client has it already.
    fileprivate func response(to request: HTTPFields) throws -> Response {
        var headers = siteHeaders(of: try file.read(min(64 * 1024, identity.size), at: 0))
        let tag = "\"\(identity.inode)-\(identity.size)-\(identity.seconds).\(identity.nanoseconds)\""
        headers[.eTag] = tag
        headers[.vary] = "Accept-Encoding"
        if let known = request[.ifNoneMatch], entityTags(known, include: tag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = type
        let (file, size) = (file, identity.size)
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(contentLength: size) { writer in
                for offset in stride(from: 0, to: size, by: 64 * 1024) {
                    try await writer.write(try file.read(min(64 * 1024, size - offset), at: offset))
                }
                try await writer.finish(nil)
            })
    }
}
