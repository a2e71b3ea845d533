"""A page's cells in its kernel, in one message: what they show, what they share, and what is told when one fails."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from kernels import FORKED, STARTED, answer_to, kernel_by

from mira_workbook.serve import cells

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module", params=[FORKED, STARTED])
def run(request: pytest.FixtureRequest) -> Iterator[Run]:
    """Run cells in one kernel, which is forked or started."""
    with kernel_by(request.param) as client:

        def ask(*sources: str, **told: str) -> dict[str, Any]:
            reply = answer_to(client, cells.REQUEST, {"told": told, "sources": [*sources]})
            assert reply["msg_type"] == cells.REPLY
            content: dict[str, Any] = reply["content"]
            return content

        yield ask


def texts(outputs: Sequence[dict[str, Any]]) -> list[str]:
    """What outputs show, as text."""
    return [one["text"] if one["output_type"] == "stream" else one["data"]["text/plain"] for one in outputs]


def test_a_cell_shows_what_it_prints_and_the_value_of_its_last_line(run: Run) -> None:
    found = run("print('a')\n1 + 1\n'kept'", "quiet = 2", "None", "")
    assert found["fault"] == ""
    assert [texts(cell) for cell in found["cells"]] == [["a\n", "'kept'"], [], [], []]


def test_cells_share_their_names_and_what_they_were_told(run: Run) -> None:
    found = run("import os\ndef told():\n    return os.environ['TOLD']", "here = told()", "here", TOLD="a grant")
    assert texts(found["cells"][2]) == ["'a grant'"]


def test_what_is_displayed_comes_in_turn_and_in_every_form(run: Run) -> None:
    found = run("from IPython.display import HTML, display\nfor n in 'ab':\n    display(HTML(n))")
    assert [one["data"]["text/html"] for one in found["cells"][0]] == ["a", "b"]


def test_a_cell_may_speak_ipythons_language_and_wait(run: Run) -> None:
    found = run("%env SAID yes", "import asyncio\nawait asyncio.sleep(0, 'waited')", "!echo heard")
    assert found["fault"] == ""
    assert [texts(cell)[0].strip() for cell in found["cells"][:2]] == ["env: SAID=yes", "'waited'"]


def test_ipython_hears_of_every_cell_that_was_run(run: Run) -> None:
    heard = "heard = []\nget_ipython().events.register('post_execute', lambda: heard.append(len(heard)))"
    found = run(heard, "first = 1", "heard")
    assert texts(found["cells"][2]) == ["[0, 1]"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            "left = 1\nleft / 0",
            ['File "<cell 2>", line 2, in <module>', "left / 0", "ZeroDivisionError: division by zero"],
        ),
        ("import = 7", ["SyntaxError: invalid syntax"]),
        ("await nothing", ["NameError: name 'nothing' is not defined"]),
        ("raise SystemExit('no more')", ["SystemExit: no more"]),
    ],
)
def test_a_cell_that_fails_is_told_of_with_its_line_and_no_cell_runs_after_it(
    run: Run, wrong: str, says: Sequence[str]
) -> None:
    found = run("print('before')", f"{wrong}", "print('after')")
    assert [texts(found["cells"][0]), len(found["cells"])] == [["before\n"], 2]
    assert found["cells"][1] == [{"output_type": "error"}]
    assert [words for words in says if words not in found["fault"]] == []
    assert texts(run("'goes on'")["cells"][0]) == ["'goes on'"]
