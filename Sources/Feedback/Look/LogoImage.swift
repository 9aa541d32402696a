import Foundation

/// Why a file cannot be the logo.
public enum LogoProblem: Error, Equatable, CustomStringConvertible {
    case empty
    case tooLarge(bytes: Int)
    case notAPicture
    case drawing
    case broken
    case moving
    case size(width: Int, height: Int)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .empty: "Choose a file."
        case .tooLarge(let bytes):
            "The file has \(bytes / 1024 + 1) KB; the most is \(LogoImage.largest / 1024) KB, since every page carries it. Save it "
                + "smaller: 80 pixels of height are enough."
        case .notAPicture: "The file is no PNG, JPEG or WebP picture."
        case .drawing: "An SVG can carry scripts and addresses, so it is not taken. Save it as PNG."
        case .broken: "The picture is not whole."
        case .moving: "The picture moves. Save one that stands still."
        case .size(let width, let height):
            "The picture has \(width) by \(height) pixels; each side has \(LogoImage.sides.lowerBound) to "
                + "\(LogoImage.sides.upperBound)."
        }
    }
}

/// A small picture that pages carry in themselves.
///
/// What it is is read from its bytes, never from a name or from what a browser says. Pictures made of dots only: SVG is a document
/// that can carry scripts, addresses and styles, and whatever takes those out has to be right about all of them, for ever.
public struct LogoImage: Sendable, Hashable {
    /// The kinds that are taken.
    public enum Kind: String, Sendable, CaseIterable {
        case png = "image/png"
        case jpeg = "image/jpeg"
        case webp = "image/webp"
    }

    /// The most bytes: a survey page is under 30 KB with it.
    public static let largest = 8 * 1024
    /// The least and most pixels of a side; what is unpacked stays small.
    public static let sides = 8...1000

    /// What it is.
    public let kind: Kind
    /// The file.
    public let bytes: [UInt8]
    /// In pixels.
    public let width, height: Int

    /// Looks at a file.
    ///
    /// - Throws: ``LogoProblem``.
    public init(_ bytes: [UInt8]) throws(LogoProblem) {
        guard !bytes.isEmpty else { throw .empty }
        guard let kind = Self.kind(of: bytes) else { throw Self.isDrawing(bytes) ? .drawing : .notAPicture }
        guard bytes.count <= Self.largest else { throw .tooLarge(bytes: bytes.count) }
        let (width, height) =
            switch kind {
            case .png: try Self.pngSize(bytes)
            case .jpeg: try Self.jpegSize(bytes)
            case .webp: try Self.webpSize(bytes)
            }
        guard Self.sides.contains(width), Self.sides.contains(height) else {
            throw .size(width: width, height: height)
        }
        (self.kind, self.bytes, self.width, self.height) = (kind, bytes, width, height)
    }

    /// The picture as an address that carries it.
    public var address: String { "data:\(kind.rawValue);base64,\(Data(bytes).base64EncodedString())" }

    private static func kind(of bytes: [UInt8]) -> Kind? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) { return .webp }
        return nil
    }

    private static func isDrawing(_ bytes: [UInt8]) -> Bool {
        let start = String(decoding: bytes.prefix(1024), as: UTF8.self).lowercased()
        return start.contains("<svg") || start.contains("<!doctype svg")
    }
}
