"""Jupyter's public suite for kernels, on IPython's kernel as it comes and on ours, forked: the same comes out."""

import json
import sys
import time
import tomllib
import unittest
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import jupyter_kernel_test
import pytest
from jupyter_client.manager import KernelManager

from mira_workbook.serve.forks import NAME, ForkProvisioner, end_forks, forks_are_ready, use_forks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")
ORDINARY, OURS = "ordinary", "forked"
SPECS: dict[str, dict[str, Any]] = {
    ORDINARY: {"argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]},
    OURS: {
        "argv": [sys.executable, "-m", "mira_workbook.serve.kernel", "-f", "{connection_file}"],
        "metadata": {"kernel_provisioner": {"provisioner_name": NAME}},
    },
}


@pytest.fixture(scope="module", autouse=True)
def specs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Both kernels where Jupyter looks for kernels."""
    folder = tmp_path_factory.mktemp("jupyter")
    for name, spec in SPECS.items():
        place = folder / "kernels" / name
        place.mkdir(parents=True)
        told = {"display_name": name, "language": "python", "interrupt_mode": "signal", **spec}
        (place / "kernel.json").write_text(json.dumps(told))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        use_forks()
        deadline = time.monotonic() + 60
        while not forks_are_ready() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert forks_are_ready()
        yield
        end_forks()


class Suite(jupyter_kernel_test.KernelTests):  # type: ignore[misc]
    """What the suite asks of a Python kernel."""

    __test__ = False
    language_name = "python"
    file_extension = ".py"
    code_hello_world = "print('hello, world')"
    code_stderr = "import sys; print('test', file=sys.stderr)"
    completion_samples = ({"text": "zi", "matches": {"zip"}},)
    complete_code_samples = ("1", "print('hello, world')", "def f(x):\n  return x*2\n\n\n")
    incomplete_code_samples = ("print('''hello", "def f(x):\n  x*2")
    invalid_code_samples = ("import = 7q",)
    code_page_something = "zip?"
    code_generate_error = "raise"
    code_execute_result = (
        {"code": "1+2+3", "result": "6"},
        {"code": "[n*n for n in range(1, 4)]", "result": "[1, 4, 9]"},
    )
    code_display_data = (
        {"code": "from IPython.display import HTML, display; display(HTML('<b>test</b>'))", "mime": "text/html"},
        {"code": "from IPython.display import Math, display; display(Math('\\\\frac{1}{2}'))", "mime": "text/latex"},
    )
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "search")
    code_inspect_sample = "zip"
    code_clear_output = "from IPython.display import clear_output; clear_output()"


def outcome(kernel: str) -> dict[str, str]:
    """Run the whole suite on a kernel. Returns each test's name and how it ended."""
    made = type("Suite", (Suite,), {"kernel_name": kernel, "__test__": True})
    found = unittest.TestResult()
    tests = unittest.defaultTestLoader.loadTestsFromTestCase(made)
    names = [test._testMethodName for test in tests]  # type: ignore[union-attr]
    tests.run(found)
    ended = dict.fromkeys(names, "passed")
    for how, some in (("failed", found.failures), ("broken", found.errors), ("skipped", found.skipped)):
        # A part of a test that was passed over names the test it is a part of.
        ended |= {getattr(test, "test_case", test)._testMethodName: how for test, _ in some}
    return ended


@pytest.mark.filterwarnings("ignore")
def test_a_forked_kernel_passes_the_public_suite_as_an_ordinary_one_does() -> None:
    ours = outcome(OURS)
    assert ours == outcome(ORDINARY)
    # After tail and search, the suite passes over ranges, which IPython's kernel does not number as it expects.
    assert {name for name, how in ours.items() if how != "passed"} == {"test_history"}
    assert ours["test_history"] == "skipped"
    assert len(ours) >= 12


def test_the_provisioner_is_installed_by_entry_point() -> None:
    project = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    (value,) = [project["entry-points"]["jupyter_client.kernel_provisioners"][NAME]]
    assert EntryPoint(NAME, value, "jupyter_client.kernel_provisioners").load() is ForkProvisioner


@pytest.mark.filterwarnings("ignore")
def test_jupyter_finds_the_provisioner_and_the_kernel_comes_by_fork() -> None:
    manager = KernelManager(kernel_name=OURS)
    manager.start_kernel()
    try:
        assert isinstance(manager.provisioner, ForkProvisioner)
        assert type(manager.provisioner.process).__name__ == "Forked"
        assert manager.is_alive()
    finally:
        manager.shutdown_kernel(now=True)
    assert not manager.is_alive()
