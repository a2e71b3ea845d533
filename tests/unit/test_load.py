import contextlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_workbook import MISTAKES, SMALL, mended

from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import build, load, parse, workbooks
from mira_workbook.errors import DefinitionError


def complaints(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        parse(text, "small.toml")
    return [str(problem) for problem in caught.value.problems]


def test_a_sound_file_becomes_a_workbook() -> None:
    workbook = parse(SMALL, "small.toml")
    assert [step.key for step in workbook.steps] == ["first", "second"]
    assert workbook.step("second").field("order").list == "ideas"


def test_all_problems_are_listed_at_once_shape_and_names() -> None:
    text = mended(
        ('type = "rate"', 'type = "rating"'), ('list = "ideas"', 'list = "idaes"'), ("minutes = 10", "minutes = 9")
    )
    assert complaints(text) == [
        "steps[1] second.fields[1] sure: ‘rating’ is not an answer type. Did you mean ‘rate’?",
        "minutes: It says 9, but the steps and what is around them take 10. Make them agree.",
        "steps[1] second.fields[0] order.list: There is no list ‘idaes’. Did you mean ‘ideas’?",
    ]


def test_a_type_that_does_not_exist_is_told_once_where_it_stands() -> None:
    text = mended(
        ('use = "points", order = "second.order"', 'use = "hands", rating = "second.sure"'),
        ('type = "rate"', 'type = "rating"\ncontrol = "hands"'),
    )
    assert complaints(text) == ["steps[1] second.fields[1] sure: ‘rating’ is not an answer type. Did you mean ‘rate’?"]


def test_the_error_names_the_file_and_counts_its_problems() -> None:
    with pytest.raises(DefinitionError, match=r"^small\.toml has 1 problem:\n  - minutes: It says 9"):
        parse(mended(("minutes = 10", "minutes = 9")), "small.toml")


@pytest.mark.parametrize(("old", "new", "where", "what"), MISTAKES)
def test_a_mistake_is_told_with_where_what_and_what_to_do(old: str, new: str, where: str, what: str) -> None:
    assert f"{where}: {what}" in complaints(mended((old, new)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'title = "Small"',
            'title = "Small"\ntitle = "Again"',
            "line 5: The same key stands twice here. Keep one of them.",
        ),
        (
            'title = "Small"',
            'title = "Small',
            'line 4: A line ends inside a text, or a sign is not allowed. Close the text with " on its line.',
        ),
        (
            "minutes = 10",
            "minutes = ten",
            'line 5: This value cannot be read. Put texts between " and "; write true, false and numbers without.',
        ),
        ("minutes = 10", "minutes", "line 5: A key has no value. Write key = value."),
        (
            '[{use = "points", order = "second.order"}]',
            '[{use = "points",\n order = "second.order"}]',
            "line 40: A { … } goes on in the next line, or a key is missing. Keep each { … } on one line.",
        ),
    ],
)
def test_a_slip_of_syntax_names_its_line(old: str, new: str, said: str) -> None:
    assert complaints(mended((old, new))) == [said]


def test_a_list_is_not_used_before_its_answers_are_there() -> None:
    late = 'late = {use = "rows_of_all", field = "second.places", label = "why"}\n\n[[steps]]\nkey = "first"'
    text = mended(('\n[[steps]]\nkey = "first"', late), ('label = "Ideas"\n', 'label = "Ideas"\nrows_from = "late"\n'))
    assert complaints(text) == [
        "steps[0] first.fields[0] ideas.rows_from: ‘late’ is worked out from a later step. Use it after that step."
    ]


SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["key", "use", "type", "a"]), inner),
    max_leaves=5,
)


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from places(child, (*path, key))


@given(st.data())
def test_whatever_stands_in_a_file_the_loader_ends_in_a_workbook_or_in_plain_words(data: st.DataObject) -> None:
    raw = tomllib.loads(SMALL)
    *way, last = data.draw(st.sampled_from(list(places(raw))))
    node: Any = raw
    for step in way:
        node = node[step]
    node[last] = data.draw(SCRAPS)
    with contextlib.suppress(DefinitionError):
        build(raw, "small.toml")


def test_a_workbook_survives_being_pinned() -> None:
    for path in workbooks().values():
        workbook = load(path)
        again = Workbook.model_validate_json(workbook.pinned())
        assert again == workbook
        assert again.hash() == workbook.hash()


def test_a_file_is_named_by_its_name_in_messages(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("slug = 3", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"^mine\.toml has \d+ problems:"):
        load(path)
