"""What schemathesis has to know beyond the API's description."""

import itertools

import schemathesis

number = itertools.count()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Gives each request an idempotency key of its own: with the same one, most would not even be looked at."""
    key = case.headers.get("Idempotency-Key")
    if isinstance(key, str) and 0 < len(key) < 200 and key.isascii() and key.isprintable():
        case.headers["Idempotency-Key"] = f"{key}-{next(number)}"
