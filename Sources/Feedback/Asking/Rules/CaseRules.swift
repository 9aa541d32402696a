import Foundation

/// Rules about the resolution and about stops.
extension Judgement {
    var obstacle: Finding? {
        if let obstacle = subject.obstacle { return .skip(Objection(obstacle)) }
        return subject.customer == nil ? .skip(Objection(.customerUnknown)) : nil
    }

    /// Hard stops and opt-outs: no policy can override them.
    var stop: Finding? {
        // In a fixed order, whatever order they were recorded in.
        guard let stop = HardStop.allCases.first(where: subject.stops.contains) else { return nil }
        return .skip(
            Objection(AskingRule(stop), ["stops": subject.stops.map(\.rawValue).sorted().joined(separator: " ")]))
    }

    var lateness: Finding? {
        guard now >= deadline else { return nil }
        return .skip(
            Objection(
                step == .asking ? .stale : .expired,
                ["resolved": subject.resolvedAt.ISO8601Format(), "deadline": deadline.ISO8601Format()]))
    }

    var delay: Finding? {
        let until = subject.resolvedAt.addingTimeInterval(Double(policy.delay))
        guard now < until else { return nil }
        return .hold(
            until: until,
            Objection(.delay, ["resolved": subject.resolvedAt.ISO8601Format(), "delay-seconds": "\(policy.delay)"]))
    }

    /// Draws by the resolution's identifier, so that judging again draws the same.
    var sample: Finding? {
        guard policy.sampling < 1 else { return nil }
        let draw = uniform(subject.resolution)
        guard draw >= policy.sampling else { return nil }
        return .skip(Objection(.notSampled, ["rate": "\(policy.sampling)", "draw": "\(draw)"]))
    }
}

/// A number in [0, 1) for an identifier, uniform over identifiers.
///
/// Source: the finaliser of splitmix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", figure 17).
func uniform(_ identifier: Int64) -> Double {
    var bits = UInt64(bitPattern: identifier) &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((bits ^ (bits >> 31)) >> 11) * 0x1p-53
}
