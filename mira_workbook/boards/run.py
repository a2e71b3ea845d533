"""The run view of one team (heads down, and after the answers are shown): safe to project, one main button."""

from urllib.parse import quote

from mira_workbook.boards import dialogs, showing
from mira_workbook.boards.agenda import agenda
from mira_workbook.boards.doors import Links
from mira_workbook.boards.head import blank, head, lines
from mira_workbook.boards.page import Page
from mira_workbook.boards.parts import CENTRE, EMPTY, button, quiet
from mira_workbook.boards.side import side
from mira_workbook.boards.watched import Watched, Where
from mira_workbook.boards.wording import about, at, count_of, in_all, in_words, minutes_seconds
from mira_workbook.catalogue import say
from mira_workbook.content.pathways import following as following_workbook
from mira_workbook.rules import clock
from mira_workbook.rules.progress import Progress, following, is_anonymous
from mira_workbook.rules.stage import FACILITATOR
from mira_workbook.text import join_words
from mira_workbook.widgets.carried import carried
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.endings import onward
from mira_workbook.widgets.results import shows, team_said


def run(page: Page) -> Doc:
    """The board of a team that has begun, or has ended."""
    team = page.team
    return {
        **EMPTY,
        "key": _key(team),
        "now": team.now.isoformat(),
        "head": head(team, page.links, page.teams, page.where),
        "lines": [*blank(team, page.links), *lines(team, page.where)],
        "agenda": agenda(team, leads=True),
        "centre": centre(team, page.where, page.links),
        "side": side(team, page.noted),
        "foot": foot(team),
        "announce": announce(team),
    }


def _key(team: Watched) -> str:
    if team.step is None:
        return f"ended:{team.slug}"
    phase = "collect" if team.is_collecting else "shown" if team.is_shown else "together"
    return f"run:{team.slug}:{team.step.key}:{team.round}:{phase}"


def foot(team: Watched) -> Doc:
    """The priority as far as it is known, and that everything is saved."""
    return {
        "left": showing.banner(team),
        "right": say("everything_saved", time=at(team, team.now)),
    }


def announce(team: Watched) -> str:
    """What a screen reader is told when it changes: that all are in, or that somebody needs help."""
    asking = len(team.needing_help())
    if asking:
        return say("help_count", n=asking)
    return say("all_in") if team.is_collecting and team.progress and team.progress.all_in else ""


def centre(team: Watched, where: Where, links: Links) -> Doc:
    """One thing at a time: who is in, or what they said."""
    step = team.step
    if step is None:
        return _over(team, links)
    doc: Doc = {**CENTRE, "title": step.title, "clock": ticking(team)}
    doc["do"] = (
        f"{say('on_phones' if step.heads == 'down' and team.is_collecting else 'look_up_all')} {step.heading}".strip()
    )
    doc["buttons"] = [*_about_people(team, where), *moving(team, links)]
    doc["hint"] = hint(team)
    if team.progress is not None and not team.is_shown:
        doc["count"] = _count(team, team.progress)
    if where.shows_names(team.now):
        doc["names"] = {"text": names(team)}
    return doc | _shown(team)


def _shown(team: Watched) -> Doc:
    """What may be looked at: nothing anybody wrote alone before it is shown."""
    step = team.step
    if step is None or team.is_collecting:
        return {}
    if team.is_revealed and not team.is_shown:
        return {"blocks": [{"kind": "text", "text": say("hidden_now")}]}
    spoken = [*showing.turns(team), *showing.sentences(team)]
    written = [*carried(team.room, step.carried), *shows(team.room, step), *team_said(team.room, step)]
    written += showing.pairs_said(team)
    drawn = showing.picture(team, "board")
    # The picture stands at its sentence; what the team wrote comes after both.
    blocks = {"blocks": spoken, "after": written} if drawn else {"blocks": [*spoken, *written]}
    return {**blocks, "picture": drawn, "entries": showing.entries(team)}


def _over(team: Watched, links: Links) -> Doc:
    """After the end: the sentence, whose ideas are in it, the way back and the way on."""
    words = [button("words", say("show_words"), main=True)] if team.is_led and team.next == "words" else []
    again = [*([] if team.stage.closing else words), *([dialogs.reopen(team)] if team.is_led else [])]
    ahead, said = onward(team.room)[:1], showing.entries(team)
    return {
        **CENTRE,
        "title": say("session_over"),
        "blocks": [*showing.outcome(team), *ahead, *(_left_with(team) if said else showing.leaving(team))],
        "entries": said,
        "buttons": [*again, *(_next_workbook(team, links) if ahead else [])],
    }


def _left_with(team: Watched) -> list[Doc]:
    """What stands over the words that people leave with."""
    step = showing.on_show(team)
    return [{"kind": "heading", "text": step.heading or step.title}] if step else []


def _next_workbook(team: Watched, links: Links) -> list[Doc]:
    """The way to set up the workbook that comes next for the same team; none where pages have no address."""
    stop = following_workbook(team.snapshot.workbook.slug)
    if stop is None or not links.pages:
        return []
    href = f"{links.pages}setup?workbook={stop.slug}&team={quote(team.slug)}"
    return [quiet("onward", say("comes_next_open", team=team.snapshot.team.name), href=href)]


def _count(team: Watched, now: Progress) -> Doc:
    """Who is in as marks, equal ones together, so that none tells whose it is."""
    marks = showing.marks([team.states[m.key] for m in team.snapshot.members])
    return {"text": in_all(team, now) if team.is_collecting else count_of(team, now), "marks": marks}


