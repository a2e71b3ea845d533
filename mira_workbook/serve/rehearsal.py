"""The evening before: scripted people go through a copy of the session, which is thrown away."""

import logging
import time
from dataclasses import dataclass, field
from threading import Lock, Thread

from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError
from mira_workbook.rehearse import rehearse_copy
from mira_workbook.serve.desk import Led
from mira_workbook.serve.replies import Answer, Redirect, Reply
from mira_workbook.store import Store

log = logging.getLogger(__name__)
PEOPLE = 8
_one_at_a_time = Lock()
"""A rehearsal keeps a processor busy: the second waits, so that a room that meets at the same time does not."""


@dataclass(slots=True)
class Rehearsal:
    """One rehearsal, on its way or over.

    Attributes:
        lines: what it said on the way.
        told: how it went, "" while it runs.
        odd: what went wrong, in sentences.
        well: whether nothing did.
    """

    lines: list[str] = field(default_factory=list)
    told: str = ""
    odd: tuple[str, ...] = ()
    well: bool = False

    def play(self, store: Store, code: str) -> None:
        """Play it to its end; what goes wrong is told and leaves nothing behind."""
        with _one_at_a_time:
            began = time.monotonic()
            try:
                found = rehearse_copy(store, code, PEOPLE, tell=self.lines.append)
            except MiraError as error:
                self.told = str(error)
            except Exception:
                log.exception("A rehearsal broke off")
                self.told = say("rehearsal_broke")
            else:
                self.odd, self.well = tuple(found.odd), found.is_well
                self.told = f"{found.sentence()} {say('rehearsal_took', n=round(time.monotonic() - began))}"


class Rehearse(Led):
    """`/setup/<key>/rehearsal`: GET shows how it goes, POST begins."""

    def show(self, secret: str) -> Answer:
        """Before, on the way, or how it went."""
        meeting = self.led(secret)
        now: Rehearsal | None = self.house.kept.get(f"rehearsal/{meeting.code}")
        data = {
            "running": now is not None and not now.told,
            "lines": list(now.lines) if now else [],
            "told": now.told if now else "",
            "odd": now.odd if now else (),
            "well": now is not None and now.well,
            "back": self.back(secret).to,
        }
        return Reply("rehearsal.html", data)

    def take(self, secret: str) -> Answer:
        """Begin, unless one is on its way."""
        meeting, kept = self.led(secret), self.house.kept
        name = f"rehearsal/{meeting.code}"
        before: Rehearsal | None = kept.get(name)
        if before is None or before.told:
            kept[name] = now = Rehearsal()
            Thread(target=now.play, args=(self.house.store, meeting.code), daemon=True).start()
        return Redirect(self.back(secret).to + "/rehearsal")
