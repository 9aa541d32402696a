/// Writes a coordinate with at most two decimals, the same on every machine.
func coordinate(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let sign = hundredths < 0 ? "-" : ""
    let whole = hundredths.magnitude / 100
    let rest = Int(hundredths.magnitude % 100)
    if rest == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole).\(rest.isMultiple(of: 10) ? "\(rest / 10)" : twoDigits(rest))"
}

/// Writes a coordinate as a percentage of the drawing's width, so that a drawing stretches without stretching its text.
func across(_ fraction: Double) -> String { coordinate(fraction * 100) + "%" }
