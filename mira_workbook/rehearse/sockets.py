"""A page over real sockets: the page's HTML, its kernel's websocket, the form's messages, and everything that breaks.

Speaks what the page's own script speaks (https://jupyter-client.readthedocs.io/en/stable/messaging.html, and the comm
messages of https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md).
"""

import json
import random
import re
import secrets
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from mira_workbook.catalogue import say
from mira_workbook.content.answers.conditions import matches
from mira_workbook.errors import MiraError
from mira_workbook.notebook.doors import TEAM
from mira_workbook.records import Entry
from mira_workbook.rehearse.pages import Message
from mira_workbook.rehearse.told import Journal
from mira_workbook.rehearse.web import Browser, is_near
from mira_workbook.widgets.controls import Doc

ANSWER_S = 30.0
"""Seconds after which a page no longer waits for an answer and takes its connection for broken."""
PLACE_S = 120.0
"""Seconds to wait for a free place on a busy server."""
MISHAPS = {"cuts": 0.06, "loses kernel": 0.03, "reloads": 0.04}
"""How often, of 1, a message is the one in whose middle the line breaks, the kernel dies or the page is reloaded."""
_KERNEL = re.compile(r'"kernelId":\s*"([0-9a-f-]{36})"')
_BROKEN = (OSError, WebSocketException, TimeoutError)


