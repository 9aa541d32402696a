import Statistics
import Store

extension MeasureCounts {
    /// What stands behind a measure of these counts, over a number of days.
    func sample(_ kind: MeasureKind, days: Int) -> Sample {
        switch kind {
        case .nps: .net(npsCounts)
        case .csat: .share(csatCounts?.topTwo ?? .none)
        case .csatTopBox: .share(csatCounts?.topBox ?? .none)
        case .csatMean: .mean(csatCounts?.moments ?? .none)
        case .ces(let instrument): .mean(cesCounts(instrument)?.moments ?? .none)
        case .netEasy(let instrument): .net(cesCounts(instrument)?.netEasyCounts ?? .none)
        // The cells count no as 0 and yes as 1.
        case .fcrStated: .share(yesShare("resolved"))
        case .fcrObserved: .share(Share(contacts.firstResolved, of: contacts.first))
        case .fcrCombined: .share(Share(contacts.combinedResolved, of: contacts.combined))
        case .fcrWindow(let rule, let days): .share(windowShare(rule, days))
        case .handleTime(let unit, let statistic):
            (unit == .leg ? legs : wholeContacts).sample(statistic)
        case .responseRate: .share(dispositions.responseRate2)
        case .completion: .share(dispositions.completionRate(brokenOff: 0))
        case .invitationRate: .share(Share(asking.invited, of: asking.resolutions - asking.waiting))
        case .knownCustomers: .share(Share(contacts.known, of: contacts.all))
        case .complaintsReceived: .events(EventCount(complaints.received, over: Double(days)))
        case .complaintsReopened: .share(Share(complaints.reopened, of: complaints.closings))
        case .resolutionTime(let statistic): complaints.sample(statistic)
        }
    }

    /// The measure with its interval, or nil where there is nothing to measure.
    public func estimate(_ kind: MeasureKind, days: Int) -> Estimate? {
        sample(kind, days: days).estimate
    }

    /// The effort scales that were answered: each is a measure of its own.
    public var instruments: [CESInstrument] {
        CESInstrument.known.filter { scores[$0.cellName] != nil }
    }

    /// The same counts with suspect answers left out.
    public var withoutSuspects: MeasureCounts {
        var counts = self
        counts.scores = scores.merging(suspectScores) { zip($0, $1).map(-) }
        counts.suspectScores = [:]
        return counts
    }

    /// The same counts with the answers that accepted objections keep out.
    var withExcluded: MeasureCounts {
        var counts = self
        counts.scores.merge(excludedScores) { zip($0, $1).map(+) }
        counts.excludedScores = [:]
        return counts
    }

    /// How many answers are kept out.
    var excluded: Int { excludedScores["complete"]?.reduce(0, +) ?? 0 }

    /// How invitations ended. Nobody can refuse yet, and nothing is known of deliveries.
    var dispositions: Dispositions {
        Dispositions(
            complete: asking.complete, partial: asking.answered - asking.complete, refused: 0,
            noContact: asking.invited - asking.answered, other: 0, unknownDelivery: 0, unknownOther: 0)
    }

    var npsCounts: NPSCounts {
        AnswerCounts(scale: 0...10, counts: scores["nps"] ?? []).flatMap(NPSCounts.init) ?? .none
    }

    var csatCounts: CSATCounts? { scores["csat"].flatMap { CSATCounts(Array($0[1...5])) } }

    func cesCounts(_ instrument: CESInstrument) -> CESCounts? {
        scores[instrument.cellName].flatMap { CESCounts(instrument, counts: Array($0[1...instrument.points])) }
    }

    private func yesShare(_ instrument: String) -> Share {
        scores[instrument].map { Share($0[1], of: $0[0] + $0[1]) } ?? .none
    }

    private func windowShare(_ rule: RepeatRule, _ days: Int) -> Share {
        guard let place = WindowCounts.days.firstIndex(of: days), windows.indices.contains(place) else { return .none }
        let window = windows[place]
        return switch rule {
        case .first: Share(window.firstResolved, of: window.first)
        case .every: Share(window.closedResolved, of: window.closed)
        case .anyTopic: Share(window.anyTopicResolved, of: window.anyTopic)
        }
    }
}

extension HandlingCounts {
    fileprivate func sample(_ statistic: HandleStatistic) -> Sample {
        switch statistic {
        case .mean: .mean(Moments(n: handled, sum: talk + hold + wrap, sumOfSquares: squares))
        case .median: .quantile(histogram, 0.5)
        case .p90: .quantile(histogram, 0.9)
        case .talk: .mean(Moments(n: handled, sum: talk, sumOfSquares: talkSquares))
        case .hold: .mean(Moments(n: handled, sum: hold, sumOfSquares: holdSquares))
        case .wrap: .mean(Moments(n: handled, sum: wrap, sumOfSquares: wrapSquares))
        case .short: .share(Share(short, of: handled))
        }
    }

    var histogram: DurationHistogram { DurationHistogram(buckets: buckets) ?? DurationHistogram(seconds: []) }
}

extension ComplaintCounts {
    fileprivate func sample(_ statistic: TimeStatistic) -> Sample {
        switch statistic {
        case .mean: .mean(Moments(n: closings, sum: minutes, sumOfSquares: squares))
        case .median: .quantile(histogram, 0.5)
        case .p90: .quantile(histogram, 0.9)
        }
    }

    private var histogram: DurationHistogram { DurationHistogram(buckets: buckets) ?? DurationHistogram(seconds: []) }
}

extension SumCounts {
    var moments: Moments { Moments(n: n, sum: sum, sumOfSquares: squares) }
}
