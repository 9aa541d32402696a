import Foundation

/// A colour of the sRGB space.
public struct Colour: Sendable, Hashable {
    /// Each channel, 0 to 255.
    public let red, green, blue: UInt8

    /// Creates a colour from its channels.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// Reads a colour as style sheets write it: "#0b5d5a", or "#0bd" for "#00bbdd".
    public init?(_ text: String) {
        guard text.utf8.first == UInt8(ascii: "#") else { return nil }
        let digits = text.utf8.dropFirst().map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 3 || digits.count == 6, !digits.contains(nil) else { return nil }
        let known = digits.compactMap(\.self)
        let channels =
            known.count == 3 ? known.map { $0 * 17 } : [0, 2, 4].map { known[$0] * 16 + known[$0 + 1] }
        self.init(red: UInt8(channels[0]), green: UInt8(channels[1]), blue: UInt8(channels[2]))
    }

    /// The colour as style sheets write it, such as "#0b5d5a".
    public var text: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// How much light it gives, 0 for black to 1 for white (WCAG 2.2, "relative luminance").
    public var luminance: Double {
        let (red, green, blue) = linear
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// How far two colours can be told apart, 1 to 21 (WCAG 2.2, "contrast ratio").
    public func contrast(with other: Colour) -> Double {
        let (brighter, darker) = (max(luminance, other.luminance), min(luminance, other.luminance))
        return (brighter + 0.05) / (darker + 0.05)
    }

    /// The colour that comes of laying so much of it, 0 to 1, over a ground.
    public func over(_ ground: Colour, share: Double) -> Colour {
        func mix(_ own: UInt8, _ other: UInt8) -> UInt8 {
            UInt8((Double(other) + (Double(own) - Double(other)) * share).rounded())
        }
        return Colour(
            red: mix(red, ground.red), green: mix(green, ground.green), blue: mix(blue, ground.blue))
    }

    /// The colour as a filter `brightness(…)` shows it (Filter Effects Level 1).
    public func brightened(by factor: Double) -> Colour {
        func bright(_ channel: UInt8) -> UInt8 { UInt8(min(255, (Double(channel) * factor).rounded())) }
        return Colour(red: bright(red), green: bright(green), blue: bright(blue))
    }

    /// The channels without sRGB's curve.
    var linear: (red: Double, green: Double, blue: Double) {
        func straighten(_ channel: UInt8) -> Double {
            let value = Double(channel) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return (straighten(red), straighten(green), straighten(blue))
    }
}
