"""Coaches' notes in files: shared ones in everybody's, private ones in a coach's own."""

import json
from dataclasses import replace
from datetime import timedelta

from export_cases import demo

from mira_workbook import exports
from mira_workbook.exports import COACH, EXPORTS
from mira_workbook.exports import json as json_export
from mira_workbook.exports.tables import tables
from mira_workbook.records import Note, Snapshot
from mira_workbook.rules.sight import Viewer, without_coachs

PRIVATE, SHARED = "Lena spoke second; the principal first.", "Well prepared: the schedule lay on the table."


def noted() -> Snapshot:
    """The demo team's session with two notes: one in the step that was open then, one after the end."""
    ended = demo()
    opened = next(act for act in ended.acts if (act.kind, act.step) == ("open", "talk"))
    ending = ended.acts[-1].at + timedelta(days=1)
    notes = (
        Note(1, 1, "coach", shared=False, body=PRIVATE, at=opened.at + timedelta(seconds=1)),
        Note(2, 1, "coach", shared=True, body=SHARED, at=ending),
    )
    return replace(ended, notes=notes)


def everything(snapshot: Snapshot) -> str:
    made = [EXPORTS[name].write([snapshot], COACH) for name in ("csv", "json", "handout")]
    return b"\n".join(body for files in made for body in files.values()).decode()


def test_a_coachs_tables_hold_both_with_where_the_session_stood() -> None:
    snapshot = noted()
    (table,) = [one for one in tables([snapshot], COACH) if one.name == "notes"]
    assert table.head == (
        *("team_id", "cycle", "meeting", "occasion"),
        *("written_at", "step", "turn", "shared", "text"),
    )
    found = [(row["step"], row["turn"], row["shared"], row["text"]) for row in table.records()]
    assert found == [("talk", 0, False, PRIVATE), ("", 0, True, SHARED)]
    assert str(table.records()[0]["written_at"]).endswith(":00Z")


def test_the_codebook_says_what_each_column_of_the_notes_is() -> None:
    (book,) = [one for one in tables([noted()], COACH) if one.name == "codebook"]
    told = {row["name"]: row["help"] for row in book.records() if str(row["name"]).startswith("notes.")}
    assert told["notes.shared"] == "Whether the team has it too; others stand in a coach's own files only."
    assert len(told) == 9


def test_a_hand_out_has_the_shared_ones_only() -> None:
    (page,) = EXPORTS["handout"].write([noted()], COACH).values()
    assert "From your coach" in page.decode()
    assert SHARED in page.decode()
    assert PRIVATE not in page.decode()


def test_files_that_somebody_else_takes_hold_no_private_note() -> None:
    assert PRIVATE in everything(noted())
    others = everything(without_coachs(noted()))
    assert PRIVATE not in others
    assert SHARED in others


def test_a_session_without_notes_has_no_such_table_and_who_looks_on_gets_none() -> None:
    assert "notes" not in {one.name for one in tables([demo()], COACH)}
    assert "notes" not in {one.name for one in tables([noted()], Viewer("viewer"))}


def test_notes_come_back_with_an_archive_byte_for_byte() -> None:
    (body,) = EXPORTS["json"].write([noted()], COACH).values()
    (notes,) = [table for table in json.loads(body)["tables"] if table["name"] == "notes"]
    assert [row[-1] for row in notes["rows"]] == [PRIVATE, SHARED]
    again = exports.again(json_export.read(body.decode()), "json")
    assert list(again.values()) == [body]
