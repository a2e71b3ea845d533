"""What a session builds on, in its files: the words with where they are from, read back as they were."""

import json

from chain import SECOND, THIRD
from teams import SENTENCE, At, first_done, open_for

from mira_workbook.exports import COACH
from mira_workbook.exports import json as json_export
from mira_workbook.exports.tables import tables
from mira_workbook.rules.needs import type_in
from mira_workbook.rules.sight import Viewer
from mira_workbook.store import Store

CAUSE = "Groups start late because calls cut in"


def third(store: Store) -> tuple[At, At]:
    one = first_done(store)
    at = open_for(store, THIRD, one)
    store.type_carries(at.leader, type_in({"root.current": CAUSE}, leads=True), at.session.id)
    at.to("list")
    return one, at


def test_the_table_tells_words_version_and_source(sqlite_store: Store) -> None:
    one, at = third(sqlite_store)
    one.team("sentence", {"text": "Every student in our grades reads by the fall"})
    (table,) = [t for t in tables([at.snapshot], COACH) if t.name == "built_on"]
    whose = ("tupelo", 1, at.code, "")
    assert [column.name for column in table.columns][4:] == [
        *("key", "label", "text", "version", "newest", "from_workbook", "from_meeting", "written_at")
    ]
    assert table.rows == (
        (*whose, "priority.current", "Our one priority", SENTENCE, 1, 2, "first", one.code, "2025-05-02T15:00:00Z"),
        (*whose, "root.current", "The cause we work on", CAUSE, 1, 1, "", "", "2025-05-02T15:00:00Z"),
    )
    (blind,) = [t for t in tables([at.snapshot], Viewer("viewer")) if t.name == "built_on"]
    assert blind.rows == ()


def test_a_workbook_that_needs_nothing_has_no_such_table(sqlite_store: Store) -> None:
    at = first_done(sqlite_store)
    assert [t.name for t in tables([at.snapshot], COACH) if t.name == "built_on"] == []
    body = json.loads(json_export.write(json_export.bundle([at.snapshot], COACH)))
    assert "built_on" not in body["sessions"][0]


def test_the_bundle_holds_the_values_and_is_read_back_byte_for_byte(sqlite_store: Store) -> None:
    one, at = third(sqlite_store)
    text = json_export.write(json_export.bundle([at.snapshot], COACH))
    assert json.loads(text)["sessions"][0]["built_on"] == [
        {
            "key": "priority.current",
            "version": 1,
            "value": {"cycle": 1, "status": "current", "text": SENTENCE, "for_whom": "Grades 1 to 3"},
            "workbook": "first",
            "meeting": one.code,
            "written_at": "2025-05-02T15:00:00Z",
        },
        {
            "key": "root.current",
            "version": 1,
            "value": {"statement": CAUSE},
            "workbook": "",
            "meeting": "",
            "written_at": "2025-05-02T15:00:00Z",
        },
    ]
    assert json_export.write(json_export.read(text)) == text
    sqlite_store.put_archive("ABCDEF", text)
    assert json_export.write(json_export.read(sqlite_store.archive("ABCDEF"))) == text


def test_a_file_from_before_is_spelled_as_it_came(sqlite_store: Store) -> None:
    at = open_for(sqlite_store, SECOND)
    body = json.loads(json_export.write(json_export.bundle([at.snapshot], COACH)))
    del body["sessions"][0]["built_on"]
    earlier = json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    assert json_export.write(json_export.read(earlier)) == earlier
