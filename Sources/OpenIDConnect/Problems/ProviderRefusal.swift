/// Why the provider sent the browser back without a code (RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6).
public enum ProviderRefusal: String, CaseIterable, Sendable {
    /// The person said no, or may not use this application.
    case accessDenied = "access_denied"
    /// The person is not signed in at the provider.
    case loginRequired = "login_required"
    /// The provider would have to ask the person something.
    case interactionRequired = "interaction_required"
    /// The person would have to choose an account.
    case accountSelectionRequired = "account_selection_required"
    /// The person would have to agree.
    case consentRequired = "consent_required"
    /// The request lacks something that this provider wants.
    case invalidRequest = "invalid_request"
    /// This client may not sign people in.
    case unauthorizedClient = "unauthorized_client"
    /// The provider has no code flow for this client.
    case unsupportedResponseType = "unsupported_response_type"
    /// A scope is unknown to the provider.
    case invalidScope = "invalid_scope"
    /// Something went wrong at the provider.
    case serverError = "server_error"
    /// The provider is overloaded or under maintenance.
    case temporarilyUnavailable = "temporarily_unavailable"
    /// Any other error; its text comes from outside and is not kept.
    case other
}
