import Statistics
import Store

extension MeasureCounts {
    /// The measure with its interval, or nil where there is nothing to measure.
    public func estimate(_ kind: MeasureKind) -> Estimate? {
        switch kind {
        case .nps:
            AnswerCounts(scale: 0...10, counts: scores["nps"] ?? []).flatMap(NPSCounts.init)?.estimate()
        case .csat:
            scores["csat"].flatMap { CSATCounts(Array($0[1...5])) }?.topTwo.estimate()
        case .ces(let instrument):
            scores[instrument.cellName].flatMap { CESCounts(instrument, counts: Array($0[1...instrument.points])) }?
                .moments.estimate()
        case .fcrStated:
            // The cell counts no as 0 and yes as 1.
            scores["resolved"].flatMap { Share($0[1], of: $0[0] + $0[1]).estimate() }
        case .fcrObserved:
            Share(firstResolved, of: firstContacts).estimate()
        case .aht:
            handleTime.moments.estimate()
        case .responseRate:
            Dispositions(
                complete: answered, partial: 0, refused: 0, noContact: invited - answered, other: 0, unknownDelivery: 0,
                unknownOther: 0
            ).responseRate2.estimate()
        }
    }

    /// The effort scales that were answered: each is a measure of its own.
    public var instruments: [CESInstrument] {
        CESInstrument.known.filter { scores[$0.cellName] != nil }
    }

    /// What the measure leaves out, or counts though it may change.
    func note(on kind: MeasureKind) -> String? {
        switch kind {
        case .fcrObserved:
            guard let known = Share(knownContacts, of: contacts).proportion else { return nil }
            let pending = "\(Figures.whole(pendingContacts)) first contacts are pending"
            return "The customer is known for \(kind.text(known)) of \(Figures.whole(contacts)) contacts; \(pending)."
        case .responseRate:
            return "An invitation that can still be answered counts as not answered yet."
        case .nps, .csat, .ces, .fcrStated, .aht:
            return nil
        }
    }

    private var handleTime: HandleTime {
        HandleTime(
            handled: handled, talk: talkSeconds, hold: holdSeconds, afterContactWork: wrapSeconds,
            sumOfSquares: squareSeconds)
    }
}

extension CESInstrument {
    /// Every effort scale that a survey can ask on.
    fileprivate static let known: [CESInstrument] = [5, 7].flatMap { points in
        [Direction.lowerIsBetter, .higherIsBetter].compactMap { CESInstrument(points: points, direction: $0) }
    }

    fileprivate var cellName: String {
        "ces\(points)-\(direction == .lowerIsBetter ? "lower" : "higher")"
    }
}

extension MeasureKind {
    /// The measures of a page, in their order: one for each effort scale that was answered.
    public static func all(instruments: [CESInstrument]) -> [MeasureKind] {
        [.nps, .csat] + (instruments.isEmpty ? [CESInstrument.effort] : instruments).map(MeasureKind.ces)
            + [.fcrStated, .fcrObserved(days: 7), .aht, .responseRate]
    }
}
