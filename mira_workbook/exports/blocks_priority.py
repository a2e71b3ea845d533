"""Blocks of choosing one priority: the sentence, how the team will know, worries, what each adds and lets go."""

from datetime import date
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.block_args import (
    ContributionsBlock,
    DoneTestBlock,
    FigureBlock,
    ReleasesBlock,
    RingsBlock,
    SentenceBlock,
    WorriesBlock,
)
from mira_workbook.content.output_args import LineageTable
from mira_workbook.exports.block import Block, Pairs
from mira_workbook.exports.outputs_priority import origin
from mira_workbook.exports.rows import Row
from mira_workbook.exports.sighted import Sighted
from mira_workbook.rules.reading import field_of, latest_round, split
from mira_workbook.text import say_date, say_number


def _facts(**named: str) -> Pairs:
    return tuple((say(f"handout_{name}"), text) for name, text in named.items() if text)


def sentence(seen: Sighted, args: SentenceBlock) -> Block | None:
    """The sentence, large, as it stands now, for whom and why now."""
    text = seen.team_text(args.revised) or seen.team_text(args.text)
    if not text:
        return None
    facts = _facts(for_whom=seen.team_text(args.for_whom), why_now=seen.team_text(args.why_now))
    return Block("sentence", say("handout_priority"), text, facts)


def done_test(seen: Sighted, args: DoneTestBlock) -> Block | None:
    """How the team will know, and when it looks again."""
    start, text = say("handout_done_test"), seen.team_text(args.text)
    if text.casefold().startswith(start.casefold()):
        # Many teams write the whole sentence after its beginning.
        text = text[len(start) :].lstrip(" …:")
    facts = _facts(done_test=text, review=seen.team_text(args.review))
    return Block("facts", facts=facts) if facts else None


def figure(seen: Sighted, args: FigureBlock) -> Block | None:
    """Today's figure and the aim; where it is missing, who brings it and by when."""
    given = {key: seen.snapshot.team_answer(args.step, key) for key in ("baseline", "target", "found_by", "found_on")}
    if given["found_by"]:
        name = seen.names().get(str(given["found_by"]), str(given["found_by"]))
        if not given["found_on"]:
            return Block("line", text=say("handout_figure_missing_day", name=name))
        day = say_date(date.fromisoformat(given["found_on"]))
        return Block("line", text=say("handout_figure_missing", name=name, day=day))
    if given["baseline"] is None or given["target"] is None:
        return None
    slots = {
        "measure": seen.team_text(f"{args.step}.measure"),
        "unit": seen.team_text(f"{args.step}.unit"),
        "baseline": say_number(given["baseline"]),
        "target": say_number(given["target"]),
    }
    return Block("line", text=say("handout_figure_unit" if slots["unit"] else "handout_figure_known", **slots))


def worries(seen: Sighted, args: WorriesBlock) -> Block | None:
    """Worries with what was done about each; those of the second round stay as a note. Without names."""
    asked = field_of(seen.snapshot.workbook, args.answers)
    said = {option.id: option.label for option in seen.labels.listed(asked.rows_from, "")}
    done: dict[str, dict[str, str]] = {}
    for row in seen.of(args.answers):
        done.setdefault(row.row_id, {})[row.field.rpartition(".")[2]] = row.value_text
    lines = [_worry(said.get(row_id, ""), list(cells.values())) for row_id, cells in done.items()]
    step, field, _ = split(args.comment)
    last = latest_round(seen.snapshot, step, field)
    still = [row.value_text for row in seen.of(args.comment) if last > 1 and row.round == last]
    # Sorted, so that the order tells nothing of who wrote them.
    lines += [say("handout_worry_open", worry=text) for text in sorted(set(still))]
    decided = seen.team_text(args.decided)
    if decided and lines:
        lines.append(say("handout_decided", how=decided))
    return Block("lines", say("handout_worries"), lines=tuple(lines)) if lines else None


def _worry(worry: str, answer: list[str]) -> str:
    response, detail = answer[0], ". ".join(answer[1:])
    if not worry:
        return say("handout_answer", response=response, detail=detail)
    return say("handout_worry", worry=worry, response=response, detail=detail)


def contributions(seen: Sighted, args: ContributionsBlock) -> Block | None:
    """What each member adds, where names are on show."""
    names = seen.names()
    rows = tuple((names[row.author], row.value_text) for row in seen.of(args.text) if row.author in names)
    return Block("table", say("handout_adds"), rows=rows) if rows else None


def releases(seen: Sighted, args: ReleasesBlock) -> Block | None:
    """What each member lets go, with minutes a week and their sum."""
    asked, names = field_of(seen.snapshot.workbook, args.rows), seen.names()
    task, minutes = _task_and_minutes(asked)
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for row in seen.of(args.rows):
        if row.author in names:
            found.setdefault((row.author, row.row_id), {})[row.field] = row
    rows, total = [], 0.0
    for (author, _), cells in found.items():
        freed = cells[minutes].value_num if minutes in cells else None
        total += freed or 0
        words = cells[task].value_text if task in cells else ""
        rows.append((names[author], words, "" if freed is None else say_number(freed)))
    if not rows:
        return None
    head = ("", "", say("handout_minutes"))
    foot = ("", say("handout_together"), say_number(total))
    return Block("table", say("handout_lets_go"), head=head, rows=tuple(rows), foot=foot)


def _task_and_minutes(asked: Any) -> tuple[str, str]:
    """The columns of the task, the first with words, and of the minutes set free, the last with a number."""
    words = [c.key for c in asked.columns if c.type in {"text", "long"}]
    numbers = [c.key for c in asked.columns if c.type == "num"]
    return f"{asked.key}.{words[0]}", f"{asked.key}.{numbers[-1]}"


def rings(seen: Sighted, args: RingsBlock) -> Block | None:
    """What keeps its place, ring by ring, with who keeps an eye on it."""
    asked, names = field_of(seen.snapshot.workbook, args.rows), seen.names()
    label = {option.id: option.label for option in seen.labels.listed(asked.rows_from, "")}
    ring = next(c for c in asked.columns if c.type == "one" and c.options)
    keeper = next((c.key for c in asked.columns if c.type == "one" and c.list == "team"), "")
    found: dict[str, dict[str, str]] = {}
    for row in seen.of(args.rows):
        found.setdefault(row.row_id, {})[row.field.rpartition(".")[2]] = row.value_id
    facts = []
    for option in ring.options:
        inside = [
            (label.get(i, ""), names.get(c.get(keeper, ""), ""))
            for i, c in found.items()
            if c.get(ring.key) == option.id
        ]
        kept = [say("handout_kept", label=text, name=name) if name else text for text, name in inside]
        if kept:
            facts.append((option.label, " · ".join(kept)))
    return Block("facts", say("handout_keeps"), facts=tuple(facts)) if facts else None


def lineage(seen: Sighted, args: LineageTable) -> Block | None:
    """How many people have an idea in this priority; nothing to say of one person alone."""
    counts = [row for row in origin(seen, args).records() if row["in_chosen_n"] and row["people_n"] != 1]
    return (
        Block("line", text=say("handout_lineage", n=counts[0]["in_chosen_n"], of=counts[0]["people_n"]))
        if counts
        else None
    )
