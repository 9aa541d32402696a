extension SurveyFile {
    /// The survey that ships: NPS, CSAT, effort, stated first contact resolution and a comment, in three languages.
    public static func standard() throws -> SurveyFile {
        try SurveyFile(String(decoding: PackageResources.after_contact_yaml, as: UTF8.self))
    }
}
