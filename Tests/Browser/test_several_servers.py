"""More than one server: on one data folder, and on one port."""

import socket

from conftest import Hearback
from processes import postgres_processes, wait_for
from wire import answer, fetch


def test_two_servers_on_one_folder_know_of_each_others_answers(served):
    other = Hearback(served.folder).start()
    try:
        links = {language: link.replace(served.base, other.base) for language, link in served.by_language.items()}
        assert answer(served.by_language["en"], nps=9)[0] == 200
        status, page, _ = fetch(links["en"])
        assert status == 200 and "name=\"nps\"" not in page
        assert answer(links["en"], nps=9)[0] == 200
        assert answer(links["en"], nps=1)[0] == 409
        # The database stays as long as one of them needs it.
        assert served.stop() == 0
        assert answer(links["es"], nps=8)[0] == 200
        assert other.measures()["nps"]["n"] == 2
    finally:
        assert other.stop() == 0
    wait_for(lambda: not postgres_processes(served.folder))


def test_a_port_in_use_is_a_clear_error(hearback):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = hearback.run("serve", "--listen", f"127.0.0.1:{port}", check=False)
    assert result.returncode != 0
    assert "Hearback is running" not in result.stdout
    assert str(port) in result.stderr and "in use" in result.stderr.lower()
    assert "Fatal" not in result.stderr
    wait_for(lambda: not postgres_processes(hearback.folder))
