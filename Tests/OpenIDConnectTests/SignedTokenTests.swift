import Foundation
import Testing

@testable import OpenIDConnect

@Suite struct SignedTokenTests {
    func token(_ header: String, payload: String = "{}", signature: [UInt8] = [1]) -> String {
        [Array(header.utf8), Array(payload.utf8), signature].map { base64URL($0) }.joined(separator: ".")
    }

    @Test func theThreePartsAreRead() throws {
        let read = try SignedToken(token(#"{"alg":"ES256","kid":"a","typ":"JWT"}"#, signature: [1, 2]))
        #expect(read.algorithm == "ES256")
        #expect(read.keyIdentifier == "a")
        #expect(read.signature == [1, 2])
        #expect(try SignedToken(token(#"{"alg":"ES256","kid":7}"#)).keyIdentifier == nil)
    }

    @Test(arguments: [
        "", ".", "..", "...", "a.b.c", "eyJhbGciOiJFUzI1NiJ9", "eyJhbGciOiJFUzI1NiJ9.e30",
        "eyJhbGciOiJFUzI1NiJ9.e30.AA.AA",
        "eyJhbGciOiJFUzI1NiJ9.e30.AA.AA.AA", "eyJhbGciOiJFUzI1NiJ9.e30=.AA", " eyJhbGciOiJFUzI1NiJ9.e30.AA",
        "eyJhbGciOiJFUzI1NiJ9.e30.A", "eyJhbGciOiJFUzI1NiJ9.e30.AA\n",
    ])
    func whatIsNoTokenIsRefused(text: String) {
        #expect(throws: SignInProblem.malformedIDToken) { try SignedToken(text) }
    }

    @Test(arguments: [
        "", "null", "[]", "{}", #"{"alg":null}"#, #"{"alg":5}"#, #"{"alg":"RS256","crit":["exp"]}"#,
        #"{"alg":"RS256","crit":null}"#, #"{"alg":"RS256""#, #"{"alg":"RS256"}}"#, #"{"alg":"RS256","x":1e999}"#,
        "\u{FEFF}{",
    ])
    func aHeaderThatCannotBeUnderstoodIsRefused(header: String) {
        #expect(throws: SignInProblem.malformedIDToken) { try SignedToken(token(header)) }
    }

    @Test func deepNestingIsNoWayToFallOver() {
        for depth in [100, 500, 511, 512, 513, 100_000] {
            let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let read = try? SignedToken(token(#"{"alg":"RS256","kid":"a","x":\#(nested)}"#))
            #expect(read?.algorithm == (depth < 512 ? "RS256" : nil))
        }
    }
}

/// The examples of RFC 7515, appendices A.2 and A.3, and RFC 8037, appendix A.4.
@Suite struct PublishedKeyTests {
    static let payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    static let modulus =
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SF"
        + "d2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo"
        + "7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkM"
        + "Ls91kzk2PAcDTW9gb54h4FRWyuXpoQ"
    static let rsa = #"{"kid":"a","kty":"RSA","n":"\#(modulus)","e":"AQAB"}"#
    static let ellipticCurve = """
        {"kid":"a","kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
        """
    static let edwardsCurve = """
        {"kid":"a","kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
        """
    static let examples: [(SigningAlgorithm, key: String, token: String)] = [
        (
            .rs256, rsa,
            "eyJhbGciOiJSUzI1NiJ9.\(payload).cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF"
                + "5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb"
                + "1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6"
                + "LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
        ),
        (
            .es256, ellipticCurve,
            "eyJhbGciOiJFUzI1NiJ9.\(payload).DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-K"
                + "g6NU1Q"
        ),
        (
            .edDSA, edwardsCurve,
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4k"
                + "i4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        ),
    ]

    func key(_ text: String) throws -> PublishedKey {
        try #require(try PublishedKey.all(in: Data(#"{"keys":[\#(text)]}"#.utf8)).first)
    }

    @Test(arguments: examples)
    func theStandardsExamplesAreAccepted(algorithm: SigningAlgorithm, key: String, token: String) async throws {
        let token = try SignedToken(token)
        #expect(token.algorithm == algorithm.rawValue)
        try await self.key(key).check(token.signature, of: token.signed, by: algorithm)
    }

    @Test(arguments: examples)
    func anyOtherSignatureOrTextIsRefused(algorithm: SigningAlgorithm, key: String, token: String) async throws {
        let token = try SignedToken(token)
        let key = try self.key(key)
        var signatures: [[UInt8]] = [[], [0], Array(token.signature.dropLast()), token.signature + [0]]
        signatures.append([UInt8](repeating: 0, count: token.signature.count))
        for index in stride(from: 0, to: token.signature.count, by: 9) {
            var changed = token.signature
            changed[index] ^= 0x10
            signatures.append(changed)
        }
        for signature in signatures {
            await #expect(throws: SignInProblem.wrongSignature) {
                try await key.check(signature, of: token.signed, by: algorithm)
            }
        }
        await #expect(throws: SignInProblem.wrongSignature) {
            try await key.check(token.signature, of: token.signed + [0], by: algorithm)
        }
    }

    @Test func aSignatureOfOneRSAPaddingIsNoneOfTheOther() async throws {
        let token = try SignedToken(Self.examples[0].token)
        await #expect(throws: SignInProblem.wrongSignature) {
            try await key(Self.rsa).check(token.signature, of: token.signed, by: .ps256)
        }
    }

    @Test func aKeyFitsTheAlgorithmsOfItsTypeAndUse() throws {
        #expect(SigningAlgorithm.allCases.filter(try key(Self.rsa).fits) == [.rs256, .ps256])
        #expect(SigningAlgorithm.allCases.filter(try key(Self.ellipticCurve).fits) == [.es256])
        #expect(SigningAlgorithm.allCases.filter(try key(Self.edwardsCurve).fits) == [.edDSA])
        for members in [#""use":"enc""#, #""alg":"HS256""#, #""alg":"RS512""#, #""alg":"RSA-OAEP""#] {
            let key = try key(Self.rsa.replacing("{", with: "{\(members),"))
            #expect(SigningAlgorithm.allCases.filter(key.fits).isEmpty)
        }
        let probabilistic = try key(Self.rsa.replacing("{", with: #"{"use":"sig","alg":"PS256","#))
        #expect(SigningAlgorithm.allCases.filter(probabilistic.fits) == [.ps256])
        let symmetric = try key(#"{"kid":"a","kty":"oct","k":"AA","alg":"HS256"}"#)
        #expect(SigningAlgorithm.allCases.filter(symmetric.fits).isEmpty)
        #expect(!(try key(#"{"kid":"a","kty":"EC","crv":"P-384","x":"AA","y":"AA"}"#).fits(.es256)))
    }

    @Test(arguments: [
        (SigningAlgorithm.rs256, #"{"kid":"a","kty":"RSA"}"#), (.rs256, #"{"kid":"a","kty":"RSA","n":"","e":"AQAB"}"#),
        (.rs256, #"{"kid":"a","kty":"RSA","n":"AQAB","e":"AQAB"}"#),
        (.rs256, #"{"kid":"a","kty":"RSA","n":"\#(modulus.prefix(171))","e":"AQAB"}"#),
        (.rs256, #"{"kid":"a","kty":"RSA","n":"\#(modulus)","e":"AQ"}"#),
        (.es256, #"{"kid":"a","kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#),
        (.es256, ellipticCurve.replacing("\"y\":\"x_", with: "\"y\":\"y_")),
        (.edDSA, #"{"kid":"a","kty":"OKP","crv":"Ed25519","x":"AA"}"#),
        (.edDSA, #"{"kid":"a","kty":"OKP","crv":"Ed25519"}"#),
    ])
    func aBrokenOrShortKeyIsRefused(algorithm: SigningAlgorithm, text: String) async throws {
        let key = try key(text)
        await #expect(throws: SignInProblem.keyDoesNotFit) {
            try await key.check([UInt8](repeating: 1, count: 64), of: [1], by: algorithm)
        }
    }

    @Test func keysOfAnUnknownFormDoNotTakeTheOthersAway() throws {
        let others = #"5, null, {}, {"kty":"RSA"}, {"kid":7,"kty":"RSA"}, {"kid":"b","kty":"new"}"#
        let body = #"{"keys":[\#(others), \#(Self.rsa)]}"#
        #expect(try PublishedKey.all(in: Data(body.utf8)).map(\.identifier) == ["b", "a"])
    }

    @Test(arguments: ["", "[]", "{}", #"{"keys":{}}"#, #"{"keys":null}"#, #"{"keys":[}"#, "\u{0}"])
    func whatIsNoKeySetIsRefused(text: String) {
        #expect(throws: SignInProblem.malformedReply(.keys)) { try PublishedKey.all(in: Data(text.utf8)) }
    }
}
