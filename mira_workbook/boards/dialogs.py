"""The dialogs: the title says what will happen, the main button says it again, and nothing changes before it.

Those that name people are made only when somebody asks for them, since a board may stand on a wall.
"""

from collections.abc import Callable, Mapping, Sequence

from mira_workbook.boards.doors import Handed, Links
from mira_workbook.boards.parts import button, dialog, entry, menu, option, pick, quiet
from mira_workbook.boards.watched import Watched
from mira_workbook.boards.wording import at, in_words
from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.records import Member
from mira_workbook.rules import clock, needs
from mira_workbook.rules.progress import Progress, is_anonymous, must_answer
from mira_workbook.rules.stage import FACILITATOR
from mira_workbook.widgets.controls import Doc

WITH_LINK = frozenset({"lead", "remote"})
"""Dialogs that show a fresh link."""
CLOSE = "close"
"""The button of every dialog that only closes it."""
LEVELS = ("facilitator_only", "role", "none", "anonymous")
"""Ways to sign answers, each more private than the one before; `named` stands before all."""
LEAST, MOST = 3, 5
"""The fewest answers without names that may be shown, and what is asked for if nothing is said."""


def _opening(key: str, label: str, made: Doc, *, main: bool = False) -> Doc:
    """A button whose dialog the page opens by itself."""
    return button(key, label, dialog=made, main=main)


def _cancel(label: str = "") -> Doc:
    return quiet(CLOSE, label or say("leave_it"))


def make_up(team: Watched, over: int) -> Doc:
    """“Make up 4 minutes”: named cuts, each with the new end; nothing changes before *Do this*."""
    title = say("make_up", n=over)
    cuts = clock.cuts(team.snapshot, team.stage, team.now)
    options = [option(c.id, c.words, say("we_end_at", time=at(team, c.at))) for c in cuts]
    made = dialog(
        "makeup", title, say("make_up_text"), button("cut", say("do_this"), main=True), _cancel(), options=options
    )
    return _opening("makeup", title, made)


def look_again(team: Watched) -> Doc:
    """The words the session builds on beside the newer ones; taking these changes no answer."""
    key, newer = next(iter(team.snapshot.newer.items()))
    older = team.snapshot.built_on[key]
    told = {name: ", ".join(needs.lines(carry.value)) for name, carry in (("old", older), ("new", newer))}
    use = button(f"newer:{key}:{newer.version}", say("use_newer"), main=True)
    made = dialog("newer", say("changed_title"), say("changed_board", **told), use, _cancel(say("keep_older")))
    return _opening("newer", say("look_again_button"), made)


def reveal_anyway(now: Progress) -> Doc:
    """Reveal before enough are in: the reason is kept."""
    made = dialog(
        "anyway",
        say("anyway_title"),
        say("anyway_text", n=now.count, of=len(now.expected)),
        button("show", say("reveal_anyway"), main=True),
        _cancel(say("wait_a_moment")),
        fields=[entry("reason", say("anyway_why"))],
    )
    return _opening("anyway", say("reveal_anyway_ask"), made)


def end(team: Watched, *, main: bool = False) -> Doc:
    """End the session: everybody keeps reading, and drafts can still be sent."""
    waiting = {who for who, step in team.snapshot.drafting if step == team.stage.current} - set(_arrived(team))
    drafts = len(waiting & {m.key for m in team.present()})
    told = say("end_text")
    if drafts:
        told = f"{told} {say('end_drafts', n=drafts, words=in_words(drafts).capitalize())}"
    made = dialog("end", say("end_title"), told, button("end", say("end_session"), main=True), _cancel(say("go_on")))
    return _opening("end", say("end_session"), made, main=main)


def _arrived(team: Watched) -> Sequence[str]:
    return team.progress.arrived if team.progress else ()


def reopen(team: Watched) -> Doc:
    """Go back into a session that has ended, or into a step that is over."""
    opened = [(s.key, s.title) for s in team.snapshot.workbook.sitting if s.key in team.stage.opened]
    made = dialog(
        "reopen",
        say("reopen_title"),
        say("reopen_text"),
        button("reopen", say("open_again"), main=True),
        _cancel(),
        fields=[pick("step", say("which_step"), opened, value=opened[-1][0] if opened else "")],
    )
    return _opening("reopen", say("open_again"), made)


def menu_of(team: Watched, links: Links) -> Doc:
    """Everything that is needed seldom."""
    return menu("more", say("more"), more(team, links))


def more(team: Watched, links: Links) -> list[Doc]:
    """What is needed seldom."""
    people = [
        quiet("ask:left", say("somebody_left")),
        *([quiet("ask:back", say("somebody_back"))] if _excused(team) else []),
        quiet("ask:twice", say("merge_people")),
        *([quiet("ask:scribe", say("no_device"))] if team.is_led and _without_device(team) else []),
    ]
    table = quiet(
        "table", say("write_for_team"), href=f"{links.board}&team={team.slug}&view=table" if links.board else ""
    )
    if not team.is_led or team.step is None:
        return [*people, quiet("ask:lead", say("hand_lead")), table]
    step = team.step
    again = step.rounds > team.round and team.is_revealed
    return [
        quiet(f"here:{step.key}", say("bring_all_here")),
        quiet(f"skip:{step.key}", say("skip_this")),
        *([quiet("again", say("open_round_2"))] if again else []),
        quiet("ask:lead", say("hand_lead")),
        *people,
        table,
        *([quiet("ask:private", say("more_private"))] if levels(step) else []),
        *([quiet("ask:threshold", say("threshold"))] if _anonymous_ahead(team) else []),
        end(team),
    ]


