"""Blocks of the resource map: what grows, stays, changes and goes, and what that means in money and minutes."""

from collections.abc import Iterator, Mapping
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.block_args import DecisionsBlock, LedgerBlock
from mira_workbook.exports.block import Block, Pairs
from mira_workbook.exports.outputs_resources import aligned_floor
from mira_workbook.exports.sighted import Sighted
from mira_workbook.measures import ledger as sums
from mira_workbook.measures.initiatives import Initiative
from mira_workbook.measures.words import money, percent, whole
from mira_workbook.rules.initiatives import day_of
from mira_workbook.rules.initiatives import initiatives as read
from mira_workbook.rules.money import currency
from mira_workbook.rules.reading import field_of, team_rows
from mira_workbook.text import inside_sentence, say_number, say_short_date

_AS_IT_IS = {"keep"}


def decisions(seen: Sighted, args: DecisionsBlock) -> Block | None:
    """What was decided, decision by decision, with the level after and who has to approve; what is open stands last."""
    rows = read(seen.snapshot, args.model_dump())
    if not any(one.decision for one in rows):
        return None
    told = _Told(seen, args, {one.id: one.name for one in rows})
    facts = []
    for option in told.options:
        mine = [one for one in rows if one.decision == option.id]
        if option.id in _AS_IT_IS:
            facts.append((option.label, " · ".join(one.name for one in mine)))
        else:
            facts.append((option.label, "\n".join(told.line(one) for one in mine)))
    facts.append((say("handout_undecided"), " · ".join(one.name for one in rows if not one.decision)))
    return Block("facts", say("handout_decisions"), facts=tuple((name, text) for name, text in facts if text))


class _Told:
    """Decisions of a session in words."""

    def __init__(self, seen: Sighted, args: DecisionsBlock, names: Mapping[str, str]) -> None:
        asked = field_of(seen.snapshot.workbook, args.decide)
        self._asked: dict[str, Any] = {column.key: column for column in asked.columns}
        self._cells = {row["row_id"]: row["cells"] for row in team_rows(seen.snapshot, args.decide)}
        self._lists, self._names = seen.lists(asked), names
        self._currency = currency(seen.snapshot)
        self.options = seen.labels.options(self._asked["decision"], "")

    def line(self, one: Initiative) -> str:
        """One initiative: its name, what changes, why, and who has to approve."""
        changes = [*self._changes(one), *self._into(one)] if not one.is_released else []
        head = say("handout_changes", name=one.name, changes=", ".join(changes)) if changes else f"{one.name}."
        return " ".join(filter(None, (head, self._why(one), self._asks(one), self._approval(one))))

    def _changes(self, one: Initiative) -> Iterator[str]:
        for key, now, after in (
            ("usd", one.usd, one.after_usd),
            ("fte", one.fte, one.after_fte),
            ("min", one.minutes, one.after_min),
        ):
            if now != after:
                spelled = [
                    money(level, self._currency) if key == "usd" else say_number(level) for level in (now, after)
                ]
                yield say(f"handout_change_{key}", now=spelled[0], after=spelled[1])

    def _into(self, one: Initiative) -> Iterator[str]:
        if one.merge_into in self._names:
            yield say("handout_into", name=self._names[one.merge_into])

    def _why(self, one: Initiative) -> str:
        return one.reason if not one.reason or one.reason[-1] in ".?…" else f"{one.reason}."

    def _asks(self, one: Initiative) -> str:
        who, day = (self._shown(one, key) for key in ("ask_who", "ask_by"))
        if not who:
            return ""
        return say("handout_asks_by", who=who, day=day) if day else say("handout_asks", who=who)

    def _approval(self, one: Initiative) -> str:
        """Who has to approve; nothing where the team does so itself."""
        who = self._shown(one, "approval")
        return say("handout_approval", who=inside_sentence(who)) if who and one.approval != "ours" else ""

    def _shown(self, one: Initiative, key: str) -> str:
        column = self._asked.get(key)
        return str(column.show(self._cells.get(one.id, {}).get(key), self._lists)) if column else ""


def ledger(seen: Sighted, args: LedgerBlock) -> Block | None:
    """Money that comes free, may move, is needed and is open; minutes; and what serves the priority, now and after."""
    rows = read(seen.snapshot, args.model_dump())
    if not any(one.decision for one in rows):
        return None
    unit = currency(seen.snapshot)
    floor = aligned_floor(seen)
    facts = [*_money(rows, unit), *_minutes(rows), *_shares(rows, floor), *_ending(seen, args, rows, floor)]
    return Block("facts", say("handout_ledger"), facts=tuple(facts))


def _money(rows: sums.Rows, unit: str) -> Pairs:
    found = sums.ledger(rows)
    free = say("handout_freed_text", freed=money(found.freed, unit), flexible=money(found.flexible, unit))
    form = "left" if found.gap < 0 else "gap" if found.gap else "covered"
    needed = say(f"handout_{form}_text", need=money(found.need, unit), rest=money(abs(found.gap), unit))
    return (say("handout_freed"), free), (say("handout_need"), needed)


def _minutes(rows: sums.Rows) -> Pairs:
    found = sums.minutes(rows)
    slots = {"reduced": found.reduced, "usable": found.usable, "needed": found.needed}
    return ((say("handout_minutes_head"), say("handout_minutes_text", **{k: whole(v) for k, v in slots.items()})),)


def _shares(rows: sums.Rows, floor: float) -> Pairs:
    now, after = (sums.aligned_share(rows, floor, after=then) for then in (False, True))
    told = [
        say(f"handout_serves_{part}", now=percent(today), after=percent(later))
        for part, today, later in (("usd", now.usd, after.usd), ("min", now.min, after.min))
        if today is not None and later is not None
    ]
    return ((say("handout_serves"), "\n".join(told)),) if told else ()


def _ending(seen: Sighted, args: LedgerBlock, rows: sums.Rows, floor: float) -> Pairs:
    found, day = sums.ending(rows, floor), day_of(seen.snapshot, args.ends_by)
    if found is None or day is None or not found.total:
        return ()
    unit = currency(seen.snapshot)
    text = say("handout_a_year", amount=money(found.total, unit))
    if found.aligned is not None:
        slots = {"ending": money(found.total, unit), "aligned": money(found.aligned, unit)}
        text = say("handout_ends_text", **slots)
    return ((say("handout_ends", day=say_short_date(day.isoformat())), text),)
