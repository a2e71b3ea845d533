"""What the handlers of one server share."""

from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment

from mira_workbook.records import Role
from mira_workbook.serve import links
from mira_workbook.serve.clockwork import Gone
from mira_workbook.serve.forms import Forms
from mira_workbook.serve.kernels import CappedKernelManager
from mira_workbook.serve.limits import Bucket
from mira_workbook.serve.making import Makings
from mira_workbook.serve.simple_desks import SimpleDesks
from mira_workbook.store import Store


@dataclass(slots=True)
class Pictures:
    """The drawings made last, by the name that follows from all they are made from."""

    most: int = 300
    _made: dict[str, bytes] = field(default_factory=dict)

    def get(self, name: str) -> bytes | None:
        """A drawing that is still here."""
        return self._made.get(name)

    def clear(self) -> None:
        """Let all of them go: something that they may show was forgotten."""
        self._made.clear()

    def keep(self, name: str, svg: bytes) -> bytes:
        """Keep a drawing, and let the oldest go when there are too many."""
        self._made[name] = svg
        while len(self._made) > self.most:
            del self._made[next(iter(self._made))]
        return svg


@dataclass(slots=True)
class House:
    """What the handlers of one server share."""

    store: Store
    pages: Environment
    threads: Executor
    drawing: Executor
    kernels: CappedKernelManager
    gone: Gone
    forms: Forms
    simple: SimpleDesks
    root: Path
    base_url: str = "/"
    lan: str = ""
    """Our address in the room's network, "" if only this machine can reach us."""
    wrong_codes: Bucket = field(default_factory=lambda: Bucket(40, 60))
    new_meetings: Bucket = field(default_factory=lambda: Bucket(30, 1800))
    pictures: Pictures = field(default_factory=Pictures)
    makings: Makings = field(default_factory=Makings)
    kept: dict[str, Any] = field(default_factory=dict)
    """What is known only until the server ends: keys shown once, by the facilitator key they were made with."""

    def has_board(self, role: Role) -> bool:
        """Whether the notebook that is a role's board lies with the workbooks; asked anew each time."""
        return role in links.BOARDS and (self.root / f"{links.BOARDS[role]}.ipynb").is_file()
