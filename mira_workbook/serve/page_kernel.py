"""IPython's kernel, which also takes all cells of a page in one message, and does little for each word of a page."""

from typing import Any

from ipykernel.iostream import OutStream
from ipykernel.ipkernel import IPythonKernel

from mira_workbook.serve import cells
from mira_workbook.widgets.signs import HERE

WIDGETS = "comm_msg"
STREAM = f"{__name__}.PageStream"
"""What a page's kernel prints to, as its settings name it."""


class PageKernel(IPythonKernel):
    """A kernel of one page."""

    msg_types = [*IPythonKernel.msg_types, cells.REQUEST]  # noqa: RUF012 - so ipykernel has it

    async def cells_request(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        """Run a page's cells and say what they have shown; named after its message, as ipykernel wants it."""
        asked = parent["content"]
        found = await cells.run(asked["told"], asked["sources"])
        if self.session is not None:
            self.session.send(stream, cells.REPLY, found, parent, ident=ident)

    def _publish_status(self, status: str, channel: str, parent: dict[str, Any] | None = None) -> None:
        # A sign of life is taken in a millisecond: that the kernel is idle again says all, and comes just as soon.
        asked = self.get_parent(channel)  # type: ignore[no-untyped-call]
        if status != "busy" or not _is_sign(asked):
            super()._publish_status(status, channel, parent)  # type: ignore[no-untyped-call]


class PageStream(OutStream):
    """What a page's kernel prints: after a widget's message nothing is sent on, and waited for, where nothing was."""

    _printed = False

    def write(self, string: str) -> int:
        """Print."""
        self._printed = True
        return super().write(string) or 0

    def flush(self) -> None:
        """Send on what was printed, in the thread that sends; two of these cost a third of a message."""
        if self._printed or self.parent_header.get("msg_type") != WIDGETS:
            self._printed = False
            super().flush()  # type: ignore[no-untyped-call]


def _is_sign(message: Any) -> bool:
    """Whether a message says only that somebody is here."""
    if message.get("header", {}).get("msg_type") != WIDGETS:
        return False
    # Whatever a page sends, this must not be what breaks.
    told = message.get("content")
    for name in ("data", "content"):
        told = told.get(name) if isinstance(told, dict) else None
    return isinstance(told, dict) and told.get("field") == HERE
