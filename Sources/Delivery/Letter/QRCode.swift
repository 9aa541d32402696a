import CQRCode

/// A QR code of an address: byte mode, error correction M, the smallest version that holds it (ISO/IEC 18004).
public struct QRCode: Sendable, Equatable {
    /// The modules on a side without the quiet zone: 21 for version 1, four more for each further version.
    public let side: Int
    private let dark: [Bool]

    /// The bytes that version 40 holds with error correction M (ISO/IEC 18004, table 7).
    public static let capacity = 2331

    /// Encodes an address as its UTF-8 bytes.
    ///
    /// - Throws: ``QRCodeError``
    public init(_ address: String) throws(QRCodeError) {
        let bytes = Array(address.utf8)
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= Self.capacity else { throw .tooLong(bytes: bytes.count) }
        // With bytes and their number, because the library's functions for strings stop at a zero byte.
        // Version 0 asks for the smallest.
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else { throw .outOfMemory }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        // The lowest bit of a module is its colour; the others say what it is for.
        dark = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
    }

    /// Whether a module is dark; rows and columns count from 0 at the top left, without the quiet zone.
    public func isDark(row: Int, column: Int) -> Bool {
        dark[row * side + column]
    }
}

/// Why an address cannot be made a QR code.
public enum QRCodeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is nothing to encode.
    case empty
    /// The address has more bytes than the largest code holds.
    case tooLong(bytes: Int)
    /// The library could not have the memory it needed.
    case outOfMemory

    /// What is wrong, without the address.
    public var description: String {
        switch self {
        case .empty: "an empty address cannot be made a QR code"
        case .tooLong(let bytes): "an address of \(bytes) bytes is too long for a QR code (\(QRCode.capacity) at most)"
        case .outOfMemory: "there was not enough memory to make a QR code"
        }
    }
}
