"""A tiny workbook with every way of answering, and hands to answer it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from mira_workbook.judging import Ledger, Verdict
from mira_workbook.records import Entry, Seat
from mira_workbook.store import NewMember, Opened, Store

TINY: dict[str, Any] = {
    "slug": "tiny",
    "title": "A tiny workbook",
    "minutes": 20,
    "purpose": "Try every way of answering.",
    "who": "Anybody.",
    "bring": "Nothing.",
    "parts": ["All of it"],
    "carries": {"tiny.list": {"use": "responses_now", "rows": "collect.ideas"}},
    "steps": [
        {
            "key": "think",
            "title": "Think alone",
            "part": 1,
            "minutes": {"alone": 2},
            "mode": "individual",
            "rounds": 2,
            "do": "Say what you see.",
            "fields": [
                {"key": "seen", "type": "long", "label": "What do you see?", "required": True},
                {"key": "fit", "type": "rate", "label": "How well does it fit?", "low": 1, "high": 4},
            ],
        },
        {
            "key": "whisper",
            "title": "Whisper",
            "part": 1,
            "minutes": {"alone": 2},
            "mode": "individual",
            "attribution": "anonymous",
            "rounds": 2,
            "do": "Say it without your name.",
            "fields": [
                {"key": "worry", "type": "long", "label": "What worries you?", "required": True},
                {"key": "safe", "type": "rate", "label": "How safe is it?", "low": 1, "high": 5},
            ],
        },
        {
            "key": "roles",
            "title": "By role",
            "part": 1,
            "minutes": {"alone": 1},
            "mode": "individual",
            "attribution": "role",
            "do": "Say it as who you are.",
            "fields": [{"key": "wish", "type": "text", "label": "One wish"}],
        },
        {
            "key": "own",
            "title": "A list of one's own",
            "part": 1,
            "minutes": {"alone": 1},
            "mode": "individual",
            "do": "List what you do.",
            "fields": [
                {
                    "key": "list",
                    "type": "table",
                    "label": "What I do",
                    "columns": [{"key": "what", "type": "text", "label": "What", "required": True}],
                }
            ],
        },
        {
            "key": "match",
            "title": "In pairs",
            "part": 1,
            "minutes": {"together": 3},
            "mode": "pair",
            "do": "Compare with your partner.",
            "fields": [{"key": "same", "type": "text", "label": "What is the same?"}],
        },
        {
            "key": "collect",
            "title": "Collect",
            "part": 1,
            "minutes": {"together": 5},
            "mode": "team",
            "pen": "rows",
            "do": "Make one list.",
            "fields": [
                {
                    "key": "ideas",
                    "type": "table",
                    "label": "Ideas",
                    "prefix": "C",
                    "columns": [
                        {"key": "name", "type": "text", "label": "Idea", "required": True},
                        {"key": "why", "type": "text", "label": "Because"},
                        {"key": "hours", "type": "num", "label": "Hours", "low": 0, "high": 40},
                    ],
                }
            ],
        },
        {
            "key": "agree",
            "title": "Agree",
            "part": 1,
            "minutes": {"together": 3},
            "mode": "team",
            "do": "Write one sentence.",
            "fields": [
                {"key": "aim", "type": "text", "label": "Our aim"},
                {"key": "by", "type": "date", "label": "By when"},
                {"key": "decider", "type": "text", "label": "Who decides", "mode": "facilitator"},
            ],
        },
    ],
}


class Ticking:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.at = datetime(2025, 5, 2, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **much: float) -> datetime:
        self.at += timedelta(**much)
        return self.at


def people(*names: str) -> tuple[NewMember, ...]:
    return tuple(NewMember(name) for name in names)


def yes(_ledger: Ledger, _seat: Seat, _entry: Entry) -> Verdict:
    """A guard that lets everything in."""
    return Verdict()


def sit(store: Store, opened: Opened, n: int, session: int = 0) -> Seat:
    """Give the n-th person of a session a seat in a browser of their own."""
    where = opened.sessions[session].id
    return store.take_seat(f"browser-{session}-{n}", where, "member", store.roster(where)[n].id)


def ideas(*names: str) -> list[dict[str, Any]]:
    """New rows for the team's list."""
    return [{"row_id": "", "cells": {"name": name}} for name in names]
