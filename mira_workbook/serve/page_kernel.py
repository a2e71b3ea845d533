"""IPython's kernel, which also takes all cells of a page in one message."""

from typing import Any

from ipykernel.ipkernel import IPythonKernel

from mira_workbook.serve import cells


class PageKernel(IPythonKernel):
    """A kernel of one page."""

    msg_types = [*IPythonKernel.msg_types, cells.REQUEST]  # noqa: RUF012 - so ipykernel has it

    async def cells_request(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        """Run a page's cells and say what they have shown; named after its message, as ipykernel wants it."""
        asked = parent["content"]
        found = await cells.run(asked["told"], asked["sources"])
        if self.session is not None:
            self.session.send(stream, cells.REPLY, found, parent, ident=ident)
