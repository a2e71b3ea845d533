"""The ZIP of everything: the same bytes again, a data package that holds, and a page that people can read."""

import io
import json
import re
import warnings
import zipfile
from pathlib import Path

import pytest
from export_cases import acts, answer, demo, session, small
from export_cases import table as rows_of
from format_cases import HOSTILE, same_as_golden, unpacked
from packages import frictionless
from played_cases import played

from mira_workbook.exports import COACH, EXPORTS, pack
from mira_workbook.exports import json as json_export
from mira_workbook.records import Snapshot


def packed(snapshot: Snapshot) -> bytes:
    (body,) = EXPORTS["zip"].write([snapshot], COACH).values()
    return body


def contents(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def hostile() -> Snapshot:
    """A session of whose answers and names each is odd."""
    notes = [{"": f"R{n}", "note": text, "cost": 1} for n, text in enumerate(HOSTILE.values())]
    given = [
        answer("own", "notes", "M1", rows_of(*notes)),
        *(answer("own", "words", f"M{n}", text) for n, text in enumerate(list(HOSTILE.values())[6:9], start=1)),
    ]
    return session(small(), acts(("open", "own"), ("reveal", "own")), given)


def valid(body: bytes, folder: Path) -> list[list[str]]:
    """What frictionless finds odd about a pack."""
    path = folder / "pack.zip"
    path.write_bytes(body)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return frictionless.validate(str(path)).flatten(["path", "rowNumber", "fieldName", "type", "message"])  # type: ignore[no-any-return]


def test_the_same_answers_give_the_same_bytes() -> None:
    assert packed(hostile()) == packed(hostile())


def test_a_pack_holds_every_format_once() -> None:
    inside = contents(packed(demo()))

    assert [name for name in inside if "/" not in name] == [
        "codebook.html",
        "datapackage.json",
        "handout-tupelo-branch-K7M4QX.html",
        "priority_setting-K7M4QX.json",
        "priority_setting-K7M4QX.xlsx",
    ]
    assert {name.split("/")[0] for name in inside if "/" in name} == {"csv", "parquet", "spss", "stata"}
    tables = {name[4:-4] for name in inside if name.startswith("csv/")}
    for folder, suffix in (("parquet", ".parquet"), ("spss", ".sav"), ("stata", ".dta")):
        assert {Path(name).stem for name in inside if name.startswith(f"{folder}/")} == tables, suffix
    assert json_export.read(inside["priority_setting-K7M4QX.json"].decode()).meeting.code == "K7M4QX"


@pytest.mark.parametrize("slug", ["priority_setting", "root_cause_coaching", "resource_mapping"])
def test_frictionless_finds_nothing_odd_about_the_demo(slug: str, tmp_path: Path) -> None:
    assert valid(packed(demo() if slug == "priority_setting" else played(slug)), tmp_path) == []


def test_frictionless_finds_nothing_odd_about_odd_answers(tmp_path: Path) -> None:
    assert valid(packed(hostile()), tmp_path) == []


def test_what_people_type_stands_in_every_format() -> None:
    inside = {name: unpacked(data).decode(errors="replace") for name, data in contents(packed(hostile())).items()}
    holding = [name for name, text in inside.items() if "你好" in text]

    assert [name for name in holding if Path(name).stem not in {"responses_long", "wide_own"}] == [
        "csv/wide_own_notes.csv",
        "parquet/wide_own_notes.parquet",
        "small-K7M4QX.json",
        "small-K7M4QX.xlsx",
        "spss/wide_own_notes.sav",
        "stata/wide_own_notes.dta",
    ]


def test_the_description_is_the_one_that_was_read() -> None:
    told = json.loads(contents(packed(hostile()))["datapackage.json"])

    kept = [one for one in told["resources"] if one["name"] in {"wide_own", "wide_own_notes"}]
    for one in kept:
        one["hash"] = re.sub(r"[0-9a-f]{64}", "…", one["hash"])
        del one["bytes"]
    same_as_golden("datapackage.json", json.dumps({**told, "resources": kept}, ensure_ascii=False, indent=1) + "\n")


def test_the_page_is_the_one_that_was_read_and_asks_for_nothing() -> None:
    page = contents(packed(hostile()))["codebook.html"].decode()

    body = page[page.index("<body>") :]
    same_as_golden("codebook.html", body)
    assert not re.search(r"(?:src|href)=\"(?!#)|url\(|@import|<script", page)


def test_what_is_not_installed_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "is_there", lambda *modules: "pyreadstat" not in modules)
    inside = contents(packed(hostile()))

    assert not [name for name in inside if name.startswith(("spss/", "stata/"))]
    said = re.sub(r"<[^>]+>", "", inside["codebook.html"].decode())
    assert "Not in this pack: sav. It comes with pip install &#39;mira-workbook[stats]&#39;." in said
