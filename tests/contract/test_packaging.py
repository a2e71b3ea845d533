"""What is installed: lists of parts agree, the version stands once, and a wheel holds what it needs and no more."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from mira_workbook import __version__

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONDA_FORGE = {
    "jupyter-kernel-test": "jupyter_kernel_test",
    "matplotlib": "matplotlib-base",
    "playwright": "playwright-python",
    "psycopg[binary]": "psycopg",
}
"""Parts that conda-forge calls otherwise."""
BUILT = ("mira_workbook", "workbooks", "data", "pyproject.toml", "README.md", "LICENSE")


def required() -> dict[str, str]:
    """Name of each part, as conda-forge spells it, to its range."""
    project = PROJECT["project"]
    parts = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    found = (re.fullmatch(r"([\w\-\[\]]+)(.*)", part) for part in parts)
    return {CONDA_FORGE.get(one[1], one[1]): one[2] for one in found if one}


def test_the_environment_lists_the_same_parts_and_ranges_as_the_project() -> None:
    lines = (ROOT / "environment.yml").read_text("utf-8").splitlines()
    entries = [line.strip().removeprefix("- ").split() for line in lines if line.startswith("  - ")]
    listed = {entry[0]: entry[1] if len(entry) > 1 else "" for entry in entries}
    assert (listed.pop("conda-forge"), listed.pop("nodefaults"), listed.pop("pip")) == ("", "", "")
    assert listed.pop("python") == PROJECT["project"]["requires-python"]
    assert listed == required()


def test_every_part_has_a_range() -> None:
    assert [name for name, bounds in required().items() if not bounds.startswith(">=")] == []


def test_the_version_is_the_first_heading_of_the_changelog() -> None:
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == __version__
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "mira_workbook/__init__.py"


@dataclass(frozen=True, slots=True)
class Installed:
    """A wheel installed far from any checkout.

    Attributes:
        wheel: the file.
        folder: a new environment that has the wheel, and this one's libraries but not its checkout.
        home: where its store is.
    """

    wheel: Path
    folder: Path
    home: Path

    def run(self, program: str, *words: str) -> str:
        """Run a program of the environment and give what it says."""
        env = {key: value for key, value in os.environ.items() if not key.startswith(("MIRA_", "PYTHON"))}
        env["MIRA_HOME"] = str(self.home)
        command = [str(self.folder / "bin" / program), *words]
        ran = subprocess.run(command, cwd=self.home, env=env, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel of this checkout, built beside things that must not travel."""
    folder = tmp_path_factory.mktemp("packaging")
    source = folder / "source"
    source.mkdir()
    for name in BUILT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("node_modules", "local"))
        else:
            shutil.copy(ROOT / name, source / name)
    plant(source)
    wheels = folder / "wheels"
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(source))
    wheel = next(wheels.glob("*.whl"))
    place = folder / "venv"
    venv.create(place, with_pip=False, symlinks=True)
    pip("--python", str(place / "bin" / "python"), "install", "--no-deps", str(wheel))
    libraries = next(place.glob("lib/python*/site-packages"))
    # A path in a .pth file is looked at for libraries only, so the checkout's own .pth does not count.
    (libraries / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    home = folder / "home"
    home.mkdir()
    return Installed(wheel, place, home)


def plant(source: Path) -> None:
    """Put what a lived-in checkout holds where it would be found."""
    for name in ("data/local/mira.sqlite", "workbooks/.ipynb_checkpoints/a.ipynb", "mira_workbook/node_modules/a.js"):
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("This stays here.")


def pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_wheel_brings_workbooks_data_pages_and_built_scripts(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = set(wheel.namelist())
    mira = "mira_workbook/serve/template/voila/templates/mira"
    wanted = {
        *(f"mira_workbook/shipped/workbooks/{path.name}" for path in (ROOT / "workbooks").glob("*.*")),
        *(f"mira_workbook/shipped/data/demo/{path.name}" for path in (ROOT / "data" / "demo").glob("*.*")),
        "mira_workbook/shipped/data/cards.toml",
        *("mira_workbook/widgets/form.js", "mira_workbook/widgets/form.css", "mira_workbook/py.typed"),
        *("mira_workbook/boards/board.js", "mira_workbook/boards/board.css"),
        *(f"{mira}/static/client.js", f"{mira}/static/tokens.css", f"{mira}/index.html.j2"),
        *("mira_workbook/exports/handout.html.j2", "mira_workbook/store/migrations/env.py"),
        *("mira_workbook/exports/report.html.j2", "mira_workbook/exports/report.css"),
        *("mira_workbook/serve/pages/home.html", "mira_workbook/store/migrations/versions/0001_first_tables.py"),
    }
    assert wanted - names == set()


def test_a_wheel_brings_no_answers_no_sources_of_scripts_and_no_tests(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = wheel.namelist()
    scripts = ("serve/client/", "widgets/js/", "boards/js/", "node_modules")
    never = (*scripts, "/local/", ".ipynb_checkpoints", "tests/", "data/readme/")
    assert [name for name in names if any(part in name for part in never)] == []


def test_an_installed_wheel_stands_on_its_own(installed: Installed) -> None:
    where = installed.run("python", "-c", "import mira_workbook; print(mira_workbook.__file__)")
    assert Path(where).is_relative_to(installed.folder)
    assert installed.run("mira-workbook", "--version") == __version__
    checked = installed.run("mira-workbook", "check").splitlines()
    assert len(checked) == len(list((ROOT / "workbooks").glob("*.toml")))
    assert all(line.endswith("All is well.") for line in checked)


def test_an_installed_wheel_plays_the_demo_twice_into_one_store(installed: Installed) -> None:
    first = json.loads(installed.run("mira-workbook", "demo", "--json"))
    assert {one["workbook"] for one in first} == {path.stem for path in (ROOT / "workbooks").glob("*.toml")}
    assert json.loads(installed.run("mira-workbook", "demo", "--json")) == first
    assert (installed.home / "mira.sqlite").is_file()
