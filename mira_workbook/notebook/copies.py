"""A person's own copies of the notebooks: fresh at each start, and never written over once somebody changed them.

Installed notebooks may be read-only, and a checkout's should not fill with a sitting's outputs.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from mira_workbook.catalogue import say

_MARK = "mira_workbook"


def refresh(source: Path, target: Path) -> list[str]:
    """Bring the copies of all notebooks in a folder up to date.

    A copy whose cells are as we wrote them is made anew. One that was changed stays; where the notebook it came from
    has moved on since, the new one is put beside it.

    Args:
        source: the folder of the notebooks.
        target: the folder of the copies; made if it is not there.

    Returns:
        A sentence for each notebook that now lies there twice.
    """
    target.mkdir(parents=True, exist_ok=True)
    told = (_refresh(path, target) for path in sorted(source.glob("*.ipynb")))
    return [sentence for sentence in told if sentence]


def _refresh(path: Path, target: Path) -> str:
    notebook = json.loads(path.read_text("utf-8"))
    new, copy = cells_hash(notebook), target / path.name
    came_from = _origin(copy)
    if came_from == "" or cells_hash(_read(copy)) == came_from:
        _write(copy, notebook, new)
        return ""
    if came_from == new:
        return ""
    beside = target / f"{path.stem}.new.ipynb"
    _write(beside, notebook, new)
    return say("copy_beside", name=copy.name, new=beside.name)


def _write(copy: Path, notebook: dict[str, Any], mark: str) -> None:
    marked = {**notebook, "metadata": {**notebook["metadata"], _MARK: {"copy_of": mark}}}
    copy.write_text(json.dumps(marked, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _read(copy: Path) -> dict[str, Any]:
    try:
        found = json.loads(copy.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _origin(copy: Path) -> str:
    """What a copy was made from; "" where there is none, "?" where it does not say."""
    if not copy.exists():
        return ""
    return str(_read(copy).get("metadata", {}).get(_MARK, {}).get("copy_of", "?"))


def cells_hash(notebook: dict[str, Any]) -> str:
    """A hash of what a notebook's cells say: neither outputs nor what an editor adds count."""
    cells = [[cell["cell_type"], "".join(cell["source"])] for cell in notebook.get("cells", ())]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()[:16]


def without_outputs(model: dict[str, Any], **_: Any) -> None:
    """Keep a sitting's outputs out of a notebook that JupyterLab saves.

    They show answers to whoever opens the file, and are dead without their kernel. Called by the server's contents
    manager before each save.
    """
    if model.get("type") != "notebook":
        return
    for cell in model["content"]["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
