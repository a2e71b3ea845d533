"""The second look at a workbook file: names, arguments and references, on the raw data, all problems at once."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from mira_workbook.content.answers import KINDS
from mira_workbook.content.index import Raw, items, keys_of, rows, table
from mira_workbook.content.names import (
    BLOCKS,
    BULKS,
    CARRIES,
    CHARTS,
    CONTROLS,
    LIMITS,
    LISTS,
    OUTPUTS,
    PREDICATES,
    PREFILLS,
    SUGGESTIONS,
)
from mira_workbook.content.references import Ref
from mira_workbook.content.shape import Loc, near, one_of
from mira_workbook.content.uses import Uses, asked_before, option_ids
from mira_workbook.errors import DefinitionProblem

_FIELD = (Ref("field"),)
_ROWS = {
    "rows_prefill": (PREFILLS, "start"),
    "suggest": (SUGGESTIONS, "suggestion"),
    "bulk": (BULKS, "way to fill rows"),
}
"""What a table may name: where it is registered, and what it is called."""
_SHOWN = (Ref("field", words=("pinned",)),)
_NOT_AT_THE_END = frozenset({"again", "optional", "pen", "reveal_with", "rounds", "skip_when", "turns", "warm_up"})
_SPANS = (("low", "high"), ("min_chars", "max_chars"), ("min_rows", "max_rows"))


def audit(raw: Raw, cards: Collection[str]) -> list[DefinitionProblem]:
    """List every name, argument and reference of a workbook file that leads nowhere.

    Args:
        raw: the file as TOML gives it; its shape may be odd.
        cards: names of the cards that exist.
    """
    look = _Audit(raw, cards)
    look.top()
    for i, step in rows(raw.get("steps")):
        look.step(step, ("steps", i))
    return look.uses.found


class _Audit:
    def __init__(self, raw: Raw, cards: Collection[str]) -> None:
        self.raw, self.cards, self.uses = raw, cards, Uses(raw)
        self.say, self.index = self.uses.say, self.uses.index

    # The workbook as a whole

    def top(self) -> None:
        raw, uses = self.raw, self.uses
        self.twice("steps", ("steps",), keys_of(raw.get("steps")))
        self.minutes()
        for name, use in table(raw.get("lists")).items():
            uses.use(use, LISTS, "list", ("lists", name))
        for name, use in table(raw.get("outputs")).items():
            uses.use(use, OUTPUTS, "output", ("outputs", name))
        for i, use in rows(raw.get("handout")):
            uses.use(use, BLOCKS, "hand-out block", ("handout", i))
        self.card_names(raw.get("cards"), ("cards",))
        for key, use in table(raw.get("carries")).items():
            uses.use(use, CARRIES, "carry", ("carries", key))
        for key, name in table(raw.get("revises")).items():
            uses.refer(key, _FIELD, ("revises", key))
            uses.refer(name, _FIELD, ("revises", key))

    def minutes(self) -> None:
        around = _sum(table(self.raw.get("around")), "arrive", "changes", "close")
        total, told = (
            around + sum(_span(step) for _, step in rows(self.raw.get("steps")) if not step.get("optional")),
            self.raw.get("minutes"),
        )
        if isinstance(told, int | float) and told != total:
            what = f"It says {told:g}, but the steps and what is around them take {total:g}."
            self.say(("minutes",), what, "Make them agree.")

    def twice(self, kind: str, loc: Loc, keys: list[str]) -> None:
        for key, n in Counter(keys).items():
            if n > 1:
                self.say(loc, f"‘{key}’ stands {n} times.", f"Give each of the {kind} a key of its own.")

    def card_names(self, value: Any, loc: Loc) -> None:
        for i, name in items(value):
            if str(name) not in self.cards:
                self.say((*loc, i), f"There is no card ‘{name}’.", near(str(name), self.cards))

    # A step

    def step(self, step: Raw, loc: Loc) -> None:
        uses, uses.until = self.uses, str(step.get("key"))
        self.placing(step, loc)
        if step.get("closing"):
            self.closing(step, loc)
        self.reveal(step, step, loc)
        self.again(step, loc)
        self.twice("fields", (*loc, "fields"), keys_of(step.get("fields")))
        self.used(step, loc)
        self.shown(step, loc)
        if "list" in table(step.get("turns")):
            uses.list_name(step["turns"]["list"], (*loc, "turns", "list"))
        for i, asked in rows(step.get("fields")):
            self.field(step, asked, (*loc, "fields", i))

    def used(self, step: Raw, loc: Loc) -> None:
        uses = self.uses
        for key in {"skip_when", "again_when"} & step.keys():
            uses.use(step[key], PREDICATES, "condition", (*loc, key))
        for i, use in rows(step.get("charts")):
            uses.use(use, CHARTS, "chart", (*loc, "charts", i))
        for i, use in rows(step.get("checks")):
            uses.check(step, use, (*loc, "checks", i))
        for i, use in rows(step.get("measures")):
            uses.measure(use, (*loc, "measures", i))

    def shown(self, step: Raw, loc: Loc) -> None:
        for i, name in items(step.get("shows")):
            if "." in str(name) or str(name) not in self.index.own_lists:
                self.uses.refer(name, _SHOWN, (*loc, "shows", i))
            else:
                self.uses.list_name(name, (*loc, "shows", i))
        self.card_names(step.get("cards"), (*loc, "cards"))
        needs = table(self.raw.get("needs"))
        for i, name in items(step.get("carried")):
            if name not in needs:
                hint = near(str(name), needs) or "Declare it under [needs]."
                self.say((*loc, "carried", i), f"‘{name}’ is not handed on to this workbook.", hint)

    def placing(self, step: Raw, loc: Loc) -> None:
        if loc[-1] == 0 and step.get("warm_up") and table(step.get("minutes")).get("together"):
            what = "The room looks at this step once more, but nothing comes before it."
            self.say((*loc, "warm_up"), what, "Put another step first.")
        parts, part = len(list(items(self.raw.get("parts")))), step.get("part")
        if isinstance(part, int) and not 1 <= part <= parts:
            self.say((*loc, "part"), f"There is no part {part}.", f"The workbook names {parts} parts.")
        if _sum(table(step.get("minutes")), "least") > _span(step):
            self.say((*loc, "minutes"), "‘least’ is more than alone and together.", "Make it smaller.")

    def closing(self, step: Raw, loc: Loc) -> None:
        """What is asked after the end takes no minutes, bears no names and waits for nobody."""
        if loc[-1] != len(list(items(self.raw.get("steps")))) - 1:
            self.say((*loc, "closing"), "A step comes after what is asked at the end.", "Put this step last.")
        own = {"mode": "individual", "attribution": "anonymous"}
        alone = all({**own, **f}[key] == told for _, f in rows(step.get("fields")) for key, told in own.items())
        if not alone or any(step.get(key) != told for key, told in own.items()):
            what = "What is asked at the end is asked of each person, without names."
            self.say((*loc, "closing"), what, 'Write mode = "individual" and attribution = "anonymous".')
        for key in sorted(_NOT_AT_THE_END & step.keys()):
            self.say((*loc, key), f"‘{key}’ does not go with what is asked at the end.", "Take it out.")
        if _span(step):
            self.say((*loc, "minutes"), "What is asked at the end takes no minutes.", "Write minutes = {}.")
        for i, asked in rows(step.get("fields")):
            if asked.get("required"):
                self.say((*loc, "fields", i, "required"), "Nobody has to answer at the end.", "Take it out.")

    def reveal(self, holder: Raw, step: Raw, loc: Loc) -> None:
        name = holder.get("reveal_with")
        if name is None:
            return
        if str(name) not in self.index.facts:
            self.say((*loc, "reveal_with"), f"There is no step ‘{name}’.", near(str(name), self.index.facts))
        elif self.index.is_later(str(step.get("key")), str(name)):
            self.say((*loc, "reveal_with"), f"‘{name}’ comes before this step.", "Name this step or a later one.")

    def again(self, step: Raw, loc: Loc) -> None:
        name = step.get("again")
        if name is None:
            return
        named = next((s for _, s in rows(self.raw.get("steps")) if s.get("key") == name), None)
        if named is None:
            self.say((*loc, "again"), f"There is no step ‘{name}’.", near(str(name), self.index.facts))
        elif named.get("rounds") != 2:  # noqa: PLR2004 - a second round is all there is
            self.say((*loc, "again"), f"‘{name}’ has one round only.", "Write rounds = 2 there.")

    # A field, a column

    def field(self, step: Raw, asked: Raw, loc: Loc) -> None:
        self.reveal(asked, step, loc)
        self.asked(asked, {str(f.get("key")): f for _, f in rows(step.get("fields"))}, loc)
        if "rows_from" in asked:
            self.uses.list_name(asked["rows_from"], (*loc, "rows_from"))
        for key, (known, kind) in _ROWS.items():
            if key in asked:
                self.uses.use(asked[key], known, kind, (*loc, key))
        self.columns(asked, loc)

    def columns(self, asked: Raw, loc: Loc) -> None:
        columns = {str(c.get("key")): c for _, c in rows(asked.get("columns"))}
        self.twice("columns", (*loc, "columns"), keys_of(asked.get("columns")))
        named: list[tuple[Loc, Any]] = [((key,), asked[key]) for key in ("unique", "group") if key in asked]
        named += [(("brief", i), name) for i, name in items(asked.get("brief"))]
        for place, name in named:
            if str(name) not in columns:
                self.say((*loc, *place), f"There is no column ‘{name}’.", near(str(name), columns))
        for i, column in rows(asked.get("columns")):
            here = (*loc, "columns", i)
            self.asked({**column, "show_when": None}, columns, here)
            earlier = asked_before(self.raw, self.uses.until)
            self.uses.condition(table(column.get("show_when")), {**columns, **earlier}, (*here, "show_when"))

    def asked(self, asked: Raw, siblings: Mapping[str, Raw], loc: Loc) -> None:
        self.choices(asked, loc)
        self.limits(asked, loc)
        self.control(asked, loc)
        if isinstance(asked.get("prefill"), dict):
            self.uses.use(asked["prefill"], PREFILLS, "start", (*loc, "prefill"))
        for key in ("show_when", "require_when"):
            self.uses.condition(table(asked.get(key)), siblings, (*loc, key))

    def limits(self, asked: Raw, loc: Loc) -> None:
        for key in ("low", "high", "total"):
            name = table(asked.get(key)).get("from")
            if name is not None and str(name) not in LIMITS:
                self.say((*loc, key), f"There is no limit ‘{name}’.", near(str(name), LIMITS) or one_of(LIMITS))
        for least, most in _SPANS:
            low, high = asked.get(least), asked.get(most)
            if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
                self.say((*loc, least), f"‘{least}’ is more than ‘{most}’.", "Change one of them.")
        words, low, high = len(list(items(asked.get("ends")))), asked.get("low"), asked.get("high")
        if words and isinstance(low, int) and isinstance(high, int) and words not in (2, high - low + 1):
            self.say(
                (*loc, "ends"), f"There are {words} words for {high - low + 1} values.", "Give two, or one for each."
            )

    def control(self, asked: Raw, loc: Loc) -> None:
        name, kind = str(asked.get("control", "")), str(asked.get("type"))
        if name and name not in CONTROLS:
            self.say((*loc, "control"), f"There is no control ‘{name}’.", near(name, CONTROLS) or one_of(CONTROLS))
        elif name and kind in KINDS and kind not in CONTROLS[name]:
            self.say(
                (*loc, "control"),
                f"‘{name}’ does not draw type {kind}.",
                f"It is for type {' or '.join(CONTROLS[name])}.",
            )

    def choices(self, asked: Raw, loc: Loc) -> None:
        if str(asked.get("type")) not in {"one", "many", "rank", "alloc"}:
            return
        if bool(asked.get("options")) == bool(asked.get("list")):
            what = "It needs options or the name of a list, one of the two."
            self.say(loc, what, 'Write options = [["id", "Label"], …].')
        if asked.get("list"):
            self.uses.list_name(asked["list"], (*loc, "list"))
        self.twice("options", (*loc, "options"), option_ids(asked))


def _span(step: Raw) -> float:
    return _sum(table(step.get("minutes")), "alone", "together")


def _sum(numbers: Raw, *keys: str) -> float:
    return float(sum(numbers[key] for key in keys if isinstance(numbers.get(key), int | float)))
