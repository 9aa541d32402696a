"""The program as its operator runs it: stopped, killed, restarted, asked for its health."""

import fcntl
import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from processes import postgres_processes, wait_for
from wire import answer, fetch


def test_what_was_thanked_for_survives_kill_9(served):
    assert answer(served.by_language["en"], nps=9)[0] == 200
    served.stop(signal.SIGKILL)
    served.start()
    links = {row["language"] for row in served.links()}
    assert links == {"es", "ar"}
    assert served.measures()["nps"]["n"] == 1


def test_a_stop_finishes_what_was_accepted(hearback):
    hearback.start()
    links = hearback.ask({f"c{number}": "en" for number in range(60)}).values()

    def status(link):
        try:
            return answer(link, nps=7)[0]
        except OSError:
            return None

    with ThreadPoolExecutor(20) as pool:
        posts = [pool.submit(status, link) for link in links]
        next(as_completed(posts))
        assert hearback.stop() == 0
        statuses = [post.result() for post in posts]
    assert set(statuses) <= {200, 503, None} and 200 in statuses
    assert hearback.measures()["nps"]["n"] == statuses.count(200)


def test_a_hundred_identical_posts_at_once_are_one_answer(served):
    link = served.by_language["es"]
    with ThreadPoolExecutor(100) as pool:
        replies = list(pool.map(lambda _: answer(link, nps=8, comment="Gracias"), range(100)))
    assert {status for status, _, _ in replies} == {200}
    assert served.measures()["nps"]["n"] == 1
    assert answer(link, nps=1)[0] == 409


def test_health_and_metrics_tell_the_truth(served):
    assert fetch(served.base + "/healthz")[:2] == (200, "ok\n")
    assert fetch(served.base + "/readyz")[0] == 200
    answer(served.by_language["ar"], nps=3)
    metrics = fetch(served.base + "/metrics")[1]
    assert 'hearback_answers_total{outcome="stored"} 1' in metrics
    token = served.by_language["ar"].rsplit("/", 1)[1]
    assert token not in metrics
    assert token not in Path(f"{served.folder}/serve.log").read_text()


def test_a_lost_database_is_started_again_and_no_answer_is_lost(served):
    link = served.by_language["en"]
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', fetch(link)[1]))
    # Who holds this lock keeps the program from starting PostgreSQL again.
    with open(Path(served.folder) / "postgres.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pid = int((Path(served.folder) / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGINT)
        wait_for(lambda: not postgres_processes(served.folder))
        status, page, headers = answer(link, nps=9, comment="Do not lose me", **form)
        assert status == 503 and headers["Retry-After"]
        assert "Do not lose me" in page
        assert fetch(served.base + "/readyz")[0] == 503
        assert fetch(served.base + "/healthz")[0] == 200
    wait_for(lambda: fetch(served.base + "/readyz")[0] == 200, seconds=60)
    assert answer(link, nps=9, comment="Do not lose me", **form)[0] == 200
    assert served.measures()["nps"]["n"] == 1


def test_reading_changes_nothing(served):
    link = served.by_language["en"]
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"):
        assert fetch(link + "?nps=9", method=method)[0] < 500
    assert served.measures()["nps"]["n"] == 0


def test_every_page_for_customers_keeps_to_itself(served):
    for address in (served.by_language["en"], served.base + "/s/unknown", served.base + "/nowhere"):
        headers = fetch(address)[2]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "script" not in headers["Content-Security-Policy"]
