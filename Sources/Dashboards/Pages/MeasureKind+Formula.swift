import Statistics
import Store

extension MeasureKind {
    /// How the value comes from what is counted.
    var formula: String {
        switch self {
        case .nps: "(answers 9 and 10 − answers 0 to 6) ÷ all answers × 100"
        case .csat: "answers 4 and 5 ÷ all answers"
        case .csatTopBox: "answers 5 ÷ all answers"
        case .csatMean: "sum of answers ÷ number of answers"
        case .ces: "sum of answers ÷ number of answers, for each scale by itself"
        case .netEasy:
            "(answers on the easy side − answers on the hard side) ÷ all answers × 100; the middle counts as neither"
        case .fcrStated: "“yes” ÷ (“yes” + “no”)"
        case .fcrObserved:
            "first contacts without a repeat ÷ first contacts whose window has passed; a repeat starts no later than the "
                + "first one’s end + the window"
        case .fcrCombined: "the same, of first contacts whose outcome is not recorded as unresolved"
        case .fcrWindow(.first, _):
            "first contacts without a repeat about the same topic ÷ first contacts whose window has passed"
        case .fcrWindow(.every, _): "contacts without a repeat about the same topic ÷ contacts whose window has passed"
        case .fcrWindow(.anyTopic, _):
            "first contacts without a repeat about any topic ÷ first contacts whose window has passed"
        case .handleTime(_, .mean): "(talk + hold + after-contact work, in seconds) ÷ handled"
        case .handleTime(_, .talk): "seconds of talk ÷ handled"
        case .handleTime(_, .hold): "seconds on hold ÷ handled"
        case .handleTime(_, .wrap): "seconds of after-contact work ÷ handled"
        case .handleTime(_, .short): "handled in 10 seconds or less ÷ handled"
        case .handleTime(_, .median): "the value at half of all handle times in order (Hyndman–Fan type 7)"
        case .handleTime(_, .p90): "the value at nine tenths of all handle times in order (Hyndman–Fan type 7)"
        case .responseRate:
            "RR2 = (I + P) ÷ ((I + P) + (R + NC + O) + (UH + UO)). Nobody can decline yet and deliveries are not known, so this is: "
                + "answered ÷ invitations"
        case .completion: "answers to everything asked on a scale ÷ answers"
        case .invitationRate: "resolutions with an invitation ÷ (resolutions − those not decided about yet)"
        case .knownCustomers: "inbound contacts whose customer is known ÷ inbound contacts"
        case .complaintsReceived: "number of complaints by the day they were received"
        case .complaintsReopened: "closings that were reopened since ÷ closings"
        case .resolutionTime(.mean): "time from receipt to closing, summed ÷ closings"
        case .resolutionTime(.median): "the value at half of all times in order (Hyndman–Fan type 7)"
        case .resolutionTime(.p90): "the value at nine tenths of all times in order (Hyndman–Fan type 7)"
        }
    }

    /// How the interval is computed; asked of the sample, so that the words follow what is done.
    var interval: IntervalMethod { IntervalMethod(MeasureCounts().sample(self, days: 1)) }
}

/// A way to compute an interval, and whose it is.
enum IntervalMethod: CaseIterable {
    case adjustedWald, wilson, student, orderStatistics, poisson

    init(_ sample: Sample) {
        self =
            switch sample {
            case .net: .adjustedWald
            case .share: .wilson
            case .mean: .student
            case .quantile: .orderStatistics
            case .events: .poisson
            }
    }

    var name: String {
        switch self {
        case .adjustedWald: "adjusted Wald"
        case .wilson: "Wilson’s score"
        case .student: "Student’s t"
        case .orderStatistics: "two of the values in order"
        case .poisson: "exact Poisson"
        }
    }

    /// What is computed.
    var formula: String {
        switch self {
        case .adjustedWald:
            "¾ of an answer is added at either end and 1½ in the middle; then score ± 1.96 standard errors, within −100 and +100. The "
                + "score itself is shown as counted"
        case .wilson: "(x + z²/2) ÷ (n + z²) ± z ÷ (n + z²) · √(x (n − x) ÷ n + z²/4), with z = 1.96"
        case .student: "mean ± t · s ÷ √n, on n − 1 degrees of freedom"
        case .orderStatistics:
            "those of rank n p ± 1.96 √(n p (1 − p)), rounded up; read from a histogram, so within 1.6 % of the exact ones"
        case .poisson: "half the χ² quantiles on 2x and 2x + 2 degrees of freedom"
        }
    }

    var source: String {
        switch self {
        case .adjustedWald: "B. Rocks 2016, The American Statistician 70, 365–372"
        case .wilson: "E. B. Wilson 1927, Journal of the American Statistical Association 22, 209–212"
        case .student: "Student 1908, Biometrika 6, 1–25"
        case .orderStatistics: "W. J. Conover 1999, Practical Nonparametric Statistics, section 3.2"
        case .poisson: "F. Garwood 1936, Biometrika 28, 437–442"
        }
    }
}
