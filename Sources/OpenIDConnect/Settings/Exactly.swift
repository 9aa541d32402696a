/// Whether two texts are the same byte for byte.
///
/// `==` also takes for the same what only looks the same to Unicode: the Kelvin sign and a K, for one.
func isExactly(_ text: String, _ other: String) -> Bool {
    text.utf8.elementsEqual(other.utf8)
}
