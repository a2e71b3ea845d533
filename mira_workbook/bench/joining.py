"""A visitor without a browser, in Voila's own protocol: load the page, open its socket, ask for its widgets."""

import asyncio
import json
import re
import secrets
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from mira_workbook.errors import StoreError

PATIENCE = 180.0
"""Seconds a visitor waits: thirty at stock Voila take half a minute on two cores."""
_KERNEL = re.compile(r'"kernelId":\s*"([0-9a-f-]{36})"')
STAGES = ("head", "kernel", "page", "socket", "widgets")
"""What a visitor sees come, one after the other: the page's first bytes, its kernel's number, its last bytes, the
socket, and the answer of the kernel with its widgets."""


@dataclass(slots=True)
class Visitor:
    """One visitor.

    Attributes:
        url: the page's address.
        cookie: the browser's, `name=value`; "" for none.
        patience: seconds after which the page is not waited for any longer.
        came: stage to the seconds since the visitor set out.
    """

    url: str
    cookie: str = ""
    patience: float = PATIENCE
    came: dict[str, float] = field(default_factory=dict)
    _body: bytearray = field(default_factory=bytearray)
    _begun: float = 0.0
    _socket: WebSocketClientConnection | None = None
    _kernel: str = ""

    async def join(self) -> float:
        """Come in. Returns the seconds until the kernel has answered with its widgets.

        Raises:
            StoreError: there was no page, or no widget on it.
        """
        try:
            await self._come()
        except (HTTPClientError, TimeoutError) as error:
            seen = f"A page came no further than its {list(self.came)[-1]}" if self.came else "No page came"
            raise StoreError(f"{seen}: {str(error) or 'timeout'}.") from error
        return self.came["widgets"]

    async def _come(self) -> None:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        await self._load(headers)
        if not self._kernel:
            raise StoreError("The server gave a page without a kernel.")
        at = urlsplit(self.url)
        address = f"ws://{at.netloc}/api/kernels/{self._kernel}/channels?session_id={secrets.token_hex(16)}"
        self._socket = await websocket_connect(HTTPRequest(address, headers=headers, request_timeout=self.patience))
        self._note("socket")
        await self._ask_for_widgets(self._socket)

    async def _load(self, headers: dict[str, str]) -> None:
        self._begun = time.perf_counter()
        await AsyncHTTPClient().fetch(
            HTTPRequest(
                self.url,
                headers=headers,
                request_timeout=self.patience,
                connect_timeout=self.patience,
                streaming_callback=self._hear,
            )
        )
        self._note("page")

    def leave(self) -> None:
        """Close the page, without the goodbye of a browser."""
        if self._socket is not None:
            self._socket.close()

    async def end(self) -> None:
        """Close the page with a browser's goodbye, which ends the kernel."""
        self.leave()
        at = urlsplit(self.url)
        address = f"{at.scheme}://{at.netloc}/voila/api/shutdown/{self._kernel}"
        await AsyncHTTPClient().fetch(
            HTTPRequest(address, method="POST", body="", headers={"Cookie": self.cookie}, request_timeout=PATIENCE)
        )

    def _hear(self, chunk: bytes) -> None:
        self._body += chunk
        self._note("head")
        if not self._kernel and (found := _KERNEL.search(self._body.decode(errors="replace"))):
            self._kernel = found[1]
            self._note("kernel")

    def _note(self, stage: str) -> None:
        self.came.setdefault(stage, time.perf_counter() - self._begun)

    async def _ask_for_widgets(self, socket: WebSocketClientConnection) -> None:
        head = {"msg_id": secrets.token_hex(16), "msg_type": "comm_info_request", "session": secrets.token_hex(16)}
        head |= {"username": "", "version": "5.3", "date": "2026-01-01T00:00:00Z"}
        asked = {"channel": "shell", "header": head, "parent_header": {}, "metadata": {}, "buffers": []}
        await socket.write_message(json.dumps({**asked, "content": {"target_name": "jupyter.widget"}}))
        while raw := await asyncio.wait_for(socket.read_message(), self.patience):
            if isinstance(raw, str) and "comm_info_reply" in raw:
                if not json.loads(raw)["content"].get("comms"):
                    raise StoreError("The kernel holds no widgets.")
                self._note("widgets")
                return
        raise StoreError("The server closed the page.")


@asynccontextmanager
async def together(url: str, cookies: Sequence[str], count: int) -> AsyncIterator[list[Visitor]]:
    """Let so many visitors come in the same second, and wait until each has its widgets; at the end all leave.

    Args:
        url: the page's address.
        cookies: one for each visitor, in turn.
        count: how many come.
    """
    AsyncHTTPClient.configure(None, max_clients=2000)
    visitors = [Visitor(url, cookies[n % len(cookies)] if cookies else "") for n in range(count)]
    try:
        await asyncio.gather(*(visitor.join() for visitor in visitors))
        yield visitors
    finally:
        for visitor in visitors:
            visitor.leave()
