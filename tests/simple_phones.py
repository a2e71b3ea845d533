"""Phones that speak as the simple page's script does, without a browser: for tests over HTTP."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from servers import Browser, Got, Made, Server

from mira_workbook.rules import moves
from mira_workbook.store import Store

KEYS: Iterator[int] = count()


@dataclass
class Phone:
    """A member's browser on the simple page."""

    browser: Browser
    code: str
    page: str = "abcdef0123456789"

    def told(self) -> dict[str, Any]:
        """What the page's script is told."""
        found = re.search(r'id="mira-simple" type="application/json">(.*?)</script>', self.opened().text)
        assert found
        known: dict[str, Any] = json.loads(found[1])
        return known

    def opened(self) -> Got:
        """The page itself."""
        return self.browser.get(f"simple/{self.code}")

    def look(self, since: str = "", here: str = "idle") -> dict[str, Any]:
        """What has changed since."""
        got = self.browser.get(f"simple/{self.code}/look?page={self.page}&since={since}&here={here}")
        assert (got.status, got.headers["Cache-Control"]) == (200, "no-store")
        answer: dict[str, Any] = json.loads(got.text)
        return answer

    def say(self, name: str, value: Any, key: str = "", **more: Any) -> dict[str, Any]:
        """One message of the page."""
        message = {"field": name, "value": value, "save_key": key or f"k{next(KEYS)}", **more}
        got = self.browser.post(f"simple/{self.code}/say", page=self.page, message=json.dumps(message))
        assert got.status == 200
        answer: dict[str, Any] = json.loads(got.text)
        return answer

    def expect(self, words: str) -> None:
        """Write the same of both colleagues."""
        rows = self.look()["view"]["pages"][0]["fields"][0]["fixed"]
        cells = [{"row_id": row["id"], "cells": {"expect": words, "sure": 2}} for row in rows]
        assert "saved_at" in self.say("$submit", {"values": {"expectations": cells}, "passed": []})["replies"][0]


def seated(server: Server, made: Made, key: str) -> Phone:
    browser = Browser(server)
    assert browser.post(f"join/{made.code}", member=key, follow=False).status == 303
    return Phone(browser, made.code)


def session_of(store: Store, made: Made) -> int:
    return store.sessions(store.meeting(made.code).id)[0].id


def lead(store: Store, made: Made, times: int) -> None:
    seat = store.take_seat("lead", session_of(store, made), "facilitator")
    for _ in range(times):
        store.act(seat, moves.lead("go"), seat.session_id)


class SimplePage:
    """A page of a rehearsal, over plain requests: what the simple page's script shows and sends."""

    def __init__(self, phone: Phone) -> None:
        self.phone, self._mark, self._view = phone, "", {"key": ""}
        self.refused: list[str] = []

    @property
    def view(self) -> dict[str, Any]:
        """What it shows."""
        return self._view

    def refresh(self) -> bool:
        """Look whether anything changed."""
        return self._told(self.phone.look(self._mark))

    def take(self, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Send a message and give the answers to it."""
        answer = self.phone.say(message["field"], message["value"], message["save_key"], **_base(message))
        self._told(answer)
        replies: list[dict[str, Any]] = answer["replies"]
        self.refused += [one["error"] for one in replies if "error" in one]
        return replies

    def renew(self) -> None:
        """Load the page again: another desk for the same seat."""
        self.phone = Phone(self.phone.browser, self.phone.code, f"{next(KEYS):016x}")
        self._mark = ""

    def close(self) -> None:
        """Leave it."""
        self.phone.say("$left", None)

    def _told(self, answer: Mapping[str, Any]) -> bool:
        self._mark = answer["mark"]
        self._view = answer.get("view", self._view)
        return "view" in answer


def _base(message: Mapping[str, Any]) -> dict[str, Any]:
    return {"base": message["base"]} if "base" in message else {}
