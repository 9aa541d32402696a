/// How an ID token may be signed (RFC 7518, section 3.1, and RFC 8037): only with a key that the provider alone has.
///
/// There is no `none`, and no algorithm whose secret both sides know (`HS256`): neither can be configured by mistake.
public enum SigningAlgorithm: String, CaseIterable, Sendable {
    /// RSA with PKCS #1 v1.5 padding and SHA-256.
    case rs256 = "RS256"
    /// RSA with PSS padding and SHA-256.
    case ps256 = "PS256"
    /// ECDSA on the curve P-256 with SHA-256.
    case es256 = "ES256"
    /// EdDSA on the curve Ed25519.
    case edDSA = "EdDSA"
}
