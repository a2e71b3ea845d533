"""What a board shows of a step: sentences, one picture, words one by one, voices; never before it is revealed."""

from collections.abc import Sequence
from typing import Any

from mira_workbook.boards.doors import Drawn
from mira_workbook.boards.parts import button, drawn_doc, quiet
from mira_workbook.boards.people import State, in_order
from mira_workbook.boards.watched import Watched
from mira_workbook.catalogue import say
from mira_workbook.charts.base import Size
from mira_workbook.content.answers.base import Option
from mira_workbook.content.definition import Step
from mira_workbook.measures.bands import LEAST
from mira_workbook.records import Measure
from mira_workbook.rules import needs, pairs
from mira_workbook.rules.entries import Words
from mira_workbook.rules.entries import entries as words_of
from mira_workbook.rules.progress import must_answer
from mira_workbook.rules.reading import standing
from mira_workbook.rules.sight import PERSONAL_LISTS, Viewer, on_the_wall, shown, view
from mira_workbook.rules.staying import takes_words
from mira_workbook.text import join_words
from mira_workbook.widgets import endings, results
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.leaving import waiting_for_words
from mira_workbook.widgets.leaving import words as last_words
from mira_workbook.widgets.paired import said_by_pairs

SIGNED = "named"
"""The attribution under which a wall may say whose words stand there."""
STATE_WORDS = {
    state: f"mark_{state}" for state in ("none", "writing", "in", "quiet", "lost", "help", "passed", "excused")
}


PRIORITY, CAUSE = "priority.current", "root.current"
"""What earlier workbooks hand on that every board of later ones bears in its foot."""


def marks(found: Sequence[State]) -> list[Doc]:
    """One mark a person, equal ones together."""
    return [{"state": state, "label": say(STATE_WORDS[state])} for state in in_order(found)]


def sentences(team: Watched) -> list[Doc]:
    """What the measures of the step on show say in its round, in plain words."""
    if team.step is None:
        return []
    return spoken([m for m in team.numbers(team.step.key) if m.round == team.round])


def spoken(numbers: Sequence[Measure]) -> list[Doc]:
    """The first sentence large, the others after it; or that there is too little to compare."""
    counted = [m for m in numbers if m.id != "M01"]
    said = [m.sentence for m in counted if m.sentence]
    if said:
        lead, *rest = said
        return [{"kind": "sentence", "text": lead}, *([{"kind": "text", "text": " ".join(rest)}] if rest else [])]
    lacking = next((m for m in counted if m.value is None), None)
    if lacking is None:
        return []
    return [{"kind": "text", "text": say("not_enough", n=lacking.n, needed=LEAST.get(lacking.id, 2))}]


def picture(team: Watched, size: Size) -> Doc | None:
    """The one picture that board and wall show; all look at the same one."""
    if team.step is None or (must_answer(team.step) and not team.is_shown):
        return None
    found = [one for one in team.pictures(team.step.key, size) if one.rows]
    if not found:
        return None
    n, table = team.stage.picture.get(team.step.key, (0, False))
    one = found[n % len(found)]
    buttons = _picture_buttons(found, n % len(found), table=table) if team.is_led else []
    return drawn_doc(one, buttons, table=table or not one.src)


def _picture_buttons(found: Sequence[Drawn], n: int, *, table: bool) -> list[Doc]:
    """The same picture as a table, and the next one."""
    buttons = []
    if found[n].src:
        words = "as_a_picture" if table else "as_a_table"
        buttons.append(quiet(f"picture:{n}:{'' if table else 'table'}", say(words)))
    if len(found) > 1:
        ahead = (n + 1) % len(found)
        buttons.append(quiet(f"picture:{ahead}:", say("next_picture", title=found[ahead].title.lower())))
    return buttons


def pairs_said(team: Watched) -> list[Doc]:
    """What the pairs wrote, where no picture shows it; without what is covered, as it stands on a wall."""
    if team.step is None or not team.is_shown:
        return []
    return said_by_pairs(team.room, team.step, view(team.snapshot, team.stage, on_the_wall(Viewer("facilitator"))))


def entries(team: Watched) -> list[Doc]:
    """Words on show one by one, in mixed order, to be covered or pinned; signed only where the step signs them."""
    step = on_show(team)
    if step is None:
        return []
    seen = view(team.snapshot, team.stage, Viewer("facilitator"))
    found = words_of(seen, team.stage, step.key, team.stage.round_of(step.key))
    personal = {f.key for f in step.fields if _is_about_people(team, f)}
    return [_entry(team, step, one) for one in found if one.field not in personal]


def on_show(team: Watched) -> Step | None:
    """The step whose answers are on show: the open one, or after the end what people leave with."""
    step = team.step or team.room.leaving
    return step if step is not None and team.stage.is_shown(step.key, team.stage.round_of(step.key)) else None


def leaving(team: Watched) -> list[Doc]:
    """What people leave with: the words themselves, or how many are in and what they wait for."""
    step = team.room.leaving
    if step is None or len(team.present()) < 2:  # noqa: PLR2004 - of one alone nothing is asked
        return []
    if on_show(team) is not None:
        return last_words(view(team.snapshot, team.stage, on_the_wall(Viewer("facilitator"))), team.stage, step)
    if not takes_words(team.snapshot.meeting, team.stage, step, team.now):
        return []
    return [{"kind": "text", "text": step.do}, *waiting_for_words(team.room, step)]


