"""Every sentence people read: each is used, each that is used exists, and none shouts or blames."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from string import Formatter

import pytest

from mira_workbook import catalogue
from mira_workbook.catalogue import SENTENCES, say
from mira_workbook.settings import PACKAGE

FILES = tuple(import_module(f"mira_workbook.catalogue.{found.name}") for found in iter_modules(catalogue.__path__))
BLAMING = {"invalid", "failed", "error", "user", "participant"}
NEVER = re.compile(rf"\b({'|'.join(BLAMING)})s?\b", re.IGNORECASE)
SHOUT = re.compile(r"\w!(\s|$)|!\s*$")

JAVASCRIPT = (
    PACKAGE / "widgets" / "js" / "texts.js",
    PACKAGE / "serve" / "client" / "src" / "texts.js",
)
TEMPLATES = tuple(
    sorted(
        path for room in ("serve", "exports") for kind in ("html", "j2") for path in (PACKAGE / room).rglob(f"*.{kind}")
    )
)

TO_BE_SAID = {
    *("E06_first", "W04", "go_on", "your_ready", "too_few_shown", "talk_listen", "talk_tell"),
    *("from_list", "saved_by_all", "download", "excused", "changed_by", "go_on_here", "closed_since"),
    "you_said",
}
"""Sentences that no page says yet: each waits for the page it belongs to. The set may only shrink."""


def spoken() -> Iterator[tuple[str, str]]:
    """Every sentence, under its name; pairs in both forms."""
    for key, sentence in SENTENCES.items():
        for one in [sentence] if isinstance(sentence, str) else sentence:
            yield key, one


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every `say(…)` of the package, with the file it stands in."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "node_modules" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and node.args:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def names_said() -> Iterator[tuple[str, str]]:
    """Keys written out in calls of `say`, also where one of two is chosen in place."""
    for where, call in calls():
        for node in ast.walk(call.args[0]):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and not in_condition(call, node):
                yield where, node.value


def in_condition(call: ast.Call, node: ast.AST) -> bool:
    """Whether a text stands in the condition of a choice, or is a part of a key that is put together."""
    for other in ast.walk(call.args[0]):
        if isinstance(other, ast.IfExp) and node in set(ast.walk(other.test)):
            return True
        if isinstance(other, ast.JoinedStr | ast.Subscript | ast.Call | ast.BinOp) and node in set(ast.walk(other)):
            return True
    return False


def test_no_sentence_shouts_or_blames() -> None:
    assert [(key, one) for key, one in spoken() if NEVER.search(one) or SHOUT.search(one)] == []


def test_no_sentence_stands_in_two_files() -> None:
    assert sum(len(file.SENTENCES) for file in FILES) == len(SENTENCES)


def test_no_sentence_is_told_with_loose_ends() -> None:
    assert [(key, one) for key, one in spoken() if one != one.strip() or "  " in one] == []


def test_both_forms_of_a_pair_have_the_same_slots_but_for_the_number() -> None:
    def slots(sentence: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name} - {"n"}

    pairs = {key: forms for key, forms in SENTENCES.items() if isinstance(forms, tuple)}
    assert [key for key, (one, more) in pairs.items() if slots(one) != slots(more)] == []


def test_every_sentence_that_is_said_exists() -> None:
    assert [(where, key) for where, key in names_said() if key not in SENTENCES] == []


def test_every_sentence_is_said_somewhere() -> None:
    code = "\n".join(source(path) for path in (*PACKAGE.rglob("*.py"), *TEMPLATES) if is_ours(path))
    written = set(re.findall(r"""["']([A-Za-z0-9_]+)["']""", code))
    put_together = (r'f["\'](\w+_)\{', r'["\'](\w+_)["\']\s*[+~]', r'startswith\(["\'](\w+_)["\']')
    begun = tuple(start for way in put_together for start in re.findall(way, code))
    repeated = "\n".join(source(path) for path in (*JAVASCRIPT, *TEMPLATES))
    silent = {key for key in SENTENCES if key not in written and not key.startswith(begun)}
    assert {key for key in silent if not all(part in repeated for part in between_slots(key))} <= TO_BE_SAID


def between_slots(key: str) -> list[str]:
    """The words of a sentence without its slots: scripts and templates have slots of their own."""
    sentence = SENTENCES[key]
    forms = [sentence] if isinstance(sentence, str) else sentence
    return [text.strip() for form in forms for text, _, _, _ in Formatter().parse(form) if text.strip(" .,")]


def is_ours(path: Path) -> bool:
    return not {"node_modules", "catalogue"} & set(path.parts)


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_number_chooses_between_the_forms_of_a_sentence() -> None:
    assert say("on_their_way", n=1) == "One more is on the way."
    assert say("on_their_way", n=3) == "3 more are on their way."


@pytest.mark.parametrize("path", JAVASCRIPT, ids=lambda path: path.parent.name)
def test_what_the_scripts_say_neither_shouts_nor_blames(path: Path) -> None:
    said = re.findall(r'"((?:[^"\\]|\\.)*)"', source(path))
    assert len(said) > 5
    assert [one for one in said if NEVER.search(one) or SHOUT.search(one)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_what_the_pages_say_neither_shouts_nor_blames(path: Path) -> None:
    text = source(path)
    for part in (
        r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
        r'class="mira-mark"[^>]*>!<',
        r'[\w-]+="[^"]*"',
        r"<script.*?</script>",
    ):
        text = re.sub(part, " ", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)
    assert NEVER.findall(text) == []
    assert SHOUT.findall(text) == []
