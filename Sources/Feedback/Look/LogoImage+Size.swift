extension LogoImage {
    /// Walks the chunks of a PNG to its end (PNG, third edition, section 5).
    static func pngSize(_ bytes: [UInt8]) throws(LogoProblem) -> (width: Int, height: Int) {
        var size: (Int, Int)?
        var offset = 8
        while offset + 12 <= bytes.count {
            let length = bigEndian(bytes, offset, 4)
            let name = bytes[(offset + 4)..<(offset + 8)]
            guard length <= bytes.count - offset - 12 else { throw .broken }
            if size == nil {
                guard name.elementsEqual("IHDR".utf8), length == 13 else { throw .broken }
                size = (bigEndian(bytes, offset + 8, 4), bigEndian(bytes, offset + 12, 4))
            }
            if name.elementsEqual("acTL".utf8) { throw .moving }
            offset += 12 + length
            if name.elementsEqual("IEND".utf8) {
                guard let size, offset == bytes.count else { throw .broken }
                return size
            }
        }
        throw .broken
    }

    /// Walks the segments of a JPEG to its frame (ITU-T T.81, annex B).
    static func jpegSize(_ bytes: [UInt8]) throws(LogoProblem) -> (width: Int, height: Int) {
        guard bytes.suffix(2).elementsEqual([0xFF, 0xD9]) else { throw .broken }
        var offset = 2
        while offset + 9 <= bytes.count {
            guard bytes[offset] == 0xFF else { throw .broken }
            let marker = bytes[offset + 1]
            if marker == 0xFF {
                offset += 1
                continue
            }
            switch marker {
            // Frames; C4, C8 and CC are tables.
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                return (bigEndian(bytes, offset + 7, 2), bigEndian(bytes, offset + 5, 2))
            // The picture begins without a frame before it, or a marker that has no length.
            case 0xD0...0xDA, 0x00, 0x01: throw .broken
            default:
                let length = bigEndian(bytes, offset + 2, 2)
                guard length >= 2 else { throw .broken }
                offset += 2 + length
            }
        }
        throw .broken
    }

    /// Reads the first chunk of a WebP (RFC 9649, section 2).
    static func webpSize(_ bytes: [UInt8]) throws(LogoProblem) -> (width: Int, height: Int) {
        guard bytes.count >= 30, littleEndian(bytes, 4, 4) == bytes.count - 8 else { throw .broken }
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8X":
            if bytes[20] & 0x02 != 0 { throw .moving }
            return (littleEndian(bytes, 24, 3) + 1, littleEndian(bytes, 27, 3) + 1)
        case "VP8L":
            guard bytes[20] == 0x2F else { throw .broken }
            let packed = littleEndian(bytes, 21, 4)
            return (packed & 0x3FFF + 1, packed >> 14 & 0x3FFF + 1)
        case "VP8 ":
            guard bytes[23] == 0x9D, bytes[24] == 0x01, bytes[25] == 0x2A else { throw .broken }
            return (littleEndian(bytes, 26, 2) & 0x3FFF, littleEndian(bytes, 28, 2) & 0x3FFF)
        default: throw .broken
        }
    }

    private static func bigEndian(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
        bytes[offset..<(offset + count)].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func littleEndian(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
        bytes[offset..<(offset + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
