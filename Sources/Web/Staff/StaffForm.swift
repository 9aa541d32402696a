import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import People

/// A form that a person of the staff has sent, read and checked.
enum StaffForm {
    /// The largest form that is read; a survey's or a policy's text is the longest field.
    static let largest = 256 * 1024

    /// Reads a form that came from a page of this site.
    ///
    /// - Parameter most: The most fields it has.
    /// - Returns: nil if it did not, or is none.
    /// - Throws: An error that becomes the page about what is too long.
    static func read(_ request: Request, atMost most: Int = 100) async throws -> FormFields? {
        guard isSameOrigin(request), mediaType(request.headers[.contentType] ?? "") == formType else { return nil }
        do {
            return FormFields(Array(try await request.body.collect(upTo: largest).readableBytesView), atMost: most)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge)
        }
    }

    /// Reads a form of somebody who is signed in: it has the token of their session's pages.
    static func read(
        _ request: Request, _ context: AppContext, atMost most: Int = 100
    ) async throws -> FormFields? {
        guard let fields = try await read(request, atMost: most), context.formToken?.isIn(fields) == true else {
            return nil
        }
        return fields
    }
}

extension StaffForm {
    /// The largest form with a file that is read; what the file may have is another question, which is answered in words.
    static let largestWithFile = 4 * 1024 * 1024

    /// Reads a form with a file, of somebody who is signed in.
    ///
    /// - Returns: nil if it did not come from a page of this site, or is none.
    /// - Throws: An error that becomes the page about what is too long.
    static func readFile(_ request: Request, _ context: AppContext) async throws -> MultipartForm? {
        guard isSameOrigin(request) else { return nil }
        let body: Data
        do {
            body = Data(try await request.body.collect(upTo: largestWithFile).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge)
        }
        guard let form = MultipartForm(body, contentType: request.headers[.contentType] ?? ""),
            context.formToken?.matches(form["token"]) == true
        else { return nil }
        return form
    }
}

extension AppContext {
    /// The network that the request came from, as it is counted and recorded by.
    var network: String {
        address.flatMap { SourceNetwork($0) }?.text ?? "unknown"
    }
}

/// A moment as pages show it.
func staffMoment(_ date: Date) -> String {
    var style = Date.FormatStyle(date: .abbreviated, time: .shortened, locale: Locale(identifier: "en_GB"))
    style.timeZone = .gmt
    return date.formatted(style) + " UTC"
}
