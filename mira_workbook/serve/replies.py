"""What a door sends back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """A page to send back: a template and what stands in it."""

    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go there instead."""

    to: str


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes to send back as they are."""

    body: bytes
    kind: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """A file to send piece by piece; `after` is called once it is through, or its receiver gone."""

    path: Path
    kind: str
    headers: Mapping[str, str]
    after: Callable[[], None]


Answer = Reply | Redirect | Content


class Refused(Exception):  # noqa: N818 - carries an answer, is not a fault
    """Breaks off what a door was about to do; `answer` is sent instead."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
