"""The room grid: many teams at once, each person a shape, and never what anybody writes."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from mira_workbook.boards.doors import Links
from mira_workbook.boards.head import at_all_doors, chooser
from mira_workbook.boards.parts import EMPTY, button, guarded, line, quiet
from mira_workbook.boards.run import ticking
from mira_workbook.boards.showing import STATE_WORDS
from mira_workbook.boards.watched import Watched, Where
from mira_workbook.boards.wording import attendance, count_of
from mira_workbook.catalogue import say
from mira_workbook.records import Member
from mira_workbook.rules.progress import following
from mira_workbook.widgets.controls import Doc

ALL = "@all"
FILTERS = ("all", "not_ready", "help")


def grid(teams: Sequence[Watched], where: Where, links: Links) -> Doc:
    """The board of a whole room."""
    now = teams[0].now
    shown = [team for team in teams if _passes(team, where.filter)]
    asking = sum(len(team.needing_help()) for team in teams)
    arrived = any(team.arrived() or not team.has_not_begun for team in teams)
    return {
        **EMPTY,
        "key": "grid",
        "now": now.isoformat(),
        "head": _head(teams, where, links),
        "lines": _lines(teams, where),
        "grid": {
            "head": _told(teams, links),
            "columns": [say(f"column_{name}") for name in ("team", "in", "people", "time", "state")],
            "rows": [_row(team, where) for team in shown] if arrived else [],
            "filters": [{"id": f"filter:{f}", "label": say(f"filter_{f}"), "here": f == where.filter} for f in FILTERS],
            "empty": say("nobody_in_filter") if arrived else say("no_team_here"),
        },
        "announce": say("help_count", n=asking) if asking else "",
    }


def _head(teams: Sequence[Watched], where: Where, links: Links) -> Doc:
    buttons = [*for_all(teams), quiet("names", say("show_names"))]
    if links.board:
        buttons.append(quiet("projector", say("projector_view"), href=f"{links.board}&view=present"))
        buttons.append(quiet("ask:remote", say("phone_as_remote")))
    return {
        "title": teams[0].snapshot.workbook.title,
        "sub": "",
        "ends": "",
        "over": False,
        "code": links.code,
        "buttons": buttons,
        "teams": chooser(teams, where),
    }


def for_all(teams: Sequence[Watched]) -> list[Doc]:
    """The move that most teams have before them, and the pause, for all at once; nothing at the teams' own pace."""
    if not teams[0].is_led:
        return []
    paused = all(team.stage.paused_at is not None for team in teams if team.stage.state == "open")
    running = any(team.stage.state == "open" for team in teams)
    still = quiet(f"resume{ALL}", say("resume_all")) if paused else quiet(f"pause{ALL}", say("pause_all"))
    return [*main_for_all(teams), *([still] if running else [])]


def main_for_all(teams: Sequence[Watched]) -> list[Doc]:
    """The one move for all."""
    if any(team.stage.closing for team in teams):
        return [button(f"now{ALL}", say("do_it_now"), main=True), quiet(f"halt{ALL}", say("stop_closing"))]
    # What each team's people leave with is that team's alone.
    ahead = Counter(team.next for team in teams if team.next and team.next != "words")
    if not ahead:
        return []
    to = ahead.most_common(1)[0][0]
    if to == "go":
        words = say("start_all" if all(t.has_not_begun for t in teams) else "next_all")
        return [button(f"next{ALL}", words, main=True)]
    if to == "end":
        return [guarded(f"end{ALL}", say("end_all"), say("tap_again_end"), main=True)]
    names = {"show": "reveal_all", "again": "again_all"}
    return [button(f"{to}{ALL}", say(names[to]), main=True)]


def _lines(teams: Sequence[Watched], where: Where) -> list[Doc]:
    found = []
    since = [team for team in teams if team.is_led and team.stage.last_move and team.stage.can_undo(team.now)]
    if since and not any(team.stage.closing for team in teams):
        found.append(line("undo", "", say("moved_in", n=len(since)), quiet(f"undo{ALL}", say("undo"))))
    found += at_all_doors(teams, where)
    if where.note:
        found.append(line("note", "i", where.note))
    return found


