"""Voila as our application: its rendering and its kernels, our pages in front, and nothing else of it."""

import logging
import os
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.services.kernels.handlers import _kernel_id_regex as KERNEL_ID  # noqa: N812 - as Voila does
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler
from traitlets.config import Config
from voila.app import Voila

from mira_workbook.catalogue import say
from mira_workbook.errors import ConfigError
from mira_workbook.opening import open_store
from mira_workbook.serve import (
    answers,
    before,
    coach,
    desk,
    files,
    home,
    join,
    keys,
    paper,
    personal,
    pictures,
    rehearsal,
    render,
    setup,
    simple,
    small,
)
from mira_workbook.serve.clockwork import PATIENCE, Clockwork, Pages
from mira_workbook.serve.doors import HEADERS, Door
from mira_workbook.serve.forks import NAME as FORKED
from mira_workbook.serve.forks import end_forks, use_forks
from mira_workbook.serve.forms import Forms
from mira_workbook.serve.house import House
from mira_workbook.serve.kernels import CappedKernelManager, OurKernels
from mira_workbook.serve.making import Makings
from mira_workbook.serve.retention import Retention
from mira_workbook.serve.simple_desks import SimpleDesks
from mira_workbook.settings import home as home_folder
from mira_workbook.settings import settings, shipped

if sys.platform != "win32":
    import resource

log = logging.getLogger(__name__)
HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "template"
_THREADS = 8
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to
"""Addresses to listen on that mean every network of this machine."""
PING_MS, SILENT_MS = 20_000, 50_000
"""Milliseconds between two pings of a page, and after which one that is silent is closed.

Jupyter looks for the answer to a ping when the next is due, and before the first there is none: with both alike, every
page would be closed after twenty seconds. Two pings may go unanswered: a large room on a small machine can be that
late, and pages that are closed and come back make it later still.
"""
_MEGABYTE = 2**20


class Nobody(IdentityProvider):
    """Jupyter's idea of who is there. Ours is the seat; this one sets no cookie and refuses nobody."""

    def get_user(self, handler: Any) -> User:  # noqa: ARG002 - every visitor is the same to Jupyter
        """Everybody is a visitor."""
        return User("visitor")


class Missing(Door):
    """An address that leads nowhere."""

    async def prepare(self) -> None:
        """Say so in our own words."""
        self.send_error(404)


class MiraApp(Voila):  # type: ignore[misc]
    """The server. Its name stays Voila's, so that Voila finds its templates and settings."""

    name = "voila"

    def start(self) -> None:
        """Begin to fork kernels where the system can, and serve."""
        open_many()
        OurKernels.provisioner = FORKED if use_forks() is not None else ""
        super().start()

    def stop(self) -> None:
        """End all kernels, what they came from, and the clock."""
        self.clockwork.stop()
        self.house.makings.close()
        self.kernel_manager.stock.close()
        # Forked kernels end with it all at once; asking one after the other takes as long as a room is big.
        end_forks()
        super().stop()

    def listen(self) -> None:
        """Listen on the one port that was asked for, and serve until told to stop."""
        try:
            self.app.listen(self.port, self.ip, max_body_size=_MEGABYTE)
        except OSError as error:
            end_forks()
            raise ConfigError(
                f"Port {self.port} cannot be used: {error.strerror}. Choose another with --port."
            ) from error
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self.clockwork.start)
        if OurKernels.provisioner:
            # Kernels that are started each by itself share nothing: so many kept ready would fill a machine.
            self.ioloop.add_callback(self.kernel_manager.stock.open)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            log.info("Stopping.")
        finally:
            self.stop()

    def init_settings(self) -> dict[str, Any]:
        """Voila's settings and ours; set before tornado's application is built, or compression has no effect."""
        given: dict[str, Any] = super().init_settings()
        pages_here = Pages(self.kernel_manager.seats, self.kernel_manager.end_seats)
        clock_store = open_store(patience=PATIENCE)
        self.clockwork = Clockwork(
            clock_store, pages=pages_here, retention=Retention(clock_store, settings().keep_days)
        )
        store = open_store()
        self.house = house = House(
            store=store,
            pages=pages(),
            threads=ThreadPoolExecutor(_THREADS, "mira"),
            drawing=ThreadPoolExecutor(1, "mira-drawing"),
            kernels=self.kernel_manager,
            gone=self.clockwork.gone,
            forms=Forms(home_folder() / "set-up"),
            makings=Makings(home_folder() / "files"),
            simple=SimpleDesks(store, self.base_url, self.clockwork.gone.note),
            root=Path(self.root_dir),
            base_url=self.base_url,
            lan=Listen(self.port, self.ip, self.base_url).url if self.ip in EVERYWHERE else "",
        )
        self.clockwork.forgotten = house.pictures.clear
        return given | {
            "mira": house,
            "compress_response": True,
            "disable_check_xsrf": True,
            "ws_ping_interval": PING_MS,
            "ws_ping_timeout": SILENT_MS,
            "headers": HEADERS,
            "log_function": note_request,
            "websocket_max_message_size": _MEGABYTE,
        }

    def init_handlers(self) -> list[Any]:
        """Our routes. Of Voila's own only what our page needs: no tree, no files, no contents, no login."""
        return [
            *((self.base_url + pattern, handler) for pattern, handler in ROUTES),
            (self.base_url + r"voila/render/([a-z0-9_]+)\.ipynb", render.Render),
            (".*", Missing),
        ]


