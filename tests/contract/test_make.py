"""The two commands of the README, and what runs them on a clean clone."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_a_clean_clone_is_tested_by_one_script() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = [line for line in script.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "CI=1 make test"]


@pytest.mark.parametrize("target", ["setup", "serve", "lab", "test", "lint", "bench"])
def test_make_knows_what_to_do(target: str) -> None:
    planned = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert planned.returncode == 0, planned.stderr


def test_make_serve_and_make_test_need_nothing_before_them() -> None:
    rules = re.findall(r"^(\w+):(.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    needs = {target: wanted.split() for target, wanted in rules}
    assert needs["serve"] == ["setup"]
    assert needs["test"] == ["setup", "browser", "lint"]


def test_nothing_but_the_house_stands_at_the_top() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    assert {line.partition("/")[0] for line in listed.stdout.splitlines()} == {
        *(".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "environment.yml", "pyproject.toml"),
        *("data", "mira_workbook", "tests", "workbooks"),
    }
