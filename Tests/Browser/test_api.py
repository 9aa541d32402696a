"""The API against its own description."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from wire import fetch

CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "ignored_auth",
)


def test_every_reply_is_as_the_served_description_says(served):
    key = served.run("key", "create", "tests").stdout.strip()
    result = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", served.base + "/openapi.yaml",
            "--header", f"Authorization: Bearer {key}", "--checks", ",".join(CHECKS),
            "--phases", "examples,coverage,fuzzing", "--max-examples", "40", "--generation-deterministic",
            "--suppress-health-check", "all", "--request-timeout", "30", "--warnings", "off", "--no-color",
        ],
        env=os.environ | {"SCHEMATHESIS_HOOKS": "api_hooks", "PYTHONPATH": str(Path(__file__).parent)},
        cwd=served.folder, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr
    # Of every kind something was taken, something refused, and nothing heeded without a key.
    replies = re.findall(r'responses_total{route="/api/v1/(\w+)",status="(\d+)"}', fetch(served.base + "/metrics")[1])
    for kind in ("customers", "accounts", "agents", "complaints", "interactions"):
        assert {"200", "400", "401", "415", "422"} <= {status for route, status in replies if route == kind}


def test_a_revoked_key_is_refused_and_a_repeated_request_gets_the_first_reply(served):
    key = served.run("key", "create", "tests").stdout.strip()

    def post(ref, **headers):
        return fetch(
            served.base + "/api/v1/customers", json.dumps({"ref": ref}).encode(),
            **{"Content-Type": "application/json", "Authorization": f"Bearer {key}"} | headers)

    first = post("c-new", **{"Idempotency-Key": "1"})
    assert first[0] == 200 and json.loads(first[1])["created"] == 1
    assert post("c-new", **{"Idempotency-Key": "1"})[:2] == first[:2]
    assert post("c-other", **{"Idempotency-Key": "1"})[0] == 422
    assert json.loads(post("c-new")[1])["unchanged"] == 1
    served.run("key", "revoke", "1")
    status, problem, headers = post("c-new")
    assert status == 401 and headers["Content-Type"] == "application/problem+json"
    assert json.loads(problem)["status"] == 401