ROUTES: tuple[tuple[str, type[RequestHandler]], ...] = (
    ("", home.Home),
    ("(about|privacy)", home.About),
    ("join/([^/]+)", join.Join),
    ("join/([^/]+)/wait", join.Wait),
    ("me/([A-Za-z0-9_-]+)", personal.Me),
    ("simple/([^/]+)", simple.Simple),
    ("simple/([^/]+)/look", simple.Look),
    ("simple/([^/]+)/say", simple.Say),
    ("leave", personal.Leave),
    ("setup", setup.SetUp),
    ("setup/typed", setup.Typing),
    ("setup/([A-Za-z0-9_-]+)", desk.Desk),
    ("setup/([A-Za-z0-9_-]+)/before", before.Before),
    ("before/([^/]+)", before.FromBoard),
    ("setup/([A-Za-z0-9_-]+)/rehearsal", rehearsal.Rehearse),
    ("hand/([A-Za-z0-9_-]+)", desk.Hand),
    ("key", keys.Paste),
    ("key/([A-Za-z0-9_-]+)", keys.Key),
    (r"qr/([A-Za-z0-9-]{1,12})\.svg", small.Square),
    (r"robots\.txt", small.Robots),
    ("healthz", small.Health),
    ("answers/([^/]+)", answers.Answers),
    ("coach/([^/]+)", coach.Coach),
    ("packet/([A-Za-z0-9_-]+)", paper.Packet),
    ("export/([^/]+)/([a-z-]+)", files.Files),
    ("export/([^/]+)/([a-z-]+)/far", files.Far),
    (r"picture/([^/]+)/([a-z0-9_]+)/(\d+)\.svg", pictures.Drawn),
    (rf"api/kernels/{KERNEL_ID}", render.Kernel),
    (rf"api/kernels/{KERNEL_ID}/channels", render.Channels),
    (rf"voila/api/shutdown/{KERNEL_ID}", render.Shutdown),
    ("voila/templates/mira/static/([A-Za-z0-9_.-]+)", small.Static),
)
"""Address below the base to its handler."""


def pages() -> Environment:
    """The templates of pages without a kernel, and the shell they share with the workbooks' page."""
    folders = [HERE / "pages", TEMPLATES / "voila" / "templates" / "mira"]
    made = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined)
    made.globals |= {"say": say, "versioned": small.versioned, "keep_days": lambda: settings().keep_days}
    return made


def open_many() -> None:
    """Let this process have as many open files as the system allows it: a room of two hundred needs thousands."""
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def note_request(handler: RequestHandler) -> None:
    """Log a request by its route, never by its address: addresses hold keys, codes and links of persons."""
    status = handler.get_status()
    level = logging.INFO if status < 400 else logging.WARNING if status < 500 else logging.ERROR  # noqa: PLR2004 - HTTP
    took = 1000 * handler.request.request_time()
    log.log(level, "%s %s %d %.0f ms", handler.request.method, type(handler).__name__, status, took)


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the server is reached.

    Attributes:
        port: TCP port; 0 is not taken, since nobody would know which it became.
        host: the address to listen on; loopback unless a room is to reach it.
        base_url: path before all addresses, with slashes around.
    """

    port: int = 8866
    host: str = "127.0.0.1"
    base_url: str = "/"

    @property
    def url(self) -> str:
        """Where this machine's own browser finds it; phones too, if the host is an address of the network."""
        shown = lan_address() if self.host in EVERYWHERE else self.host
        return settings().public_url or f"http://{shown}:{self.port}{self.base_url}"


def config(listen: Listen) -> Config:
    """What Voila and Jupyter are told; each line against something that happens without it."""
    c = Config()
    c.Voila.ip, c.Voila.port, c.Voila.base_url = listen.host, listen.port, listen.base_url
    c.Voila.root_dir = str(shipped("workbooks").resolve())
    c.Voila.log_level = logging.ERROR  # else each page says that its notebook is not signed, which we do not use
    c.Voila.config_file_paths = []  # a voila.json in the folder where somebody starts us would change what is served
    c.Voila.identity_provider_class = Nobody
    told = c.VoilaConfiguration
    told.template = "mira"
    told.allow_template_override = told.allow_theme_override = "NO"
    told.strip_sources, told.show_tracebacks = True, False
    told.http_header_envs = []  # cookies stay out of kernels
    told.preheat_kernel = False  # a pooled kernel would see an earlier visitor's address
    told.file_allowlist = []
    told.multi_kernel_manager_class = CappedKernelManager
    told.kernel_spec_manager_class = OurKernels
    c.VoilaExecutor.timeout = 60
    c.VoilaExecutor.cell_error_instruction = say("part_missing")
    c.CappedKernelManager.cap = settings().max_kernels
    c.CappedKernelManager.start_slots = settings().start_slots
    c.CappedKernelManager.ahead = min(settings().ready_kernels, settings().max_kernels)
    kernels = c.MappingKernelManager
    kernels.cull_idle_timeout, kernels.cull_interval = 60 * settings().cull_minutes, 60
    kernels.cull_connected = False  # a page would go on looking alive
    c.ZMQChannelsWebsocketConnection.limit_rate = False  # reads every message; only our code runs here
    c.KernelRestarter.restart_limit = 0  # an empty new kernel would be taken for the old one
    if os.name == "posix":
        c.KernelManager.transport = "ipc"  # no ports that other people of this machine can reach
    return c


def run(listen: Listen) -> None:
    """Bring the store up to date and serve until told to stop.

    Raises:
        ConfigError: the port is taken or not allowed.
        SchemaTooNew: a later version of this program made the store.
        StoreError: the store cannot be opened.
    """
    store = open_store()
    store.migrate()
    store.close()
    paths = [str(TEMPLATES), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)
    app = MiraApp(config=config(listen))
    app.initialize([])
    app.start()


def lan_address() -> str:
    """The address of this machine in its network; loopback if it is in none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
