"""A server with one small notebook of standard widgets and an anywidget, and a line to it that can be cut."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

import mira_workbook

TEMPLATE = Path(mira_workbook.__file__).parent / "serve" / "template"
CLIENT = TEMPLATE.parent / "client"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOST = "room.test"  # a name that is not this machine's own: plain http, without what browsers keep for secure pages
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-features=HttpsUpgrades",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
]
expect.set_options(timeout=30000)
PHONE = {"width": 390, "height": 664}
LOST = "No connection. Keep writing. Your words are kept on this phone and go in by themselves when you are back."
RETURNING = "Bringing your page back… your words stay."

SERVER = """
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from voila.app import Voila

class Full(AsyncMappingKernelManager):
    async def start_kernel(self, **options):
        if len(self) >= 2:
            raise HTTPError(503, reason="Busy")
        return await super().start_kernel(**options)

class App(Voila):
    name = "voila"
    def init_settings(self):
        return {**super().init_settings(), "compress_response": True, "disable_check_xsrf": True}

App.launch_instance()
"""

STEP = '''
import anywidget, traitlets, ipywidgets as w
print("plain <b>text</b>")
name = w.Text(description="Your name", tooltip="")
said = w.HTML("<p>Nothing yet</p>")
go = w.Button(description="Say it", tooltip="")
go.on_click(lambda _: setattr(said, "value", f"<p>Hello {name.value}</p>"))
later = w.VBox()
go.on_click(lambda _: setattr(later, "children", (w.HTML("<p>Made on the open page</p>"),)))

class Echo(anywidget.AnyWidget):
    _esm = """
    export default { render({ model, el }) {
      const label = document.createElement("label");
      const words = document.createElement("input");
      const heard = document.createElement("p");
      words.id = "field-words"; heard.id = "heard"; label.append("Words", words);
      words.addEventListener("input", () => { model.set("words", words.value); model.save_changes(); });
      words.addEventListener("change", () => model.send({ words: words.value }));
      model.on("msg:custom", (message) => { heard.textContent = message.answer; });
      model.on("change:count", () => { heard.dataset.count = model.get("count"); });
      el.append(label, heard);
    } };
    """
    words = traitlets.Unicode("").tag(sync=True)
    count = traitlets.Int(0).tag(sync=True)

echo = Echo()
mirror = w.HTML("<p id='mirror'></p>")
echo.observe(lambda change: setattr(mirror, "value", f"<p id='mirror'>{change.new}</p>"), "words")
def hear(_, message, buffers):
    echo.count += 1
    echo.send({"answer": message["words"].upper()})
echo.on_msg(hear)
w.VBox([name, w.HBox([go]), said, later, echo, mirror])
'''

HOSTILE = """
import ipywidgets as w
described = (
    "<b onclick='bad=1' title='t'>Bold</b><script>bad=1</script><img src='x' onerror='bad=1'>"
    "<a href='java\\tscript:bad=1'>one</a><a href='/two'>two</a><svg onload='bad=1'><b>in</b></svg>"
    "<table><tr><td>cell</td></tr></table><style>*{display:none}</style>&lt;i&gt;"
)
w.Text(description=described, description_allow_html=True)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310 - our own server on this machine
            return int(reply.status)
    except urllib.error.HTTPError as reply:
        return reply.code
    except OSError:
        return 0


def until(check: Any, seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.1)
    return bool(check())


def cell(kind: str, source: str, tags: list[str] | None = None) -> dict[str, Any]:
    rest: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {
        "id": f"{kind}-{len(source)}",
        "cell_type": kind,
        "source": source,
        "metadata": {"tags": tags or []},
        **rest,
    }


class Line:
    """The network from phone to server: it can be cut, made deaf (open sockets lose their bytes), and mended."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.state = "whole"
        self.sockets: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self.state = "cut"
        for one in self.sockets:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def deafen(self) -> None:
        self.state = "deaf"

    def mend(self) -> None:
        """Lets new connections through; those that were open when the line went deaf stay dead."""
        self.state = "whole"

    def close(self) -> None:
        self.cut()
        for one in (self.listener, *self.sockets):
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                phone, _ = self.listener.accept()
            except OSError:
                return
            if self.state == "cut":
                phone.close()
                continue
            threading.Thread(target=self._join, args=(phone,), daemon=True).start()

    def _join(self, phone: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            phone.close()
            return
        server.settimeout(None)
        self.sockets += [phone, server]
        dead = threading.Event()
        for source, sink in ((phone, server), (server, phone)):
            threading.Thread(target=self._pump, args=(source, sink, dead), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, dead: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if self.state == "deaf":
                    dead.set()
                if not dead.is_set():
                    sink.sendall(data)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class Server:
    """A small Voila with our template, over a folder with one notebook."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder / "server.log"
        (folder / "notebooks").mkdir()
        self.write(
            "small",
            cell("markdown", "# A small workbook", tags=["on-page"]),
            cell("markdown", "Not for the page"),
            cell("code", STEP),
            cell("code", "raise RuntimeError('a secret reason')"),
        )
        self.write("hostile", cell("code", HOSTILE))
        self.start()

    def write(self, name: str, *cells: dict[str, Any]) -> None:
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        metadata = {"title": "A small <workbook>", "kernelspec": kernel}
        notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
        (self.folder / "notebooks" / f"{name}.ipynb").write_text(json.dumps(notebook))

    def start(self) -> None:
        environment = {**os.environ, "JUPYTER_PATH": str(TEMPLATE), "IPYTHONDIR": str(self.folder / "ipython")}
        options = ["--no-browser", f"--port={self.port}", "--Voila.port_retries=0", "--template=mira"]
        kernels = ["--KernelRestarter.restart_limit=0", "--VoilaConfiguration.multi_kernel_manager_class=__main__.Full"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVER, "notebooks", *options, *kernels],
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=log,
            )
        assert until(lambda: status(f"http://127.0.0.1:{self.port}/voila/tree") == 200, 90), self.log.read_text()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def end(self, kernel: str) -> None:
        """End a kernel that may have ended by itself."""
        address = f"http://127.0.0.1:{self.port}/api/kernels/{kernel}"
        with contextlib.suppress(OSError):
            urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=60).close()

    def has_kernel(self, kernel: str) -> bool:
        return status(f"http://127.0.0.1:{self.port}/api/kernels/{kernel}") == 200
