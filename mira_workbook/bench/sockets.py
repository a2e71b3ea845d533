"""One page over its socket, without a browser: what its kernel shows, and messages to it, in Jupyter's own protocol."""

import asyncio
import json
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from jupyter_client.session import json_packer
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from mira_workbook.errors import StoreError

Doc = dict[str, Any]
PATIENCE = 90.0
"""Seconds a page may take until it is there: sixty open at once."""
_KERNEL = re.compile(r'"kernelId":\s*"([0-9a-f-]{36})"')
_TELLING = re.compile(rb'"msg_type": ?"comm_(msg|info_reply)"')
PROTOCOL = "v1.kernel.websocket.jupyter.org"
"""What our pages speak with the server: parts that it hands on as they are."""
_SHOWN: Callable[[Doc], None] = lambda _view: None  # noqa: E731 - a default


@dataclass(slots=True)
class Page:
    """A page of a running server.

    Attributes:
        url: the page's address.
        cookie: the browser's, `name=value`.
        view: what the page's widget shows now.
        on_view: called with each new view.
    """

    url: str
    cookie: str
    view: Doc = field(default_factory=dict)
    on_view: Callable[[Doc], None] = _SHOWN
    _socket: WebSocketClientConnection | None = None
    _model: str = ""
    _session: str = field(default_factory=lambda: secrets.token_hex(16))
    _replies: dict[str, "asyncio.Future[Doc]"] = field(default_factory=dict)
    _there: "asyncio.Event" = field(default_factory=asyncio.Event)
    _reader: "asyncio.Task[None] | None" = None

    async def open(self) -> None:
        """Load the page and find the widget that shows something.

        Raises:
            StoreError: the server gave another page, or none.
        """
        self._model = ""
        self._there.clear()
        headers = {"Cookie": self.cookie}
        request = HTTPRequest(self.url, headers=headers, request_timeout=PATIENCE, connect_timeout=PATIENCE)
        answer = await AsyncHTTPClient().fetch(request, raise_error=False)
        found = _KERNEL.search(answer.body.decode(errors="replace"))
        if found is None:
            raise StoreError(f"The server gave no page: {answer.code}.")
        at = urlsplit(self.url)
        address = f"ws://{at.netloc}/api/kernels/{found[1]}/channels?session_id={self._session}"
        self._socket = await websocket_connect(
            HTTPRequest(address, headers=headers, request_timeout=PATIENCE), subprotocols=[PROTOCOL]
        )
        self._reader = asyncio.create_task(self._read(self._socket))
        while not self._there.is_set():
            await self._ask_for_widgets()
            try:
                await asyncio.wait_for(self._there.wait(), 3)
            except TimeoutError:
                continue

    async def send(self, message: Mapping[str, Any]) -> None:
        """Send a message to the widget."""
        await self._write("comm_msg", {"comm_id": self._model, "data": {"method": "custom", "content": dict(message)}})

    async def ask(self, message: Mapping[str, Any]) -> Doc:
        """Send a message and wait for what answers its `save_key`."""
        waiting = asyncio.get_running_loop().create_future()
        self._replies[str(message["save_key"])] = waiting
        await self.send(message)
        reply: Doc = await asyncio.wait_for(waiting, PATIENCE)
        return reply

    def close(self) -> None:
        """Leave, as a closed tab does."""
        if self._reader is not None:
            self._reader.cancel()
        if self._socket is not None:
            self._socket.close()

    async def _ask_for_widgets(self) -> None:
        await self._write("comm_info_request", {"target_name": "jupyter.widget"})

    async def _ask_for_states(self, models: Iterable[str]) -> None:
        for model in models:
            await self._write("comm_msg", {"comm_id": model, "data": {"method": "request_state"}})

    async def _write(self, kind: str, content: Doc) -> None:
        if self._reader is not None and self._reader.done() and not self._reader.cancelled():
            self._reader.result()  # what broke it tells more than a closed socket
        if self._socket is None:
            return
        head = {"msg_id": secrets.token_hex(16), "msg_type": kind, "session": self._session, "username": ""}
        head |= {"version": "5.3", "date": "2026-01-01T00:00:00Z"}
        parts = {"header": head, "parent_header": {}, "metadata": {}, "content": content}
        frame = serialize_msg_to_ws_v1(parts, "shell", json_packer)  # type: ignore[no-untyped-call]
        await self._socket.write_message(frame, binary=True)

    async def _read(self, socket: WebSocketClientConnection) -> None:
        while True:
            raw = await socket.read_message()
            if raw is None:
                return
            # Most of what comes says only that a kernel is busy, then idle again.
            if not isinstance(raw, bytes):
                continue
            _, (head, _, _, told, *_) = deserialize_msg_from_ws_v1(raw)  # type: ignore[no-untyped-call]
            if not _TELLING.search(head):
                continue
            content = json.loads(told)
            if "comms" in content:
                await self._ask_for_states(content["comms"])
            else:
                self._heard(content.get("comm_id", ""), content.get("data") or {})

    def _heard(self, comm: str, data: Doc) -> None:
        state = data.get("state") or {}
        if not self._model and "view" in state and state.get("_model_module") == "anywidget":
            self._model = comm
            self._show(state["view"])
            self._there.set()
        elif comm == self._model and "view" in state:
            self._show(state["view"])
        elif comm == self._model and data.get("method") == "custom":
            waiting = self._replies.pop(str(data["content"].get("save_key")), None)
            if waiting is not None and not waiting.done():
                waiting.set_result(data["content"])

    def _show(self, view: Doc) -> None:
        self.view = view
        self.on_view(view)
