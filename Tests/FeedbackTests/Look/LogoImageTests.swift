import Testing

@testable import Feedback

@Suite struct LogoImageTests {
    private static func png(_ width: Int, _ height: Int, _ more: [UInt8] = [], end: Bool = true) -> [UInt8] {
        func bytes(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + bytes(13) + Array("IHDR".utf8) + bytes(width)
            + bytes(height) + [8, 6, 0, 0, 0] + bytes(0) + more + (end ? bytes(0) + Array("IEND".utf8) + bytes(0) : [])
    }

    private static func chunk(_ name: String, _ count: Int) -> [UInt8] {
        [0, 0, UInt8(count >> 8), UInt8(count & 255)] + Array(name.utf8) + [UInt8](repeating: 0, count: count + 4)
    }

    private static func jpeg(_ width: Int, _ height: Int) -> [UInt8] {
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xFF, 0xC2, 0, 17, 8, UInt8(height >> 8), UInt8(height & 255)]
            + [UInt8(width >> 8), UInt8(width & 255), 3, 0, 0, 0, 0xFF, 0xD9]
    }

    private static func webp(_ kind: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array("WEBP\(kind)".utf8) + [UInt8(data.count), 0, 0, 0] + data
        return Array("RIFF".utf8) + [UInt8(body.count), 0, 0, 0] + body
    }

    @Test(arguments: [
        (png(320, 80), "image/png", 320, 80), (jpeg(300, 90), "image/jpeg", 300, 90),
        (webp("VP8X", [0x10, 0, 0, 0, 199, 0, 0, 49, 0, 0]), "image/webp", 200, 50),
        (webp("VP8L", [0x2F, 0xC7, 0x40, 0x0C, 0, 0, 0, 0, 0, 0]), "image/webp", 200, 50),
        (webp("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 200, 0, 50, 0]), "image/webp", 200, 50),
    ])
    func picturesAreKnownByTheirBytes(bytes: [UInt8], type: String, width: Int, height: Int) throws {
        let image = try LogoImage(bytes)
        #expect(image.kind.rawValue == type && image.width == width && image.height == height)
        #expect(image.address.hasPrefix("data:\(type);base64,"))
    }

    @Test(arguments: [
        ([], LogoProblem.empty), (Array("GIF89a".utf8), .notAPicture), (Array("<html>".utf8), .notAPicture),
        (Array("<?xml version=\"1.0\"?><svg onload=\"alert(1)\"/>".utf8), .drawing),
        (Array("<SVG><script>".utf8), .drawing), (png(0, 80), .size(width: 0, height: 80)),
        (png(100_000, 100_000), .size(width: 100_000, height: 100_000)), (png(7, 80), .size(width: 7, height: 80)),
        (png(80, 80, end: false), .broken), (png(80, 80) + Array("<script>".utf8), .broken),
        (png(80, 80, chunk("acTL", 8)), .moving), (png(80, 80, chunk("IDAT", 9000)), .tooLarge(bytes: 9057)),
        (png(80, 80, [0xFF, 0xFF, 0xFF, 0xFF] + Array("IDAT".utf8)), .broken),
        ([0xFF, 0xD8, 0xFF], .broken), (Array(jpeg(300, 90).dropLast()), .broken),
        (webp("VP8X", [0x12, 0, 0, 0, 199, 0, 0, 49, 0, 0]), .moving),
        (webp("ICCP", [UInt8](repeating: 0, count: 10)), .broken),
        (webp("VP8 ", [UInt8](repeating: 0, count: 10)), .broken), (Array("RIFF\0\0\0\0WEBP".utf8), .broken),
    ])
    func whatIsNoSmallPictureIsRefusedInWords(bytes: [UInt8], problem: LogoProblem) {
        #expect(throws: problem) { try LogoImage(bytes) }
        #expect(problem.description.hasSuffix("."))
    }

    /// Every beginning of a picture, and every picture with one byte another, is a picture or a problem, and never a crash.
    @Test(arguments: [
        png(320, 80, chunk("tEXt", 20)), jpeg(300, 90), webp("VP8L", [0x2F, 0xC7, 0x40, 0x0C, 0, 0, 0, 0, 0, 0]),
    ])
    func brokenPicturesBreakNothing(bytes: [UInt8]) {
        for count in 0..<bytes.count { #expect(throws: LogoProblem.self) { try LogoImage(Array(bytes.prefix(count))) } }
        for index in bytes.indices {
            for value in [0, 1, 0x7F, 0xFF] as [UInt8] {
                var other = bytes
                other[index] = value
                if let image = try? LogoImage(other) { #expect(LogoImage.sides.contains(image.width)) }
            }
        }
    }
}
