"""What all our handlers share: who the browser is, work off the loop, and what is sent back."""

import asyncio
import hashlib
import logging
import re
import secrets
from collections.abc import Callable
from http.client import responses as reasons
from typing import Any

from tornado.web import HTTPError, RequestHandler

from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError, StoreBusy
from mira_workbook.serve import links
from mira_workbook.serve.house import House
from mira_workbook.serve.replies import Answer, Content, Redirect, Refused, Reply

log = logging.getLogger(__name__)
COOKIE = "mira"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_HALF_A_YEAR = 180
HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""On every answer, Voila's pages included."""


class Visitor(RequestHandler):
    """For handlers of ours and of Voila's: whose browser it is, and how to answer."""

    _made = ""

    @property
    def house(self) -> House:
        """What this server's handlers share."""
        found: House = self.settings["mira"]
        return found

    @property
    def browser(self) -> str:
        """The browser's own random token, "" if it has none yet."""
        held = self._made or self.get_cookie(COOKIE) or ""
        return held if _TOKEN.fullmatch(held) else ""

    def know_browser(self) -> str:
        """Give the browser a token of its own if it has none. It opens nothing by itself: seats do."""
        if not self.browser:
            self._made = secrets.token_urlsafe(24)
            self.keep_browser()
        return self.browser

    def keep_browser(self) -> None:
        """Let the browser keep its token for another half year, for every address of ours."""
        self.set_cookie(
            COOKIE,
            self.browser,
            expires_days=_HALF_A_YEAR,
            path=self.house.base_url,
            httponly=True,
            samesite="Lax",
            secure=links.scheme(self.request) == "https",
        )

    @property
    def root(self) -> str:
        """The address that phones reach, also for whoever looks from the serving machine itself."""
        here = links.root(self.request, self.house.base_url)
        return self.house.lan if self.house.lan and links.is_loopback(here) else here

    async def off_loop(self, work: Callable[..., Any], *args: Any) -> Any:
        """Run what waits for the store in a thread, so that other pages go on."""
        return await asyncio.get_running_loop().run_in_executor(self.house.threads, work, *args)

    def page(self, template: str, **data: Any) -> str:
        """Draw a page."""
        base = self.house.base_url
        browser = self.browser
        token = form_token(browser) if browser else ""
        return self.house.pages.get_template(template).render(base_url=base, token=token, **data)

    def send(self, answer: Answer) -> None:
        """Send an answer; on the loop's thread only."""
        if isinstance(answer, Redirect):
            self.set_header("Cache-Control", "no-store")
            self.redirect(answer.to, status=303)
            return
        self.set_status(answer.status)
        headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
        body: str | bytes
        if isinstance(answer, Content):
            headers |= {"Content-Type": answer.kind, **answer.headers}
            body = answer.body
        else:
            body = self.page(answer.template, **answer.data)
        for name, value in headers.items():
            self.set_header(name, value)
        self.finish(body or None)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log what went wrong without the address: it may hold a key, a code or a person's link."""
        if not isinstance(value, HTTPError):
            log.error("%s did not go through", type(self).__name__, exc_info=(typ, value, tb))

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        """A page in our own words for whatever went wrong."""
        name = "404.html" if status_code == 404 else "503.html" if status_code == 503 else "error.html"  # noqa: PLR2004 - HTTP
        self.set_header("Cache-Control", "no-store")
        self.finish(self.page(name, status_code=status_code, reason=reasons.get(status_code, "")))


class Door(Visitor):
    """A page without a kernel. `show` answers GET, `take` answers POST; both run in a thread."""

    def set_default_headers(self) -> None:
        """The headers of every answer."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def show(self, *_args: Any, **_named: Any) -> Answer:
        """Answer GET and HEAD; changes nothing, since previews and robots call it too."""
        raise HTTPError(405)

    def take(self, *_args: Any, **_named: Any) -> Answer:
        """Answer POST."""
        raise HTTPError(405)

    async def get(self, *args: str) -> None:
        """Show."""
        self.know_browser()
        self.send(await self._try(self.show, *args))

    async def head(self, *args: str) -> None:
        """Show, without the body."""
        await self.get(*args)

    async def post(self, *args: str) -> None:
        """Take, if it was sent from a page of ours."""
        if not self._from_our_page():
            self.know_browser()
            self.send(Reply("told.html", {"title_text": say("stale_title"), "text": say("stale_text")}, 403))
            return
        self.send(await self._try(self.take, *args))

    def typed(self, name: str) -> str:
        """What stands in a field of the form, "" if nothing."""
        value: str = self.get_body_argument(name, "")
        return value

    def asked(self, name: str) -> str:
        """What stands in the address's query, "" if nothing."""
        value: str = self.get_query_argument(name, "")
        return value

    async def _try(self, work: Callable[..., Answer], *args: str) -> Answer:
        try:
            answer: Answer = await self.off_loop(work, *args)
        except Refused as refused:
            return refused.answer
        except StoreBusy:
            return Reply("503.html", {}, 503)
        except MiraError as error:
            return Reply("told.html", {"title_text": say("told_title"), "text": str(error)}, 403)
        return answer

    def _from_our_page(self) -> bool:
        """Whether the form carries this browser's own mark; another site's form cannot know it, nor send our cookie."""
        elsewhere = self.request.headers.get("Sec-Fetch-Site", "") in {"cross-site", "same-site"}
        known = bool(self.browser) and secrets.compare_digest(
            self.typed("token").encode(), form_token(self.browser).encode()
        )
        return known and not elsewhere


def form_token(browser: str) -> str:
    """The mark that every form of ours carries: follows from the browser's token, and does not give it away."""
    return hashlib.sha256(f"form/{browser}".encode()).hexdigest()[:32]
