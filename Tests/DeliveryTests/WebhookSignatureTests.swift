import Foundation
import Testing

@testable import Delivery

@Suite struct WebhookSignatureTests {
    let secret: WebhookSecret
    let other: WebhookSecret
    let signature: WebhookSignature
    let time = Date(timeIntervalSince1970: 1_614_265_330)
    let payload = Array(#"{"test": 2432232314}"#.utf8)
    let headers = WebhookHeaders(
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: "1614265330",
        signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")

    init() throws {
        secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        other = try WebhookSecret("whsec_" + Data(repeating: 7, count: 32).base64EncodedString())
        signature = WebhookSignature(secret: secret)
    }

    private func check(
        _ headers: WebhookHeaders, by signature: WebhookSignature? = nil, payload: [UInt8]? = nil,
        after seconds: Double = 0
    ) throws(WebhookSignatureError) {
        try (signature ?? self.signature).check(
            headers, payload: payload ?? self.payload, now: time.addingTimeInterval(seconds), tolerance: .seconds(300))
    }

    @Test func theSignatureIsThatOfTheSpecification() throws {
        #expect(try signature.headers(id: headers.id, time: time, payload: payload) == headers)
        #expect(try signature.headers(id: headers.id, time: time.addingTimeInterval(0.99), payload: payload) == headers)
        try check(headers)
        #expect(headers.fields.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(headers.fields.map(\.value) == [headers.id, headers.timestamp, headers.signature])
    }

    @Test func aReplacedSecretSignsBesideTheNewOneAndEitherProves() throws {
        let rotating = WebhookSignature(secret: other, replacing: [secret])
        let both = try rotating.headers(id: headers.id, time: time, payload: payload)
        #expect(both.signature.split(separator: " ").count == 2)
        #expect(both.signature.hasSuffix(" " + headers.signature))
        try check(both)
        try check(both, by: WebhookSignature(secret: other))
        try check(headers, by: rotating)
        #expect(throws: WebhookSignatureError.noMatch) { try check(headers, by: WebhookSignature(secret: other)) }
    }

    @Test func anyChangeIsNoticed() {
        for forged in [
            WebhookHeaders(id: headers.id + "x", timestamp: headers.timestamp, signature: headers.signature),
            WebhookHeaders(id: headers.id, timestamp: "1614265331", signature: headers.signature),
            WebhookHeaders(id: headers.id, timestamp: "01614265330", signature: headers.signature),
        ] {
            #expect(throws: WebhookSignatureError.noMatch) { try check(forged) }
        }
        for index in payload.indices {
            var forged = payload
            forged[index] ^= 1
            #expect(throws: WebhookSignatureError.noMatch) { try check(headers, payload: forged) }
        }
        #expect(throws: WebhookSignatureError.noMatch) { try check(headers, payload: []) }
    }

    @Test(arguments: [
        "", " ", "v1,", "v1", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", "v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1:g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1,é", String(repeating: "v1,AAAA ", count: 20_000),
    ])
    func whatIsNoSignatureIsRefused(text: String) {
        let forged = WebhookHeaders(id: headers.id, timestamp: headers.timestamp, signature: text)
        #expect(throws: WebhookSignatureError.noMatch) { try check(forged) }
    }

    @Test func theRightSignatureIsFoundAmongOthers() throws {
        try check(
            WebhookHeaders(
                id: headers.id, timestamp: headers.timestamp,
                signature: "v1a,AAAA v1,AAAA v9,x  \(headers.signature) v1,"))
    }

    @Test func aTimestampOutsideTheToleranceIsRefused() throws {
        try check(headers, after: 300)
        try check(headers, after: -300)
        #expect(throws: WebhookSignatureError.tooOld) { try check(headers, after: 301) }
        #expect(throws: WebhookSignatureError.tooNew) { try check(headers, after: -301) }
    }

    @Test(arguments: [
        "", "-1", "+1614265330", "1614265330.0", " 1614265330", "1e9", "١٦١٤٢٦٥٣٣٠", "9999999999999",
        "99999999999999999999999",
        "1614265330\u{0}",
    ])
    func whatIsNoTimestampIsRefused(timestamp: String) {
        let forged = WebhookHeaders(id: headers.id, timestamp: timestamp, signature: headers.signature)
        #expect(throws: WebhookSignatureError.timestamp) { try check(forged) }
    }

    @Test(arguments: ["", "msg.1", "msg 1", "msg\r\nx: y", "é", "\u{0}", String(repeating: "a", count: 257)])
    func anIdentifierThatBlursWhatIsSignedIsRefused(id: String) {
        #expect(throws: WebhookSignatureError.identifier) {
            try signature.headers(id: id, time: time, payload: payload)
        }
        let forged = WebhookHeaders(id: id, timestamp: headers.timestamp, signature: headers.signature)
        #expect(throws: WebhookSignatureError.identifier) { try check(forged) }
    }

    @Test func whatIsSignedIsProvedForAnyPayload() throws {
        var generator = SeededGenerator(seed: 24)
        for _ in 0..<100 {
            let payload = (UInt8.min...UInt8.max).draws(.random(in: 0...500, using: &generator), using: &generator)
            let signed = try signature.headers(id: "m\(generator.next())", time: time, payload: payload)
            try check(signed, payload: payload)
            #expect(throws: WebhookSignatureError.noMatch) { try check(signed, payload: payload + [0]) }
        }
    }
}
