import Foundation
import Testing

@testable import Delivery

private func spelled(_ count: Int) -> String {
    "whsec_" + Data((0..<count).map { UInt8(truncatingIfNeeded: $0 + 65) }).base64EncodedString()
}

@Suite struct WebhookSecretTests {
    @Test(arguments: [24, 25, 32, 64])
    func secretsOfTheSpecifiedLengthsAreTaken(count: Int) throws {
        _ = try WebhookSecret(spelled(count))
    }

    @Test(arguments: [0, 1, 23, 65, 1000])
    func secretsOfOtherLengthsAreRefused(count: Int) {
        #expect(throws: WebhookSecretError.length(count)) { try WebhookSecret(spelled(count)) }
    }

    @Test(arguments: [
        "", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", " whsec_AAAA", "whsk_AAAA",
    ])
    func withoutItsPrefixASecretIsRefused(text: String) {
        #expect(throws: WebhookSecretError.noPrefix) { try WebhookSecret(text) }
    }

    @Test(arguments: [
        "whsec_A", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_", "whsec_é", "whsec_MfKQ 9r8G", "whsec_AAAA\n", "whsec_AA",
    ])
    func whatIsNotBase64IsRefused(text: String) {
        #expect(throws: WebhookSecretError.notBase64) { try WebhookSecret(text) }
    }

    @Test func neitherASecretNorItsErrorsRepeatItWhenPrinted() throws {
        var printed = ""
        let text = spelled(24)
        dump(try WebhookSecret(text), to: &printed)
        dump(WebhookSignature(secret: try WebhookSecret(text)), to: &printed)
        printed += "\(try WebhookSecret(text))"
        #expect(!printed.contains(text.dropFirst(6)))
        #expect(!printed.contains("65, 66"))
        #expect(!printed.lowercased().contains("414243"))
        #expect("\(WebhookSecretError.length(3))" == "a webhook secret has 24 to 64 bytes; this one has 3")
    }
}