def ticking(team: Watched) -> Doc | None:
    """The clock of the step, or of a voice that speaks."""
    step, stage = team.step, team.stage
    if step is None:
        return None
    voice = clock.turn_due(team.snapshot, stage)
    due = voice or clock.due(team.snapshot, stage, step.key)
    span = voice - team.now if voice else clock.left(team.snapshot, stage, team.now)
    return {
        "seconds": voice is not None,
        "until": due.isoformat() if due else None,
        "paused": stage.paused_at is not None,
        "text": minutes_seconds(span),
        "plain": about(span),
    }


def names(team: Watched) -> str:
    """Who is not in, for ten seconds; with a step that only those who lead may trace, also what each hand is."""
    told = showing.hands(team)
    if told:
        return told
    missing = {"writing": "names_writing", "quiet": "names_quiet", "none": "names_none", "lost": "names_lost"}
    found = []
    for state, words in missing.items():
        people = [m.name for m in team.present() if team.states[m.key] == state]
        if people:
            found.append(say(words, names=join_words(people)))
    return " ".join(found) or say("names_all_in")


def _about_people(team: Watched, where: Where) -> list[Doc]:
    """Names for ten seconds, and the quiet question."""
    if not team.is_collecting and not showing.is_traceable(team):
        return []
    if team.is_collecting and team.progress and team.progress.all_in:
        return []
    named = [] if where.shows_names(team.now) else [quiet("names", say("show_names"))]
    return [*named, *([quiet("nudge", say("ask_all_help"))] if team.is_collecting else [])]


def moving(team: Watched, links: Links) -> list[Doc]:
    """The one main button, the minutes, the pause, and a menu for the rest."""
    if not team.is_led:
        return [dialogs.menu_of(team, links)]
    paused = team.stage.paused_at is not None
    pause = quiet("resume", say("resume_all")) if paused else quiet("pause", say("pause_all"))
    minutes = [quiet("extend:1", "+1"), quiet("extend:-1", "−1")]
    return [*main(team), *minutes, pause, dialogs.menu_of(team, links)]


def main(team: Watched) -> list[Doc]:
    """What comes next, as the main button, with what may be done instead."""
    if team.stage.closing:
        return []
    if team.is_collecting and team.next == "show":
        return _revealing(team)
    instead = []
    if team.is_revealed and not _is_sealed(team):
        instead.append(quiet("hide", say("hide_again")) if team.is_shown else quiet("show", say("show_again")))
    if team.next != "again" and _may_go_round(team):
        instead.append(quiet("again", say("round_2")))
    return [*showing.next_turn(team), _onward(team), *instead]


def _onward(team: Watched) -> Doc:
    """Next step, second round, or the end; not the main button while a voice waits for its turn."""
    call = not showing.next_turn(team)
    if team.next == "again":
        return button("again", say("once_more"), main=call)
    ahead = following(team.snapshot, team.stage)
    if team.next == "end" or ahead is None:
        return dialogs.end(team, main=call)
    return button("next", say("next_step", title=ahead.title), main=call)


def _may_go_round(team: Watched) -> bool:
    return team.step is not None and team.step.rounds > team.round and team.is_revealed


def _is_sealed(team: Watched) -> bool:
    return (team.stage.current, team.round) in team.stage.sealed


def _revealing(team: Watched) -> list[Doc]:
    now = team.progress
    if now is None or now.can_show:
        return [button("show", say("reveal"), main=True)]
    wait = button("show", say("reveal"), main=True, off=True, why=lacking(team, now))
    if team.step is None or is_anonymous(team.step):
        return [wait]
    return [wait, dialogs.reveal_anyway(now)]


def lacking(team: Watched, now: Progress) -> str:
    """What a reveal still waits for."""
    if team.step is not None and is_anonymous(team.step):
        if now.all_in and now.count >= now.needed:
            ticked = sum(m.guess_ok_at is not None for m in team.present())
            return say("needs_ticks", n=ticked, of=len(team.present()))
        return say("needs_five", needed=now.needed, n=now.count)
    return say("reveal_needs_one") if now.needed == 1 else say("reveal_needs", needed=now.needed, n=now.count)


def hint(team: Watched) -> str:
    """What the main button does, or why it cannot; while a team writes, who holds the pen."""
    if not team.is_led:
        return say("own_pace_board")
    if team.stage.closing:
        return ""
    if team.is_left_out and team.step:
        return say("skipped", title=team.step.title)
    if not team.is_collecting or team.progress is None:
        return pens(team)
    if team.next != "show":
        return say("opens_later") if team.step and team.step.reveal_with else ""
    # What a reveal lacks stands at its button.
    return _enough(team.progress) if team.progress.can_show else ""


def _enough(now: Progress) -> str:
    """That the answers may be shown, and what becomes of those who still write."""
    left = len(now.expected) - now.count
    if not left:
        return say("all_are_in", n=now.count)
    enough = say("reveal_now", n=now.count, of=len(now.expected))
    return f"{enough} {say('others_get_ten', n=left, words=in_words(left))}"


def pens(team: Watched) -> str:
    """Who writes for the team just now."""
    if not team.writes_together:
        return ""
    held = {pen.holder for (step, _), pen in team.stage.pens.items() if step == team.stage.current}
    names = [say("the_facilitator") if key == FACILITATOR else team.room.name(key) for key in sorted(held - {""})]
    return " ".join(say("pen_theirs", name=name) for name in names)
