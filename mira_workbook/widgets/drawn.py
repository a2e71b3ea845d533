"""What our widgets have in common: a view that only goes out, and messages of the page that are always answered."""

import hashlib
import logging
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from mira_workbook.catalogue import SENTENCES

log = logging.getLogger(__name__)

Message = Mapping[str, Any]
Take = Callable[[Message], list[dict[str, Any]]]


def built(folder: Path, name: str) -> str:
    """The built script or sheet beside a widget; while it is being built for the first time, one that draws nothing."""
    path = folder / name
    if path.is_file():
        return path.read_text("utf-8")
    return "export default {render() {}}" if path.suffix == ".js" else ""


@cache
def address(folder: Path, name: str) -> str:
    """Where a page of our server finds a built file: by name, and by what is in it, so that a browser keeps it.

    The page's script puts the server's own address in place of `mira:`.
    """
    return f"mira:{name}?v={hashlib.sha512(built(folder, name).encode()).hexdigest()}"


def is_served() -> bool:
    """Whether the page is our server's; elsewhere (JupyterLab, stock Voila) a widget brings its own script."""
    return "MIRA_PAGES" in os.environ


class Drawn(anywidget.AnyWidget):
    """Draws `view` and hands each message of the page to `take`.

    `view` goes out only: what a browser writes into it is never read.

    Attributes:
        files: the folder and the names of its built script and sheet.
        said: the sentences of the catalogue that begin so are the page's, without the beginning.
        heads: parts of a message that its answer repeats.
        not_taken: what the page is told where a message could not be taken.
        silent: parts of the view that alone are no reason to draw.
    """

    files: ClassVar[tuple[Path, str, str]]
    said: ClassVar[str] = ""
    heads: ClassVar[tuple[str, ...]] = ("save_key",)
    not_taken: ClassVar[str] = ""
    silent: ClassVar[frozenset[str]] = frozenset()
    view = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)

    def __init__(self, take: Take) -> None:
        folder, script, sheet = self.files
        where = address if is_served() else built
        self._esm, self._css = where(folder, script), where(folder, sheet)
        super().__init__(texts=self.its_texts())
        self._take = take
        self._drawn: Mapping[str, Any] = {}
        self.on_msg(self._on_page)

    @classmethod
    @cache
    def its_texts(cls) -> dict[str, Any]:
        """The page's sentences by the names it knows them by."""
        return {k.removeprefix(cls.said): v for k, v in SENTENCES.items() if k.startswith(cls.said)}

    @classmethod
    def answers(cls, take: Take, message: Message) -> list[dict[str, Any]]:
        """What the page is told to a message: a page must never fall silent."""
        try:
            return take(message)
        except Exception:
            # It keeps the words, or says that nothing happened.
            log.exception("A message of the page was not taken.")
            return [{name: message.get(name) for name in cls.heads} | {"error": cls.not_taken}]

    def draw(self, view: Mapping[str, Any]) -> None:
        """Show a page; nothing is sent where nothing changed that is a reason to draw."""
        drawn = {name: part for name, part in view.items() if name not in self.silent} if self.silent else view
        if drawn != self._drawn:
            self._drawn = drawn
            self.view = dict(view)

    def _on_page(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict):
            return
        for reply in self.answers(self._take, content):
            self.send(reply)
