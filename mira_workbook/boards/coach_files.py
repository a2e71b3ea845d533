"""K4: the files of a visit, what each is for, and who took what."""

from collections.abc import Sequence

from mira_workbook.boards.coach_teams import newest_first
from mira_workbook.boards.coaching import CoachDoors, Looked, Visit, kept_until
from mira_workbook.boards.parts import button, quiet
from mira_workbook.catalogue import SENTENCES, say
from mira_workbook.exports import EXPORTS
from mira_workbook.rules.context import local
from mira_workbook.text import say_date, say_time
from mira_workbook.widgets.controls import Doc

READING = ("handout-pdf", "handout-docx", "handout", "pdf", "docx", "html")
"""Formats that are read; the others are worked with."""
LATEST = 20
"""Lines of the log that stand here; the command line has all of them."""


def take(visits: Sequence[Visit], doors: CoachDoors, where: Looked) -> Doc:
    """The formats that are there, for one team of a meeting or for all of them."""
    known = newest_first(visits)
    visit = next((one for one in known if one.id == where.session), known[0] if known else None)
    doc: Doc = {"title": say("take"), "picks": [], "choices": [], "groups": [], "after": [], "text": ""}
    if visit is None:
        return doc | {"text": say("teams_empty")}
    doc |= {"picks": [_pick(known, visit)], "choices": _choices(visits, visit, where), "text": say("files_names")}
    groups = [(say("for_reading"), READING), (say("for_working"), [name for name in EXPORTS if name not in READING])]
    doc["groups"] = [
        {"label": label, "files": [_file(visit, doors, where, name) for name in names if name in EXPORTS]}
        for label, names in groups
    ]
    return doc | {"after": [*_kept(visit, doors), *_log(visit, doors)]}


def _pick(known: Sequence[Visit], visit: Visit) -> Doc:
    options = [{"id": str(one.id), "label": one.name} for one in known]
    return {"id": "from", "label": say("take_from"), "options": options, "value": str(visit.id)}


def _choices(visits: Sequence[Visit], visit: Visit, where: Looked) -> list[Doc]:
    """One team or all; nothing where the meeting has one."""
    code = visit.snapshot.meeting.code
    if sum(one.snapshot.meeting.code == code for one in visits) < 2:  # noqa: PLR2004 - one team needs no choice
        return []
    return [
        {**quiet("whole:", say("take_team", team=visit.snapshot.team.name)), "pressed": not where.whole},
        {**quiet("whole:all", say("take_all")), "pressed": where.whole},
    ]


def label(name: str) -> str:
    """What a format is called; its own name where the catalogue knows none."""
    key = f"files_{name.replace('-', '_')}"
    return say(key) if key in SENTENCES else name


def about(name: str) -> str:
    """What a format is for; "" where the catalogue does not say."""
    key = f"files_{name.replace('-', '_')}_help"
    if not EXPORTS[name].is_there:
        return say("files_not_there", parts=", ".join(EXPORTS[name].needs))
    return say(key) if key in SENTENCES else ""


def _file(visit: Visit, doors: CoachDoors, where: Looked, name: str) -> Doc:
    """A format: a link where a server gives it out, else a button that writes it beside the store.

    What takes long to make waits in a window of its own, so that the board stays open.
    """
    team = "" if where.whole else visit.snapshot.team.slug
    href = doors.file(visit.snapshot, name, team)
    return button(f"make:{name}", label(name), hint=about(name), href=href, new=name in READING)


def _kept(visit: Visit, doors: CoachDoors) -> list[Doc]:
    goes = kept_until(visit.snapshot, doors.keep_days)
    return [{"kind": "text", "text": goes, "mark": "i"}] if goes else []


def _log(visit: Visit, doors: CoachDoors) -> list[Doc]:
    """Who took what out of this meeting."""
    found = doors.log(visit.snapshot)
    if not found:
        return [{"kind": "heading", "text": say("log_title")}, {"kind": "text", "text": say("log_empty")}]
    rows = []
    for one in found[:LATEST]:
        at = local(visit.snapshot.meeting, one.at)
        rows.append([f"{say_date(at.date())}, {say_time(at)}", one.who, label(one.format), str(one.rows)])
    columns = [say(f"log_{name}") for name in ("when", "who", "format", "lines")]
    return [{"kind": "table", "caption": say("log_title"), "head": columns, "rows": rows}]
