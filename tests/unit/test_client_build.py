"""The committed page client is what its sources and lock file give, and holds nothing that leads elsewhere."""

import json
import re
import shutil
import subprocess
from pathlib import Path

from lacking import leave_out

import mira_workbook

SERVE = Path(mira_workbook.__file__).parent / "serve"
SOURCE = SERVE / "client"
BUILT = SERVE / "template" / "voila" / "templates" / "mira" / "static"


def npm(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("npm")
    if program is None:
        leave_out("npm", "Debian: apt install npm")
    return subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, check=False, timeout=300)


def test_building_anew_gives_the_committed_files(tmp_path: Path) -> None:
    folder = tmp_path / "client"
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("node_modules"))
    fetched = npm(folder, "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
    if fetched.returncode:
        leave_out("npm's registry", "a way to it")

    built = npm(folder, "run", "build", "--", "--outdir", str(tmp_path / "out"))

    assert built.returncode == 0, built.stderr
    for name in ("client.js", "client.css", "simple.js"):
        assert (tmp_path / "out" / name).read_bytes() == (BUILT / name).read_bytes(), f"{name} is not the built one"


def test_every_package_is_pinned() -> None:
    package = json.loads((SOURCE / "package.json").read_text())

    wanted = package["dependencies"] | package["devDependencies"]
    locked = json.loads((SOURCE / "package-lock.json").read_text())["packages"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_the_templates_name_no_other_host() -> None:
    pages = [path for path in BUILT.parent.iterdir() if path.suffix in {".html", ".j2"}]

    assert len(pages) >= 8
    for path in pages:
        assert not re.search(r"(?:https?:)?//[a-z]", re.sub(r"\s//\s.*", "", path.read_text())), path.name


def test_the_style_sheet_loads_nothing() -> None:
    sheet = (BUILT / "client.css").read_text()

    assert "@import" not in sheet
    assert not re.search(r"url\((?!\"?data:)", sheet)
