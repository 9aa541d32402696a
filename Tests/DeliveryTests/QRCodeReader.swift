/// Reads a small QR code's modules without the library that made them (ISO/IEC 18004).
///
/// Versions 1 to 3 with error correction M, whose bytes stand in one block.
struct QRCodeReader {
    let side: Int
    let isDark: (_ row: Int, _ column: Int) -> Bool

    /// The level of error correction: 0 is M.
    var errorCorrection: Int { format >> 3 }

    /// The five bits beside the first finder pattern that say how the rest is written.
    private var format: Int {
        let columns = [0, 1, 2, 3, 4]
        return columns.reduce(0) { $0 << 1 | (isDark(8, $1) ? 1 : 0) } ^ 0b10101
    }

    /// The bytes that the code holds, or nil if it is not in byte mode.
    var bytes: [UInt8]? {
        var bits = data[...]
        func take(_ count: Int) -> Int {
            defer { bits = bits.dropFirst(count) }
            return bits.prefix(count).reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
        }
        guard take(4) == 0b0100 else { return nil }
        let count = take(8)
        return (0..<count).map { _ in UInt8(take(8)) }
    }

    /// The data's modules without the mask: up and down in pairs of columns from the right, around column 6.
    private var data: [Bool] {
        var bits: [Bool] = []
        var upwards = true
        for right in [Int](stride(from: side - 1, to: 6, by: -2)) + [5, 3, 1] {
            for step in 0..<side {
                let row = upwards ? side - 1 - step : step
                for column in [right, right - 1] where !isFunction(row, column) {
                    bits.append(isDark(row, column) != isMasked(row, column))
                }
            }
            upwards.toggle()
        }
        return bits
    }

    private func isFunction(_ row: Int, _ column: Int) -> Bool {
        let inFinder = (row < 9 && (column < 9 || column >= side - 8)) || (row >= side - 8 && column < 9)
        let inAlignment = side > 21 && abs(row - (side - 7)) <= 2 && abs(column - (side - 7)) <= 2
        return inFinder || inAlignment || row == 6 || column == 6
    }

    private func isMasked(_ row: Int, _ column: Int) -> Bool {
        switch format & 7 {
        case 0: (row + column) % 2 == 0
        case 1: row % 2 == 0
        case 2: column % 3 == 0
        case 3: (row + column) % 3 == 0
        case 4: (row / 2 + column / 3) % 2 == 0
        case 5: row * column % 2 + row * column % 3 == 0
        case 6: (row * column % 2 + row * column % 3) % 2 == 0
        default: ((row + column) % 2 + row * column % 3) % 2 == 0
        }
    }
}
