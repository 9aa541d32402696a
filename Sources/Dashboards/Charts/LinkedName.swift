/// A name as people gave it, in whatever script, with the page it leads to.
struct LinkedName: Drawing {
    /// The name.
    let text: String
    /// The address of its page, relative to this one; nil if it has none.
    let address: String?

    /// Creates a name.
    init(_ text: String, address: String? = nil) {
        self.text = text
        self.address = address
    }

    func draw(into writer: inout MarkupWriter) {
        if let address {
            writer.raw("<a href=\"")
            writer.text(address)
            writer.raw("\">")
        }
        // Keeps a name that is written from right to left from turning what stands beside it.
        writer.raw("<bdi>")
        writer.text(text)
        writer.raw(address == nil ? "</bdi>" : "</bdi></a>")
    }
}
