"""The doubles' signatures are those of the examples that Twilio and Standard Webhooks publish."""

from doubles import twilio_signature, webhook_signature


def test_a_form_is_signed_as_twilio_does():
    fields = {
        "CallSid": "CA1234567890ABCDE", "Caller": "+14158675310", "Digits": "1234", "From": "+14158675310",
        "To": "+18005551212",
    }
    signature = twilio_signature("12345", "https://example.com/myapp.php?foo=1&bar=2", fields)
    assert signature == "L/OH5YylLD5NRKLltdqwSvS0BnU="


def test_a_webhook_is_signed_as_the_standard_does():
    signature = webhook_signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
        b'{"test": 2432232314}')
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
