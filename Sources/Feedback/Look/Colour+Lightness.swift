import Foundation

/// A colour by lightness and two axes of hue, even to the eye (Oklab, Ottosson 2020).
struct PerceivedColour {
    var lightness: Double
    var greenRed, blueYellow: Double

    init(_ colour: Colour) {
        let (red, green, blue) = colour.linear
        let long = cbrt(0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue)
        let middle = cbrt(0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue)
        let short = cbrt(0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue)
        lightness = 0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short
        greenRed = 1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short
        blueYellow = 0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short
    }

    /// The colour of sRGB; with less of its hue where sRGB has none so strong.
    var colour: Colour {
        var strength = 1.0
        while strength > 0 {
            if let found = inside(strength) { return found }
            strength -= 0.02
        }
        return inside(0) ?? (lightness < 0.5 ? Colour.black : .white)
    }

    private func inside(_ strength: Double) -> Colour? {
        let (hue, saturation) = (greenRed * strength, blueYellow * strength)
        let long = pow(lightness + 0.396_337_777_4 * hue + 0.215_803_757_3 * saturation, 3)
        let middle = pow(lightness - 0.105_561_345_8 * hue - 0.063_854_172_8 * saturation, 3)
        let short = pow(lightness - 0.089_484_177_5 * hue - 1.291_485_548_0 * saturation, 3)
        let channels = [
            4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
        ]
        // Half a step of a channel of 255 beyond the ends is rounding.
        guard channels.allSatisfy({ $0 > -0.0002 && $0 < 1.0005 }) else { return nil }
        let steps = channels.map { value -> UInt8 in
            let value = min(1, max(0, value))
            let curved = value <= 0.003_130_8 ? value * 12.92 : 1.055 * pow(value, 1 / 2.4) - 0.055
            return UInt8((curved * 255).rounded())
        }
        return Colour(red: steps[0], green: steps[1], blue: steps[2])
    }
}

extension Colour {
    static let black = Colour(red: 0, green: 0, blue: 0)
    static let white = Colour(red: 255, green: 255, blue: 255)

    /// The colour of the same hue, as little lighter or darker as can be, of which something is true; nil if of none.
    func nearest(where isRight: (Colour) -> Bool) -> Colour? {
        if isRight(self) { return self }
        let start = PerceivedColour(self)
        for step in 1...500 {
            for direction in [-1.0, 1] {
                var other = start
                other.lightness += direction * Double(step) * 0.002
                guard (0...1).contains(other.lightness) else { continue }
                let colour = other.colour
                if isRight(colour) { return colour }
            }
        }
        return [Colour.black, .white].first(where: isRight)
    }
}
