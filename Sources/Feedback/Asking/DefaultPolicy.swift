extension PolicyFile {
    /// The policies that ship, which operators publish changed copies of.
    public static func standard() throws -> PolicyFile {
        try PolicyFile(String(decoding: PackageResources.standard_yaml, as: UTF8.self))
    }
}
