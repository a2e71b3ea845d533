"""What a board's page was answered: a press that comes twice, after a line that broke, is done once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError, StoreBusy

Reply = dict[str, Any]
MOST_KEPT = 100


@dataclass(slots=True)
class Replies:
    """The last answers, by the key that the page gave its press."""

    _kept: dict[str, Reply] = field(default_factory=dict)

    def once(self, message: Mapping[str, Any], press: Callable[[], Reply]) -> tuple[Reply, bool]:
        """Do a press, unless it is done already.

        Args:
            message: the page's, `{press, value, save_key}`.
            press: does it; gives what the answer holds besides.

        Returns:
            The answer, and whether anything was done. What went wrong is an answer with a sentence.
        """
        head = {"save_key": str(message.get("save_key", ""))[:80]}
        if head["save_key"] in self._kept:
            return self._kept[head["save_key"]], False
        try:
            reply: Reply = head | {"ok": True} | press()
        except StoreBusy as error:
            return head | {"error": say("press_not_taken", why=str(error))}, False
        except MiraError as error:
            return head | {"error": str(error), "final": True}, False
        if head["save_key"]:
            self._kept = {**dict(list(self._kept.items())[-MOST_KEPT:]), head["save_key"]: reply}
        return reply, True
