"""What one who leads can do beside what is needed; each is done once in a rehearsal, in one team or another."""

from collections.abc import Mapping

from mira_workbook.errors import StepLocked
from mira_workbook.rehearse.leader import PATIENCE, WORD, Leader, Look, Script, Trick
from mira_workbook.rules import led
from mira_workbook.rules.progress import own_fields, shows_itself


def extend(leader: Leader, session: int) -> Script:
    """Give a minute, and take it back."""
    leader.act(session, led.extend(1.0), "gave a minute")
    yield
    leader.act(session, led.extend(-1.0), "took a minute")


def pause(leader: Leader, session: int) -> Script:
    """Let everybody look up for a while."""
    look = leader.act(session, led.pause(), "paused")
    leader.expect(sure=look.stage.paused_at is not None, otherwise="A pause did not begin.")
    yield
    yield
    look = leader.act(session, led.resume(), "went on after a pause")
    leader.expect(sure=look.stage.paused_at is None, otherwise="A pause did not end.")


def nudge(leader: Leader, session: int) -> Script:
    """Ask all who are not in whether they need a hand."""
    leader.act(session, led.nudge(), "nudged")
    yield


def halt(leader: Leader, session: int) -> Script:
    """Stop the countdown that showing began while people still type; where all are in it shows, which is as well."""
    before = leader.look(session).place
    for _ in range(PATIENCE):
        try:
            look = leader.act(session, led.show(), "began to show answers")
        except StepLocked:
            yield
            continue
        if look.stage.closing is not None:
            look = leader.act(session, led.halt(), "stopped a countdown")
            sure = look.stage.closing is None and look.place == before
            leader.expect(sure=sure, otherwise="A countdown that was stopped went on.")
        return


def show_early(leader: Leader, session: int) -> Script:
    """Show answers with a reason before enough are in: whoever comes then is late, and marked so."""
    for _ in range(PATIENCE):
        if leader.look(session).stage.revealed:
            return
        try:
            look = leader.act(session, led.show(WORD), "showed answers before enough were in")
        except StepLocked:
            yield
        else:
            yield from leader.countdown(session, look)
            return


def hide_and_show(leader: Leader, session: int) -> Script:
    """Put shown answers away, and show them again."""
    place = leader.look(session).place
    look = leader.act(session, led.hide(), "put answers away")
    leader.expect(sure=not look.stage.is_shown(*place), otherwise="Answers that were put away are still on show.")
    yield
    look = leader.act(session, led.show(), "showed them again")
    leader.expect(sure=look.stage.is_shown(*place), otherwise="Answers that were shown again are not on show.")


def undo_and_go_on(leader: Leader, session: int) -> Script:
    """Take the latest move back, let people write, and go on again."""
    last = leader.look(session).stage.last_move
    look = leader.act(session, led.undo(), "took a move back")
    leader.expect(sure=look.stage.last_move != last, otherwise="A move that was taken back still stands.")
    yield
    yield
    yield from leader.move(session)


def undo_and_redo(leader: Leader, session: int) -> Script:
    """Take the latest move back, and take that back."""
    before = leader.look(session)
    leader.act(session, led.undo(), "took a move back")
    after = leader.act(session, led.redo(), "took that back too")
    same = (after.place, after.stage.revealed.keys()) == (before.place, before.stage.revealed.keys())
    leader.expect(sure=same, otherwise="Undo and redo did not lead back.")
    yield


def skip_and_reopen(leader: Leader, session: int) -> Script:
    """Leave a step out while people write in it, and go back to it."""
    key = leader.look(session).stage.current
    look = leader.act(session, led.skip(), "left a step out")
    leader.expect(sure=key in look.stage.skipped, otherwise="A step that was left out is not.")
    yield
    look = leader.act(session, led.reopen(key), "opened a step again")
    leader.expect(sure=look.stage.current == key, otherwise="A step that was opened again is not open.")
    yield


def turns(leader: Leader, session: int) -> Script:
    """Give one voice after the other the word."""
    for n in (1, 2, 0):
        leader.act(session, led.turn(n), "gave somebody the word")
        yield


def pictures(leader: Leader, session: int) -> Script:
    """One picture at a time, and its table."""
    leader.act(session, led.picture(0, table=True), "turned a picture into its table")
    yield
    leader.act(session, led.picture(1), "went to the next picture")


def replan(leader: Leader, session: int) -> Script:
    """Plan the open step anew."""
    leader.act(session, led.replan({leader.look(session).stage.current: 3.0}), "planned a step anew")
    yield


def pin(leader: Leader, session: int) -> Script:
    """Keep a line on the board's side."""
    leader.act(session, led.pin("a-line", "Ask the office about the bell"), "kept a line")
    yield
    leader.act(session, led.pin("a-line", off=True), "let a line go")


def bring_all_here(leader: Leader, _session: int) -> Script:
    """Bring all teams to where the slowest is: nobody leaves a step out, and some come back to one."""
    looks = [look for look in map(leader.look, leader.sessions) if look.stage.state == "open"]
    slowest = min(looks, key=lambda look: len(look.stage.opened), default=None)
    if slowest is not None:
        leader.act_everywhere(led.bring_here(slowest.stage.current), "brought all teams to a step")
    yield


def _writing(look: Look) -> bool:
    return look.asks_alone and look.stage.closing is None


def _opens_by_itself(look: Look) -> bool:
    """People answer now what is shown with this step, not with a later one."""
    return _writing(look) and shows_itself(look.step)


def _shown(look: Look) -> bool:
    return look.place in look.stage.revealed and bool(own_fields(look.step))


def _together(look: Look) -> bool:
    """A step in which the team writes together, from which nothing before depends on a second round."""
    step = look.step
    return step.mode == "team" and step.again is None and not any(f.setup for f in step.fields)


def _fresh(look: Look) -> bool:
    """A step that was just opened, not the first."""
    return len(look.stage.opened) > 1 and look.stage.can_undo(look.now) and look.place not in look.stage.revealed


def _late_in_the_day(look: Look) -> bool:
    return len(look.stage.opened) > len(look.snapshot.workbook.steps) // 2


TRICKS: Mapping[str, Trick] = {
    "show early": Trick(_opens_by_itself, show_early),
    "pause": Trick(_writing, pause),
    "hide and show": Trick(_shown, hide_and_show),
    "undo and go on": Trick(_fresh, undo_and_go_on),
    "undo and redo": Trick(lambda look: _shown(look) and look.stage.can_undo(look.now), undo_and_redo),
    "extend": Trick(_writing, extend),
    "stop a countdown": Trick(_opens_by_itself, halt),
    "nudge": Trick(_writing, nudge),
    "pictures": Trick(_shown, pictures),
    "plan anew": Trick(_writing, replan),
    "turns": Trick(lambda look: look.step.turns is not None, turns),
    "leave out and open again": Trick(_together, skip_and_reopen),
    "keep a line": Trick(_shown, pin),
    "bring all here": Trick(_late_in_the_day, bring_all_here),
}
"""Name to when it fits, and what is done."""
