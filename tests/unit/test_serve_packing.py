"""Code that a page runs is found by trying a kernel out, and then lies together in memory, unchanged otherwise."""

import functools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import psutil
import pytest

from mira_workbook.serve import trial
from mira_workbook.serve.packing import pack
from mira_workbook.serve.trial import code_run_by

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")
Done = Callable[[], None]


def called() -> str:
    return "called"


def not_called() -> str:
    return "not called"


def test_code_that_ran_in_a_fork_is_known_here_in_whatever_thread_it_ran() -> None:
    def in_a_thread() -> None:
        called()

    def work(done: Done) -> None:
        other = threading.Thread(target=in_a_thread)
        other.start()
        other.join()
        done()

    ran = code_run_by(work)
    assert {id(one.__code__) for one in (called, in_a_thread, work, threading.Thread.run)} <= ran
    assert id(not_called.__code__) not in ran


def fails(_done: Done) -> None:
    called()
    raise LookupError


def hangs(_done: Done) -> None:
    time.sleep(60)


def ends(_done: Done) -> None:
    os._exit(3)


@pytest.mark.parametrize("work", [fails, hangs, ends])
def test_a_trial_that_does_not_come_to_its_end_tells_nothing_and_leaves_nothing(
    work: Callable[[Done], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "PATIENCE_S", 0.5)
    before, children = set(Path("/proc/self/fd").iterdir()), psutil.Process().children()
    assert code_run_by(work) == frozenset()
    assert set(Path("/proc/self/fd").iterdir()) == before
    assert psutil.Process().children() == children


def maker(step: int) -> Callable[..., int]:
    def made(start: int, *, by: int = 2) -> int:
        def inner() -> int:
            return start + step * by

        return inner()

    return made


class Thing:
    """With every kind of function that a class holds."""

    def __init__(self, size: int) -> None:
        self.size = size

    @property
    def doubled(self) -> int:
        """Twice as much."""
        return 2 * self.size

    @classmethod
    def small(cls) -> "Thing":
        """The smallest."""
        return cls(1)

    @functools.cached_property
    def kept(self) -> int:
        """As much."""
        return self.size


def inside(code: CodeType) -> set[int]:
    """Numbers of a piece of code and of all that stands in it."""
    return {id(code)}.union(*(inside(one) for one in code.co_consts if isinstance(one, CodeType)))


def test_packed_functions_do_what_they_did() -> None:
    made = maker(3)
    held = vars(Thing)
    functions = [maker, made, held["__init__"], held["doubled"].fget, held["small"].__func__, held["kept"].func]
    codes = [one.__code__ for one in functions]
    assert pack(set().union(*map(inside, codes))) == len(functions)
    assert [one.__code__ for one in functions] == codes
    assert not {id(one.__code__) for one in functions} & {id(code) for code in codes}
    assert (made(1), made(1, by=5), maker(1)(0)) == (7, 16, 2)
    assert maker(1).__code__ is not codes[1]
    thing = Thing.small()
    assert (thing.size, thing.doubled, thing.kept) == (1, 2, 1)


def test_code_that_did_not_run_stays_where_it_is() -> None:
    code = not_called.__code__
    assert pack({id(called.__code__)}) == 1
    assert not_called.__code__ is code


PAGES = """
from mira_workbook.serve.gaps import fill_gaps
from mira_workbook.serve.packing import pack

made = {}
for n in range(8_000):
    exec(f"def f{n}(a, b):\\n    for x in range(a):\\n        b = b + x * a - x\\n    return [b, a, {n}]", made)
ran = [made[f"f{n}"] for n in range(0, 8_000, 16)]
pages = lambda: len({id(one.__code__) >> 12 for one in ran})
before = pages()
fill_gaps()
pack({id(one.__code__) for one in ran})
print(before, pages(), ran[3](2, 1))
"""


def test_code_that_ran_lies_on_few_pages_of_memory() -> None:
    done = subprocess.run([sys.executable, "-c", PAGES], capture_output=True, text=True, check=True)
    before, after, result = done.stdout.split(maxsplit=2)
    assert result == "[2, 2, 48]\n"
    assert int(before) > 400
    assert int(after) < 0.25 * int(before)


TRIED = """
import sys
sys.modules["debugpy"] = None
from ipykernel.iostream import IOPubThread
from mira_workbook.notebook.guide import Guide
from mira_workbook.notebook.looking import Looking
from mira_workbook.serve import made
from mira_workbook.store import Store
from mira_workbook.widgets.form import Form

ran = made.make_ready()
parts = [made.MadeKernel.cells_request, IOPubThread.send_multipart, Guide.rest, Guide._look, Looking._once, Form.draw,
         Store.snapshot, Store.draft, Store.record, Store.act, Store.migrate]
print(len(ran), [part.__qualname__ for part in parts if id(part.__code__) not in ran])
"""


def test_a_kernel_is_tried_out_with_a_whole_page_on_which_somebody_types_and_sends() -> None:
    done = subprocess.run([sys.executable, "-c", TRIED], capture_output=True, text=True, check=True)
    count, missing = done.stdout.split(maxsplit=1)
    assert int(count) > 2_000
    assert missing == "['Store.migrate']\n"
