/// Writes a coordinate with at most two decimals, the same on every machine.
func coordinate(_ value: Double) -> String {
    var writer = MarkupWriter()
    writer.coordinate(value)
    return writer.string
}