@dataclass(slots=True)
class SocketPage:
    """One page of one browser.

    Attributes:
        browser: whose cookies it sends.
        url: the page's address.
        journal: where saves are written down.
        dice: chance, for mishaps; None for a page that nothing happens to.
        mishaps: what happened to it.
        screens: controls by screen, as this page and the person's other tabs showed them.
    """

    browser: Browser
    url: str
    journal: Journal | None = None
    dice: random.Random | None = None
    mishaps: list[str] = field(default_factory=list)
    screens: dict[str, dict[str, Doc]] = field(default_factory=dict)
    _view: Doc = field(default_factory=dict)
    _line: ExitStack = field(default_factory=ExitStack)
    _socket: ClientConnection | None = None
    _kernel: str = ""
    _form: str = ""
    _entries: dict[str, list[tuple[str, Entry]]] = field(default_factory=dict)
    _session: str = field(default_factory=lambda: secrets.token_hex(16))

    def __post_init__(self) -> None:
        self.renew()

    @property
    def view(self) -> Doc:
        """What the form shows."""
        return self._view

    def renew(self) -> None:
        """Load the page, which starts a kernel, and find its form.

        Raises:
            MiraError: the server gave no page, or one without a form.
        """
        self.close()
        self._kernel = self._load()
        self._connect()
        self._form = ""
        give_up = time.monotonic() + ANSWER_S
        while not self._form and time.monotonic() < give_up:
            self._ask_for_widgets()
        if not self._form:
            raise MiraError(say("rehearse_no_page", url=self.url))
        self._say("$hello", None)

    def _load(self) -> str:
        give_up = time.monotonic() + PLACE_S
        while True:
            page = self.browser.get(self.url)
            found = _KERNEL.search(page.text)
            if found:
                return found[1]
            if time.monotonic() > give_up or page.status not in {429, 503}:
                raise MiraError(say("rehearse_no_page", url=self.url))
            time.sleep(2)

    def _connect(self) -> None:
        at = urlsplit(self.browser.root)
        scheme = "wss" if at.scheme == "https" else "ws"
        address = f"{scheme}://{at.netloc}{at.path}api/kernels/{self._kernel}/channels?session_id={self._session}"
        opening = connect(
            address,
            additional_headers={"Cookie": self.browser.cookie()},
            open_timeout=ANSWER_S,
            close_timeout=1,
            max_size=None,
            # Everything is read as it comes, by a thread of the client, so that the server's pings are answered.
            max_queue=None,
            ping_interval=None,
            compression=None,
            proxy=None if is_near(self.browser.root) else True,
        )
        self._socket = self._line.enter_context(opening)

    def _ask_for_widgets(self) -> None:
        """Ask every widget for its state, and keep the one that shows a view."""
        msg = self._write("comm_info_request", {"target_name": "jupyter.widget"})
        models: list[str] = []
        for frame in self._until_idle(msg):
            models += frame["content"].get("comms", {})
        for model in models:
            self._hear(self._write("comm_msg", {"comm_id": model, "data": {"method": "request_state"}}))
            if self._form:
                return

    def close(self) -> None:
        """Leave, as a closed tab does."""
        self._socket = None
        with suppress(*_BROKEN):
            self._line.close()

    def refresh(self) -> bool:
        """Take in what came; a line that broke is opened again, and a page without a kernel is loaded anew."""
        before = self._view
        try:
            while self._socket is not None:
                self._take_in(json.loads(self._socket.recv(timeout=0)))
        except TimeoutError:
            pass
        except _BROKEN:
            self._come_back()
        if self._socket is None:
            self._come_back()
        return self._view is not before

    def _come_back(self) -> None:
        """As the page does: the same kernel again if it lives, else the page anew."""
        self.close()
        if self.browser.get(f"api/kernels/{self._kernel}").status == 200:  # noqa: PLR2004 - HTTP
            with suppress(*_BROKEN):
                self._connect()
                self._hear(self._write("comm_msg", {"comm_id": self._form, "data": {"method": "request_state"}}))
                return
        self.renew()

    def take(self, message: Mapping[str, Any]) -> list[Message]:
        """Send a message and wait for its answers; none where the line broke before they came."""
        noted = self._note(message)
        mishap = self._mishap(message)
        try:
            msg = self._say_message(message)
            if mishap:
                self._break(mishap)
                return []
            replies = self._hear(msg)
        except _BROKEN:
            self.close()
            return []
        mine = [one for one in replies if one.get("save_key") == message.get("save_key")]
        self._settle(noted, mine)
        return mine

    def _say(self, name: str, value: Any) -> None:
        with suppress(*_BROKEN):
            self._say_message({"field": name, "value": value, "save_key": secrets.token_hex(6)})

    def _say_message(self, message: Mapping[str, Any]) -> str:
        data = {"method": "custom", "content": dict(message)}
        return self._write("comm_msg", {"comm_id": self._form, "data": data})

    # what breaks

    def _mishap(self, message: Mapping[str, Any]) -> str:
        """What happens in the middle of this message, "" for nothing."""
        if self.dice is None or message.get("field") in {"$here", "$hello"}:
            return ""
        return next((name for name, share in MISHAPS.items() if self.dice.random() < share), "")

    def _break(self, mishap: str) -> None:
        self.mishaps.append(mishap)
        if mishap == "loses kernel":
            self.browser.get(f"api/kernels/{self._kernel}", method="DELETE")
        elif self._socket is not None:
            # Without a goodbye, as when a phone leaves the network.
            with suppress(OSError):
                self._socket.socket.shutdown(socket.SHUT_RDWR)
        self.close()
        if mishap == "reloads":
            self.renew()

    # frames

    def _write(self, kind: str, content: Doc) -> str:
        if self._socket is None:
            raise TimeoutError
        msg = secrets.token_hex(16)
        head = {"msg_id": msg, "msg_type": kind, "session": self._session, "username": "", "version": "5.3"}
        frame = {"channel": "shell", "header": head | {"date": "2026-01-01T00:00:00Z"}, "parent_header": {}}
        self._socket.send(json.dumps({**frame, "metadata": {}, "content": content, "buffers": []}))
        return msg

    def _until_idle(self, msg: str) -> Iterator[Doc]:
        """What the kernel says until it has done with a message of ours.

        Raises:
            TimeoutError: it said nothing for too long.
        """
        while self._socket is not None:
            frame: Doc = json.loads(self._socket.recv(timeout=ANSWER_S))
            self._take_in(frame)
            yield frame
            head, parent = frame.get("header", {}), frame.get("parent_header", {})
            idle = head.get("msg_type") == "status" and frame["content"].get("execution_state") == "idle"
            if idle and parent.get("msg_id") == msg:
                return

    def _hear(self, msg: str) -> list[Message]:
        """The form's answers to a message of ours."""
        data = [frame["content"].get("data") or {} for frame in self._until_idle(msg) if _is_comm(frame)]
        return [one["content"] for one in data if one.get("method") == "custom"]

    def _take_in(self, frame: Doc) -> None:
        if not _is_comm(frame):
            return
        content = frame["content"]
        state = (content.get("data") or {}).get("state") or {}
        if "view" not in state:
            return
        if not self._form and state.get("_model_module") == "anywidget":
            self._form = content["comm_id"]
        if content["comm_id"] == self._form:
            self._view = state["view"]
            fields = [f for page in self._view.get("pages") or () for f in page["fields"]]
            self.screens.setdefault(self._view["key"], {}).update({f["field"]: f for f in fields})

    # what was told

    def _note(self, message: Mapping[str, Any]) -> list[int]:
        """Write down what a message would save; one that is sent again as it was the first time."""
        if self.journal is None:
            return []
        key = str(message.get("save_key"))
        if key not in self._entries:
            self._entries[key] = list(self._saves(message, key))
        _, session, _ = self._view["store_key"].split("/")
        return [self.journal.trying(int(session), author, entry) for author, entry in self._entries[key]]

    def _saves(self, message: Mapping[str, Any], key: str) -> Iterator[tuple[str, Entry]]:
        """What a message would save, by author.

        Not so for tables that several people write: what stands in them after a save, its page alone cannot know.
        """
        name, value, screen = message.get("field"), message.get("value"), key.rpartition("/")[0]
        controls = {one: f for one, f in self.screens.get(screen, {}).items() if not _is_shared_table(f)}
        values = value.get("values") if isinstance(value, dict) else None
        sent = {str(name): value} if name != "$submit" else values if isinstance(values, dict) else {}
        whole = sent if name == "$submit" else None
        known = {one: _sent(controls[one], held, whole) for one, held in sent.items() if one in controls}
        # What one taps beside the team's fields is never sent with them.
        team_only = whole is not None and any("version" in controls[one] for one in known)
        for author in (TEAM, *(() if team_only else (self._view["store_key"].split("/")[2],))):
            mine = {one: held for one, held in known.items() if ("version" in controls[one]) == (author == TEAM)}
            if mine:
                step, round_ = screen.split(":")[:2]
                yield author, Entry(step, int(round_), key, mine)

    def _settle(self, noted: list[int], replies: list[Message]) -> None:
        """Write down what was answered: saved, kept as a draft, or refused."""
        if self.journal is None or not replies:
            return
        saved = [one for one in replies if one.get("saved_at") and not one.get("draft")]
        for n in noted:
            if not saved:
                self.journal.refused(n)
            else:
                merged = {one["field"]: one["value"] for one in saved if "value" in one}
                self.journal.saved(n, merged)


def _is_comm(frame: Doc) -> bool:
    return bool(frame.get("header", {}).get("msg_type") == "comm_msg")


def _sent(control: Doc, value: Any, whole: Mapping[str, Any] | None) -> Any:
    """What of a value can stand: in a whole page nothing of a field that the page hides."""
    when = control.get("show_when")
    return None if when and whole is not None and not matches(when, whole) else value


def _is_shared_table(control: Doc) -> bool:
    return "version" in control and "columns" in control
