"""Nothing of one visitor reaches another's kernel: not what it was told, nor what it left, nor its chance."""

import html
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import Browser, Made, Server, set_up, start, telling_workbooks
from test_serve_forks import wait_until
from test_serve_stock import counts

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")
TELLS = """
import json, os, random, secrets, sys, tempfile, threading, uuid
import ipywidgets, numpy
told = {
    "environment": dict(os.environ),
    "chance": [random.random(), secrets.token_hex(8), uuid.uuid4().hex, numpy.random.random(),
               next(tempfile._get_candidate_names())],
    "left": [getattr(ipywidgets, "left", ""), os.environ.get("LEFT", ""), len(ipywidgets.Widget.widgets)],
    "names": sorted(name for name in globals() if not name.startswith("_")),
    "arguments": sys.argv,
    "files": sorted(os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")
                    if os.path.exists(f"/proc/self/fd/{fd}")),
}
ipywidgets.left = os.environ["LEFT"] = "of " + os.environ["QUERY_STRING"]
print("TOLD " + json.dumps(told) + " TOLD")
widget = ipywidgets.HTML("drawn")
widget
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = telling_workbooks(tmp_path / "workbooks")
    path = folder / "priority_setting.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["source"] = TELLS
    path.write_text(json.dumps(notebook))
    running = start(tmp_path, MIRA_WORKBOOKS=str(folder), MIRA_READY_KERNELS="3", PASSED_BY="of the server")
    wait_until(lambda: counts(running)[1] == 3, 60)
    yield running
    running.stop()


@pytest.fixture
def made(server: Server) -> Made:
    return set_up(Browser(server), "Lena Marsh\nTom Ash\nIda Hill\nJon Vale")


def visit(server: Server, made: Made, key: str) -> tuple[str, dict[str, Any]]:
    """Come in as somebody. Returns the browser's cookie, and what the kernel tells of itself."""
    phone = Browser(server)
    page = phone.post(f"join/{made.code}", member=key)
    told: dict[str, Any] = json.loads(html.unescape(page.text.split("TOLD ")[1].split(" TOLD")[0]))
    (cookie,) = [one.value or "" for one in phone.cookies]
    return cookie, told


def test_no_visitor_reaches_another_ones_kernel(server: Server, made: Made) -> None:
    seen = [visit(server, made, key) for key in ("M1", "M2", "M3", "M4")]
    queries = [told["environment"]["QUERY_STRING"] for _, told in seen]
    assert len(set(queries)) == len(seen)
    for n, (_, told) in enumerate(seen):
        whole = json.dumps(told)
        assert not [cookie for cookie, _ in seen if cookie in whole]
        assert not [query for m, query in enumerate(queries) if m != n and query in whole]
        assert told["left"] == ["", "", 0]
        assert "of the server" not in whole
        assert not [name for name in told["environment"] if name.startswith("HTTP_")]
        assert not [path for path in told["files"] if path.endswith(("server.log", ".sqlite", "-wal", "-shm"))][2:]


def test_all_kernels_begin_alike_but_not_with_the_same_chance(server: Server, made: Made) -> None:
    seen = [visit(server, made, key)[1] for key in ("M1", "M2", "M3")]
    names = [told["names"] for told in seen]
    assert names == [names[0]] * 3
    assert not set(names[0]) & {"workbook", "Widget", "store", "folder"}
    plain = [{k: v for k, v in told["environment"].items() if k != "QUERY_STRING"} for told in seen]
    assert plain == [plain[0]] * 3
    for chances in zip(*(told["chance"] for told in seen), strict=True):
        assert len(set(chances)) == 3
