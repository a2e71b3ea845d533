"""What stands above a board: whose session it is, when it ends, the code, and what happens just now."""

from collections.abc import Sequence

from mira_workbook.boards import dialogs
from mira_workbook.boards.doors import Links
from mira_workbook.boards.parts import button, line, quiet
from mira_workbook.boards.people import State
from mira_workbook.boards.watched import Watched, Where
from mira_workbook.boards.wording import at, in_words
from mira_workbook.catalogue import say
from mira_workbook.rules import clock, led
from mira_workbook.rules.cap import capped_words
from mira_workbook.rules.progress import blank_set_up
from mira_workbook.rules.stage import UNDO_WINDOW
from mira_workbook.text import join_words
from mira_workbook.widgets.carried import source
from mira_workbook.widgets.controls import Doc

STILL: tuple[State, ...] = ("writing", "quiet")


def head(team: Watched, links: Links, teams: Sequence[Watched], where: Where) -> Doc:
    """The head of a board that looks at one team."""
    ending = clock.ending(team.snapshot, team.stage, team.now)
    over = ending.over_min > 0 and team.stage.state == "open"
    buttons = [dialogs.make_up(team, ending.over_min)] if over and team.is_led else []
    if links.board:
        buttons.append(quiet("projector", say("projector_view"), href=f"{links.board}&team={team.slug}&view=present"))
        buttons.append(quiet("ask:remote", say("phone_as_remote")))
    return {
        "title": f"{team.snapshot.team.name} · {team.snapshot.workbook.title}",
        "sub": "",
        "ends": ends(team, ending, over=over),
        "over": over,
        "code": links.code,
        "buttons": buttons,
        "teams": chooser(teams, where),
    }


def ends(team: Watched, ending: clock.Ending, *, over: bool) -> str:
    """When the session ends, as promised; and how far over it is, for those who lead."""
    if team.stage.state == "ended":
        return say("session_over")
    told = say("we_end_at", time=at(team, ending.expected if over else ending.promised or ending.expected))
    return f"{told} · {say('minutes_over', n=ending.over_min)}" if over else told


def chooser(teams: Sequence[Watched], where: Where) -> list[Doc]:
    """The teams to choose from, all of them together first; nothing where there is one."""
    if len(teams) < 2:  # noqa: PLR2004 - one team needs no choice
        return []
    every = {"id": "look:", "label": say("all_teams"), "here": not where.team}
    each = [{"id": f"look:{t.slug}", "label": t.snapshot.team.name, "here": t.slug == where.team} for t in teams]
    return [every, *each]


def lines(team: Watched, where: Where) -> list[Doc]:
    """What happens around the step: a countdown, an undo, a pause, somebody at the door, a raised hand, a note."""
    found: list[Doc] = []
    stage = team.stage
    if stage.closing:
        found.append(_closing(team))
    elif team.is_led and _just_now(team):
        found.append(line("redo", "", say("went_back_board"), quiet("redo", say("redo"))))
    elif team.is_led and stage.opened and stage.last_move and stage.can_undo(team.now):
        found.append(line("undo", "", moved(team), quiet("undo", say("undo"))))
    if stage.paused_at is not None:
        found.append(line("paused", "‖", say("paused_for_all"), button("resume", say("resume_all"))))
    found += _changed(team)
    if near := capped_words(team.snapshot, team.stage, team.now):
        found.append(line("cap", "~", near))
    found += _at_the_door(team, where)
    found += _raised(team, where)
    if where.note:
        found.append(line("note", "i", where.note))
    return found


def _changed(team: Watched) -> list[Doc]:
    """What the session builds on is not what it was (W04), and the way to look again; or that its cycle is over."""
    if team.snapshot.cycle_closed:
        return [line("cycle_closed", "i", say("cycle_closed"))]
    if not team.snapshot.newer or not team.is_led:
        return []
    looks = [dialogs.look_again(team)] if team.snapshot.meeting.ended_at is None else []
    return [line("changed", "i", say("W04", source=source(team.room, next(iter(team.snapshot.newer)))), *looks)]


def blank(team: Watched, links: Links) -> list[Doc]:
    """What later steps build on and nobody has filled in yet, and the way to it; until the end."""
    if team.stage.state == "ended" or team.snapshot.meeting.ended_at is not None or team.snapshot.cycle_closed:
        return []
    missing = [f"“{f.label}”" for step in team.snapshot.workbook.steps for f in blank_set_up(team.snapshot, step)]
    fill_in = [quiet("before", say("fill_in"), href=links.before)] if links.before else []
    return [line("blank", "i", say("still_blank", fields=join_words(missing)), *fill_in)] if missing else []


def _just_now(team: Watched) -> bool:
    """Whether the latest undo can still be taken back."""
    latest = led.undone(team.snapshot)
    return latest is not None and team.now - latest.at <= UNDO_WINDOW


def moved(team: Watched) -> str:
    """What the latest move was."""
    if team.stage.state == "ended":
        leaving = team.room.leaving
        shown = leaving is not None and (leaving.key, 1) in team.stage.revealed
        return say("words_shown" if shown else "session_over")
    if team.is_revealed:
        return say("results_shown")
    return say("moved_on", title=team.step.title if team.step else "")


def _closing(team: Watched) -> Doc:
    """The countdown: how long, and how many still type."""
    closing = team.stage.closing
    seconds = max(0, round((closing.due - team.now).total_seconds())) if closing else 0
    typing = sum(team.states[m.key] in STILL for m in team.present())
    told = say("closing_in", seconds=seconds)
    told = f"{told} {say('still_typing', n=typing, words=in_words(typing).capitalize())}" if typing else told
    buttons = [button("now", say("do_it_now"), main=True), quiet("halt", say("stop_closing"))] if team.is_led else []
    return line("closing", "~", told, *buttons)


def _at_the_door(team: Watched, where: Where) -> list[Doc]:
    """Who knocks; by name only where a name may stand."""
    named = team.has_not_begun or where.shows_names(team.now)
    return [
        line(
            f"knock:{w.id}",
            "?",
            say("knocks", name=w.name) if named else say("somebody_knocks"),
            *([] if named else [quiet("names", say("show_names"))]),
            button(f"admit:{w.id}", say("let_in")),
        )
        for w in team.waiting
    ]


def at_all_doors(teams: Sequence[Watched], where: Where) -> list[Doc]:
    """Who knocks in a whole room, with the team; by name only where a name may stand."""
    return [
        {
            **one,
            "id": f"{one['id']}@{team.slug}",
            "text": say("in_team", text=one["text"], team=team.snapshot.team.name),
        }
        | {"buttons": [b if b["id"] == "names" else {**b, "id": f"{b['id']}@{team.slug}"} for b in one["buttons"]]}
        for team in teams
        for one in _at_the_door(team, where)
    ]


def _raised(team: Watched, where: Where) -> list[Doc]:
    """Who asked for help: how many, and for ten seconds who."""
    asking = team.needing_help()
    if not asking:
        return []
    named = where.shows_names(team.now)
    told = say("help_named", names=join_words([m.name for m in asking])) if named else say("help_count", n=len(asking))
    buttons = [quiet("helped", say("help_given"))] if named else [quiet("names", say("show_names"))]
    return [line("help", "?", told, *buttons)]
