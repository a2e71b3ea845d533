"""The README against the code: what can be named, set, run or raised stands in it, each once, and nothing else does."""

import inspect
import re
import shlex
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer.main

from mira_workbook import errors
from mira_workbook.cli import app
from mira_workbook.content import names
from mira_workbook.content.answers import KINDS
from mira_workbook.content.answers.base import Asked, Placed
from mira_workbook.content.lists import SHARED
from mira_workbook.content.load import parse, workbooks
from mira_workbook.exports import EXPORTS
from mira_workbook.settings import Settings, shipped

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
COMMON = {*Asked.model_fields, *Placed.model_fields, "type"}
EVERY_CHECK = {"say", "level"}


def section(title: str) -> str:
    """The text under a heading, up to the next heading."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"README has no section “{title}”"
    return found[1]


def cells(title: str) -> dict[str, list[str]]:
    """First cell of each row of a section's table, without its marks, to the other cells."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")][2:]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return {row[0].strip("`"): row[1:] for row in rows}


def code(text: str) -> set[str]:
    """Words of a text that are set as code."""
    return set(re.findall(r"`([^`]+)`", text))


def test_answer_types_stand_in_the_readme_with_their_settings() -> None:
    told = {kind: code(row[0]) for kind, row in cells("Answer types").items()}
    assert told == {kind: set(model.model_fields) - COMMON for kind, model in KINDS.items()}
    assert code(section("Answer types").splitlines()[1]) == COMMON


def test_controls_stand_in_the_readme_with_their_types() -> None:
    assert {name: code(row[0]) for name, row in cells("Controls").items()} == {
        name: set(types) for name, types in names.CONTROLS.items()
    }


REGISTERED = {
    "Lists": names.LISTS,
    "Start values": names.PREFILLS,
    "Leaving a step out": names.PREDICATES,
    "Checks": names.CHECKS,
    "Charts": names.CHARTS,
    "Outputs": names.OUTPUTS,
    "Blocks": names.BLOCKS,
}


@pytest.mark.parametrize("title", REGISTERED)
def test_registered_names_stand_in_the_readme_with_their_arguments(title: str) -> None:
    models: Mapping[str, type] = REGISTERED[title]
    leave = EVERY_CHECK if title == "Checks" else set()
    told = {name: code(row[0]) for name, row in cells(title).items()}
    assert told == {name: set(model.model_fields) - leave for name, model in models.items()}  # type: ignore[attr-defined]


def test_measures_stand_in_the_readme_with_names_and_arguments() -> None:
    told = {number: (row[0], code(row[1])) for number, row in cells("Measures").items()}
    assert told == {n: (m.title, set(m.arguments.model_fields)) for n, m in names.MEASURES.items()}


def test_limits_and_shared_lists_stand_in_the_readme() -> None:
    assert set(cells("Limits")) == set(names.LIMITS)
    named = code(section("Lists").splitlines()[1]) - {"[lists]", "team"}
    assert named == set(SHARED)


def test_settings_stand_in_the_readme_with_their_defaults() -> None:
    told = cells("Settings")
    assert set(told) == {f"MIRA_{name.upper()}" for name in Settings.model_fields}
    plain = {f"MIRA_{n.upper()}": f.default for n, f in Settings.model_fields.items() if isinstance(f.default, int)}
    assert {name: told[name][0] for name in plain} == {name: f"`{value}`" for name, value in plain.items()}


def test_errors_stand_in_the_readme() -> None:
    ours = {name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.MiraError)}
    assert set(cells("Errors")) == ours


def test_export_formats_stand_in_the_readme() -> None:
    assert set(cells("For a coach")) == set(EXPORTS)


def commands(group: Any, before: str = "mira-workbook") -> Iterator[tuple[str, Any]]:
    """Every command, spelled as it is typed."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


COMMANDS = dict(commands(typer.main.get_command(app)))


def test_commands_stand_in_the_readme() -> None:
    assert set(cells("Commands")) == set(COMMANDS)


def test_options_that_the_table_of_commands_names_are_there() -> None:
    for name, row in cells("Commands").items():
        options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
        assert {word for word in code(row[0]) if word.startswith("--")} <= options, name


def typed() -> Iterable[str]:
    """Every `mira-workbook …` that the README asks somebody to type."""
    blocks = re.findall(r"^```\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", README)
    return sorted({line.partition(" #")[0].strip() for line in lines if line.startswith("mira-workbook ")})


@pytest.mark.parametrize("line", typed())
def test_what_the_readme_says_to_type_is_understood(line: str) -> None:
    name = max((one for one in COMMANDS if f"{line} ".startswith(f"{one} ")), key=len)
    words = shlex.split(line.removeprefix(name))
    command = COMMANDS[name]
    needs = {parameter.name for parameter in command.params if parameter.required}
    if words or not needs:
        command.make_context(name, words)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:`|^|serve\s)make (\w+)", README, re.MULTILINE))))
def test_make_targets_that_the_readme_names_are_there(target: str) -> None:
    planned = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert planned.returncode == 0, planned.stderr


def test_files_that_the_readme_names_are_there() -> None:
    made = {"workbooks/mine.toml", "data/local"}
    paths = {word for word in code(README) if re.fullmatch(r"(?:mira_workbook|workbooks|data|tests)/[\w./]+", word)}
    links = set(re.findall(r"\]\(([\w./]+)\)", README))
    assert sorted(path for path in (paths | links) - made if not (ROOT / path).exists()) == []
    assert (ROOT / "data" / "readme" / "screenshot.png").stat().st_size < 200_000


def test_the_example_of_a_workbook_is_one() -> None:
    step = re.findall(r"^```toml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)[0]
    head = (
        'slug = "mine"\ntitle = "Mine"\nminutes = 7\npurpose = "Try it."\nwho = "3 people"\nbring = "Nothing"\n'
        'parts = ["All of it"]\naround = {arrive = 0, changes = 0, close = 0, look_back = 0}\n'
    )
    book = parse(head + step, "mine.toml")
    assert [one.key for one in book.steps] == ["contribute"]


def test_the_workbooks_that_the_readme_counts_are_there() -> None:
    assert set(re.findall(r"\(`(\w+)`\)", README)) == set(workbooks())
    assert shipped("workbooks").name == "workbooks"


def test_the_readme_neither_shouts_nor_blames() -> None:
    prose = re.sub(r"^```.*?^```|`[^`]*`|!\[", "", README, flags=re.MULTILINE | re.DOTALL)
    assert "!" not in prose
    assert re.findall(r"\b(?:invalid|failed|users?|participants?)\b", prose, re.IGNORECASE) == []
