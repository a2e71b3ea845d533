"""A person's own copies of the notebooks."""

import json
from pathlib import Path
from typing import Any

import pytest

from mira_workbook.notebook.copies import refresh, without_outputs


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    write(folder / "one.ipynb", "Hello")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


def write(path: Path, text: str) -> None:
    notebook: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {"metadata": {"title": "One"}}
    prose = {"cell_type": "markdown", "metadata": {"editable": False}, "source": [text]}
    code: dict[str, Any] = {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [], "execution_count": None}
    path.write_text(json.dumps({**notebook, "cells": [prose, code]}))


def text(path: Path) -> str:
    found: str = json.loads(path.read_text())["cells"][0]["source"][0]
    return found


def test_every_notebook_is_copied_with_what_it_says_and_nothing_else_is(shipped: Path, own: Path) -> None:
    (shipped / "one.toml").write_text("")
    assert refresh(shipped, own) == []
    assert [path.name for path in own.iterdir()] == ["one.ipynb"]
    copy = json.loads((own / "one.ipynb").read_text())
    assert copy["cells"] == json.loads((shipped / "one.ipynb").read_text())["cells"]
    assert copy["metadata"]["title"] == "One"


def test_a_copy_that_nobody_changed_follows_its_notebook_and_loses_old_outputs(shipped: Path, own: Path) -> None:
    refresh(shipped, own)
    copy = json.loads((own / "one.ipynb").read_text())
    copy["cells"][1] |= {"outputs": [{"output_type": "stream"}], "execution_count": 3}
    (own / "one.ipynb").write_text(json.dumps(copy))
    write(shipped / "one.ipynb", "Hello again")
    assert refresh(shipped, own) == []
    assert text(own / "one.ipynb") == "Hello again"
    assert json.loads((own / "one.ipynb").read_text())["cells"][1]["outputs"] == []


def test_a_changed_copy_stays_and_its_new_version_lies_beside_it(shipped: Path, own: Path) -> None:
    refresh(shipped, own)
    write(own / "one.ipynb", "My words")
    assert refresh(shipped, own) == []
    write(shipped / "one.ipynb", "Hello again")
    told = "You changed one.ipynb, so it stays as it is. Its new version lies beside it: one.new.ipynb."
    assert refresh(shipped, own) == [told]
    assert (text(own / "one.ipynb"), text(own / "one.new.ipynb")) == ("My words", "Hello again")


@pytest.mark.parametrize("content", ['{"cells": [], "metadata": {}}', "not a notebook", "[]"])
def test_a_file_that_is_no_copy_of_ours_is_never_written_over(shipped: Path, own: Path, content: str) -> None:
    own.mkdir()
    (own / "one.ipynb").write_text(content)
    assert len(refresh(shipped, own)) == 1
    assert (own / "one.ipynb").read_text() == content


def test_what_is_saved_has_no_outputs_and_other_files_are_left_alone() -> None:
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "source": "1", "outputs": [{"output_type": "stream"}], "execution_count": 2},
        {"cell_type": "markdown", "source": "Hello"},
    ]
    without_outputs({"type": "notebook", "content": {"cells": cells}}, path="one.ipynb")
    assert cells == [
        {"cell_type": "code", "source": "1", "outputs": [], "execution_count": None},
        {"cell_type": "markdown", "source": "Hello"},
    ]
    without_outputs({"type": "file", "content": "text"}, path="one.txt")