def _excused(team: Watched) -> list[Member]:
    return [m for m in team.snapshot.members if m.excused_at is not None]


def _without_device(team: Watched) -> list[Member]:
    return [m for m in team.present() if m.joined_at is None]


def levels(step: Step) -> tuple[str, ...]:
    """How the step's answers may be signed from now on: only more privately than they are."""
    if not must_answer(step):
        return ()
    now = [step.attribution_of(f) for f in step.asks("individual")]
    place = max((LEVELS.index(how) for how in now if how in LEVELS), default=-1)
    return LEVELS[place + 1 :] if now else ()


def _anonymous_ahead(team: Watched) -> list[Step]:
    """Steps without names that have not opened: only before may it be said how many answers they need."""
    return [s for s in team.snapshot.workbook.sitting if is_anonymous(s) and s.key not in team.stage.opened]


# --------------------------------------------------------------------------------------------- made when asked for


def _people(members: Sequence[Member]) -> list[tuple[str, str]]:
    return [(m.key, m.name) for m in members]


def _left(team: Watched, _handed_on: Handed) -> Doc:
    person = pick("member", say("who_left"), _people(team.present()), person=True)
    main = button("excuse", say("leave_out"), main=True)
    return dialog("left", say("left_title"), say("left_text"), main, _cancel(), fields=[person])


def _back(team: Watched, _handed_on: Handed) -> Doc:
    person = pick("member", say("who_back"), _people(_excused(team)), person=True)
    main = button("back", say("count_again"), main=True)
    return dialog("back", say("back_title"), say("back_text"), main, _cancel(), fields=[person])


def _scribe(team: Watched, _handed_on: Handed) -> Doc:
    """Somebody writes for a person without a device: a teammate, or who leads, at the table."""
    absent = pick("member", say("who_no_device"), _people(_without_device(team)), person=True)
    writers = [(FACILITATOR, say("you_at_table")), *_people(team.arrived())]
    by = pick("by", say("who_writes"), writers, person=True)
    main = button("scribe", say("let_write"), main=True)
    return dialog("scribe", say("no_device_title"), say("no_device_text"), main, _cancel(), fields=[absent, by])


def _twice(team: Watched, _handed_on: Handed) -> Doc:
    person = pick("member", say("which_twice"), _people(team.present()), person=True)
    main = button("excuse", say("leave_out"), main=True)
    return dialog("twice", say("twice_title"), say("twice_text"), main, _cancel(), fields=[person])


def _lead(_team: Watched, handed: Handed) -> Doc:
    """Hand the lead over, or share it: whoever opens the link leads too."""
    return _handed(dialog("lead", say("lead_title"), say("lead_text")), handed)


def _remote(_team: Watched, handed: Handed) -> Doc:
    """One's own phone, to walk about with."""
    return _handed(dialog("remote", say("remote_title"), say("remote_text")), handed)


def _handed(made: Doc, handed: Handed) -> Doc:
    """A dialog with a fresh link and its picture, or that there is no address to give."""
    made["buttons"] = [quiet(CLOSE, say("close_this"))]
    if not handed.link:
        return {**made, "text": say("link_none")}
    return {**made, "image": {"src": handed.qr, "alt": say("link_picture")}, "link": handed.link}


def _private(team: Watched, _handed_on: Handed) -> Doc:
    options = [option(how, say(f"private_{how}")) for how in (levels(team.step) if team.step else ())]
    main = button("private", say("make_private"), main=True)
    return dialog("private", say("private_title"), say("private_text"), main, _cancel(), options=options)


def _threshold(team: Watched, _handed_on: Handed) -> Doc:
    steps = [(s.key, s.title) for s in _anonymous_ahead(team)]
    numbers = [(str(n), str(n)) for n in range(LEAST, MOST + 1)]
    fields = [
        pick("step", say("which_step"), steps, value=steps[0][0] if steps else ""),
        pick("n", say("how_many"), numbers, value=str(MOST)),
    ]
    main = button("threshold", say("set_threshold"), main=True)
    return dialog("threshold", say("threshold_title"), say("threshold_text"), main, _cancel(), fields=fields)


ASKED: Mapping[str, Callable[[Watched, Handed], Doc]] = {
    "left": _left,
    "scribe": _scribe,
    "back": _back,
    "twice": _twice,
    "lead": _lead,
    "remote": _remote,
    "private": _private,
    "threshold": _threshold,
}
"""Dialogs by the name that a button asks for: `ask:left`."""