def _told(teams: Sequence[Watched], links: Links) -> str:
    """“Room K7M-4QX · 10 teams · 58 of 60 here · step: First, focus, watch”."""
    told = [say("room_is", code=links.code), say("teams_count", n=len(teams)), attendance(teams)]
    steps = Counter(team.step.title for team in teams if team.step)
    if steps:
        title, most = steps.most_common(1)[0]
        told.append(say("step_is", title=title))
        told += [say("teams_elsewhere", n=len(teams) - most)] if most < len(teams) else []
    return " · ".join(told)


def _passes(team: Watched, chosen: str) -> bool:
    if chosen == "help":
        return bool(team.needing_help())
    if chosen == "not_ready":
        return team.is_collecting and team.progress is not None and not team.progress.all_in
    return True


def _row(team: Watched, where: Where) -> Doc:
    ticks = ticking(team)
    all_in = team.is_collecting and team.progress is not None and team.progress.all_in
    return {
        "id": team.slug,
        "team": team.snapshot.team.name,
        "step": team.step.title if team.step else "",
        "count": count_of(team, team.progress) if team.progress else attendance([team]),
        "people": [_cell(team, member, where) for member in team.snapshot.members],
        "time": say("time_done") if all_in or ticks is None else ticks["text"],
        "until": None if all_in or ticks is None else ticks["until"],
        "state": state(team),
        "buttons": _buttons(team),
    }


def state(team: Watched) -> str:
    """Where a team stands, in a word or two."""
    asking = len(team.needing_help())
    if asking:
        return say("some_help", n=asking)
    if team.stage.closing:
        return say("row_closing")
    if team.stage.paused_at is not None:
        return say("row_paused")
    return _standing(team)


def _standing(team: Watched) -> str:
    """Where a team's step stands."""
    if team.has_not_begun or team.step is None:
        return say("row_lobby" if team.has_not_begun else "row_ended")
    if not team.is_collecting:
        return say("row_shown" if team.is_shown else "row_together")
    if team.progress and team.progress.all_in:
        return say("row_all_in")
    ready = team.next == "show" and team.progress is not None and team.progress.can_show
    return say("row_can_reveal" if ready else "row_working")


def _buttons(team: Watched) -> list[Doc]:
    goes = quiet(f"look:{team.slug}", say("go_to"))
    if not team.is_led or team.needing_help() or team.stage.closing:
        return [goes]
    if team.is_collecting and team.next == "show" and team.progress and team.progress.can_show:
        return [quiet(f"show@{team.slug}", say("reveal")), goes]
    ahead = following(team.snapshot, team.stage)
    if team.next == "go" and ahead and not team.is_collecting:
        return [quiet(f"next@{team.slug}", say("next_step", title=ahead.title)), goes]
    return [goes]


def _cell(team: Watched, member: Member, where: Where) -> Doc:
    """A person as a shape, by name only to a screen reader; on the screen for ten seconds after somebody asked."""
    how = team.states[member.key]
    named = where.shows_names(team.now, f"{team.slug}/{member.key}")
    words = [member.name, say(STATE_WORDS[how]), *([say("on_step", title=team.step.title)] if team.step else [])]
    return {
        "id": f"{team.slug}/{member.key}",
        "state": how,
        "label": ", ".join(words),
        "name": member.name if named else "",
        "menu": _menu(team, member),
    }


def _menu(team: Watched, member: Member) -> list[Doc]:
    to = f"{member.key}@{team.slug}"
    items: list[Any] = [quiet(f"name:{to}", say("show_this_name"))]
    if member.excused_at is not None:
        return [*items, quiet(f"back:{to}", say("count_again"))]
    if team.states[member.key] == "help":
        items.append(quiet(f"helped:{to}", say("help_given")))
    if team.is_led and team.stage.state == "open":
        items.append(quiet(f"extend:1@{team.slug}", say("give_a_minute")))
    items += [quiet(f"admit:{w.id}", say("let_in_second")) for w in team.waiting if w.name == member.name]
    items += [quiet(f"nudge:{to}", say("ask_need_hand")), quiet(f"excuse:{to}", say("excuse_one"))]
    return items
