/// One value of a result in its binary form; valid only while it is being decoded.
public struct PostgresCell {
    /// The type of the column, or of the array's elements.
    let type: PostgresType
    /// The bytes; nil for a null.
    let content: UnsafeRawBufferPointer?

    /// The bytes of a value that must not be null.
    func bytes() throws(PostgresError) -> UnsafeRawBufferPointer {
        guard let content else { throw PostgresError(.decoding, "the value is null") }
        return content
    }

    /// Reads an integer in network byte order that fills the whole cell.
    func integer<Integer: FixedWidthInteger>(_: Integer.Type) throws(PostgresError) -> Integer {
        let bytes = try bytes()
        guard bytes.count == MemoryLayout<Integer>.size else {
            throw PostgresError(.decoding, "the value has \(bytes.count) bytes, not \(MemoryLayout<Integer>.size)")
        }
        return Integer(bigEndian: bytes.loadUnaligned(as: Integer.self))
    }

    /// Reads the cell as text; the session's encoding is always UTF-8.
    func text() throws(PostgresError) -> String {
        String(decoding: try bytes(), as: UTF8.self)
    }

    /// Reads an array of integers of one width without nulls in one pass; nil for any other, which is read element by element.
    func integers<Integer: FixedWidthInteger>(_: Integer.Type) -> [Integer]? {
        guard let content, content.count >= 20 else { return nil }
        func word(_ offset: Int) -> Int {
            Int(Int32(bigEndian: content.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
        }
        let (dimensions, count) = (word(0), word(12))
        switch PostgresType(oid: UInt32(truncatingIfNeeded: word(8))) {
        case _ where dimensions != 1 || count < 0: return nil
        case .int2: return integers(count, as: Int16.self)
        case .int4: return integers(count, as: Int32.self)
        case .int8: return integers(count, as: Int64.self)
        default: return nil
        }
    }

    /// Reads so many integers of a width, each behind its length, after the array's header of 20 bytes.
    private func integers<Integer: FixedWidthInteger, Wire: FixedWidthInteger>(
        _ count: Int, as _: Wire.Type
    ) -> [Integer]? {
        let width = MemoryLayout<Wire>.size
        // A null has no bytes behind its length, so an array with one is shorter.
        guard let content, content.count == 20 + count * (4 + width) else { return nil }
        return [Integer](unsafeUninitializedCapacity: count) { elements, initialized in
            for index in 0..<count {
                let offset = 24 + index * (4 + width)
                let wire = Wire(bigEndian: content.loadUnaligned(fromByteOffset: offset, as: Wire.self))
                elements.initializeElement(at: index, to: Integer(truncatingIfNeeded: wire))
            }
            initialized = count
        }
    }

    /// Calls `body` with each element of a one-dimensional array, in the layout of `array_send`.
    func forEachElement(
        reserve: (Int) -> Void, _ body: (PostgresCell) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        let bytes = try bytes()
        var offset = 0
        func next() throws(PostgresError) -> Int32 {
            guard offset + 4 <= bytes.count else { throw PostgresError(.decoding, "the array is cut short") }
            defer { offset += 4 }
            return Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
        }
        let dimensions = try next()
        _ = try next()
        let element = PostgresType(oid: UInt32(bitPattern: try next()))
        guard dimensions > 0 else { return }
        guard dimensions == 1 else { throw PostgresError(.decoding, "the array has \(dimensions) dimensions") }
        let count = try next()
        _ = try next()
        reserve(Int(count))
        for _ in 0..<count {
            let length = Int(try next())
            guard length >= 0 else {
                try body(PostgresCell(type: element, content: nil))
                continue
            }
            guard offset + length <= bytes.count else { throw PostgresError(.decoding, "the array is cut short") }
            try body(PostgresCell(type: element, content: .init(rebasing: bytes[offset..<offset + length])))
            offset += length
        }
    }
}
