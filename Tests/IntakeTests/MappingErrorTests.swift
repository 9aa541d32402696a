import Testing

@testable import Intake

@Suite struct MappingErrorTests {
    @Test(arguments: [
        (
            "fields:\n  ref: id\n  nam: x\n",
            ["line 3: \"nam\" is no key of agents; did you mean \"name\"? There are: ref, name, team, active"]
        ),
        (
            "feilds: {ref: id}\n",
            [
                "line 1: \"feilds\" is no key of a mapping; did you mean \"fields\"? "
                    + "There are: kind, delimiter, zone, empty, skip_when, fields",
                "line 1: fields is missing: it says which column gives which field",
            ]
        ),
        ("fields:\n  name: x\n", ["line 2: ref is missing, and every row needs it"]),
        (
            "kind: accounts\nfields: {ref: id}\n",
            ["line 1: this mapping is for \"accounts\", and agents are to be imported"]
        ),
        (
            "delimiter: x\nzone: \"+02:00\"\nfields: {ref: id}\n",
            [
                "line 1: delimiter \"x\" is none of \",\", \";\", \"|\", \":\" and tab",
                "line 2: zone \"+02:00\" is not a zone name such as America/New_York",
            ]
        ),
        (
            "fields:\n  ref: id\n  active: {constant: maybe}\n",
            ["line 3: active \"maybe\" is not true or false (or yes or no, 1 or 0)"]
        ),
        (
            "fields:\n  ref: id\n  active:\n    from: a\n    values:\n      x: true\n      y: perhaps\n",
            ["line 7: active \"perhaps\" is not true or false (or yes or no, 1 or 0)"]
        ),
        (
            "fields:\n  ref: {from: a, constant: b}\n",
            ["line 2: ref needs either from (a column) or constant (a value)"]
        ),
        ("fields:\n  ref: {whole: true}\n", ["line 2: ref needs either from (a column) or constant (a value)"]),
        ("fields:\n  ref: {from: a, whole: 7}\n", ["line 2: whole is true or false"]),
        ("fields:\n  ref: {constant: a, empty: b}\n", ["line 2: empty has no meaning beside constant"]),
        (
            "fields:\n  ref: {from: a, format: yyyy, unit: clock}\n",
            ["line 2: ref is no date and takes no format", "line 2: ref is no duration and takes no unit"]
        ),
        ("fields:\n  ref: {from: a, otherwise: b}\n", ["line 2: otherwise needs values beside it"]),
        ("fields:\n  ref: \"{a\"\n", ["line 2: a brace is opened and not closed in \"{a\""]),
        (
            "fields:\n  ref:\n",
            ["line 2: ref needs the name of a column; leave the key out if the file has none"]
        ),
        (
            "fields:\n  ref: id\nskip_when: {column: a}\n",
            ["line 3: a condition needs column and is, as in {column: state, is: [\"Closed*\"]}"]
        ),
        ("fields:\n  ref: a\n  ref: b\n", ["line 2: appears twice: ref"]),
        ("", ["The mapping is empty."]),
        (
            "- a\n",
            [
                "line 1: a mapping is written as keys and values; the keys are kind, delimiter, zone, empty, skip_when, fields"
            ]
        ),
    ])
    func everyMistakeIsNamedWithItsLine(yaml: String, messages: [String]) {
        let error = problem { _ = try FileMapping(yaml: yaml, kind: .agents) }
        #expect(error?.code == .mapping)
        #expect(error?.description == messages.joined(separator: "\n"))
    }

    @Test(arguments: [
        ("format: dd-mm-yyyy", "format \"dd-mm-yyyy\" has minutes (mm) but no hour (HH); months are MM"),
        ("format: yyyy-MM", "format \"yyyy-MM\" needs a year (yyyy), a month (MM) and a day (dd)"),
        ("time: \"25:00\"", "time \"25:00\" is not a time of day such as \"23:59:59\""),
        (
            "format: yyyy-MM-dd HH:mm, time: \"10:00\"",
            "time completes dates without one, and every format here has one"
        ),
    ])
    func mistakesInDatesAreNamed(options: String, message: String) {
        let yaml = "fields:\n  ref: id\n  started_at: {from: a, \(options)}\n"
        let error = problem { _ = try FileMapping(yaml: yaml, kind: .interactions) }
        #expect(error?.problems == [IntakeError.Problem(line: 3, message: message)])
    }

    @Test(arguments: ["fields: {ref: id", "a: b: c", "fields: [\u{1}]", "\tx: y", "*a", "fields: &x {ref: *x}"])
    func whatIsNoYAMLIsAnError(yaml: String) {
        #expect(problem { _ = try FileMapping(yaml: yaml, kind: .agents) }?.code == .mapping)
    }

    @Test func unitsAreSuggested() {
        let yaml = "fields:\n  ref: id\n  started_at: s\n  talk_seconds: {from: t, unit: minute}\n"
        #expect(
            problem { _ = try FileMapping(yaml: yaml, kind: .interactions) }?.description
                == "line 4: unit \"minute\" is not known; did you mean \"minutes\"? "
                + "There are: seconds, minutes, milliseconds, clock")
    }
}