def read_out(team: Watched) -> list[Doc]:
    """The words on show as a wall has them: without those that are covered, and without buttons."""
    return [{**one, "pinned": False, "buttons": []} for one in entries(team) if not one["covered"]]


def _is_about_people(team: Watched, asked: Any) -> bool:
    """Whether a table has a row for each of some colleagues: what was guessed of whom does not stand on a wall."""
    use = team.snapshot.workbook.lists.get(getattr(asked, "rows_from", None) or "")
    return use is not None and use.use in PERSONAL_LISTS


def _entry(team: Watched, step: Step, one: Words) -> Doc:
    how = step.attribution_of(step.field(one.field))
    pinned = one.id in team.stage.pinned
    doc: Doc = {"id": one.id, "text": one.text, "who": called(team, one.who) if how == SIGNED else ""}
    doc |= {"covered": one.covered, "pinned": pinned, "buttons": []}
    if team.is_led:
        cover = (
            quiet(f"uncover:{one.id}", say("uncover_words"))
            if one.covered
            else quiet(f"cover:{one.id}", say("cover_words"))
        )
        pin = quiet(f"unpin:{one.id}", say("unpin_words")) if pinned else quiet(f"pin:{one.id}", say("pin_words"))
        # After the end there is no side to keep a line at.
        doc["buttons"] = [cover, *([] if one.covered or step.closing else [pin])]
    return doc


def called(team: Watched, author: str) -> str:
    """A member or a pair as people call them."""
    step = team.step.key if team.step else ""
    given = [r for r in team.snapshot.responses if (r.step, r.round, r.author) == (step, team.round, author)]
    people = [name for r in given[:1] for name in pairs.behind(team.snapshot, r)]
    return join_words(people) or (team.room.name(author) if author else "")


def priority(team: Watched) -> str:
    """The priority as the team has written it so far, "" before."""
    found = [results.revised(team.room, name) for name in team.snapshot.workbook.revises]
    return next((str(text) for text in found if text), "")


def banner(team: Watched) -> str:
    """What stands in the foot: the priority as it is chosen or as it was handed on, and the cause with it."""
    wanted, carries = team.snapshot.workbook.needs, team.snapshot.carries
    if PRIORITY not in wanted:
        own = priority(team)
        return say("priority_is", text=own) if own else say("priority_none")
    told = {"priority_is": PRIORITY, "cause_is": CAUSE}
    found = [(words, needs.words(carries.get(key))) for words, key in told.items() if key in wanted]
    return " · ".join(say(words, text=text) for words, text in found if text) or say("priority_unknown")


def outcome(team: Watched) -> list[Doc]:
    """What stands at the end: what the team has found, and how many people's ideas are in it."""
    return endings.found(team.room)


# ------------------------------------------------------------------------------------------------------- spoken turns


def voices(team: Watched) -> tuple[Option, ...]:
    """What is spoken for in this step, in order; nothing where there are no turns."""
    if team.step is None or team.step.turns is None:
        return ()
    return team.stage.options(team.step.turns.list)


def turns(team: Watched) -> list[Doc]:
    """Who speaks for what now; before the first, how long each voice has."""
    found, n = voices(team), team.stage.turn
    if not found or team.step is None:
        return []
    if not 1 <= n <= len(found):
        return results.turns(team.room, team.step)
    asking = len(team.stage.asking)
    return [
        {"kind": "text", "text": say("voice_of", n=n, of=len(found))},
        {"kind": "big", "text": found[n - 1].label},
        {"kind": "text", "text": speaker(team, found[n - 1])},
        *([{"kind": "text", "text": say("want_to_ask", n=asking), "mark": "?"}] if asking else []),
    ]


def speaker(team: Watched, voice: Option) -> str:
    """Who speaks for it: by name only if that person has said yes."""
    who = team.stage.speakers.get(voice.id)
    return say("speaks", name=team.room.name(who)) if who else say("who_speaks")


def next_turn(team: Watched) -> list[Doc]:
    """The button that gives the word to the next voice."""
    found, n = voices(team), team.stage.turn
    if not team.is_led or n >= len(found):
        return []
    words = say("first_voice" if n == 0 else "next_voice", title=found[n].label)
    return [button(f"turn:{n + 1}", words, main=True)]


# ---------------------------------------------------------------------------------- what only who leads may trace


def is_traceable(team: Watched) -> bool:
    """Whether answers on show are signed for those who lead, and for nobody else."""
    step = team.step
    if step is None or not team.is_shown:
        return False
    return bool(_traced(step))


def _traced(step: Step) -> list[Any]:
    """Ratings that are signed for those who lead, and for nobody else."""
    every = step.asks("individual")
    return [f for f in every if f.type == "rate" and step.attribution_of(f) == "facilitator_only"]


def hands(team: Watched) -> str:
    """Whose hand is where, for ten seconds, so that a worry can be heard; "" where there is nothing to trace."""
    if team.step is None or not is_traceable(team):
        return ""
    on_show = shown(team.snapshot, team.stage)
    rated = _traced(team.step)
    by_hand: dict[int, list[str]] = {}
    for asked in rated[:1]:
        for r in standing(on_show, team.step.key, asked.key, team.round):
            if isinstance(r.value, int):
                by_hand.setdefault(r.value, []).append(team.room.name(r.author))
    return " · ".join(f"{value}: {join_words(by_hand[value])}" for value in sorted(by_hand))
