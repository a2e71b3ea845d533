"""Blocks of finding the cause: the sentence, and every cause that was tested with what spoke for it."""

from mira_workbook.catalogue import say
from mira_workbook.content.block_args import CauseBlock, VerdictsBlock
from mira_workbook.exports.block import Block
from mira_workbook.exports.sighted import Sighted
from mira_workbook.rules.causes import because
from mira_workbook.rules.causes import verdicts as judged
from mira_workbook.rules.reading import field_of, team_rows


def cause(seen: Sighted, args: CauseBlock) -> Block | None:
    """The cause, large, with what shows it, what is not known yet, and who should confirm it."""
    text = seen.team_text(args.text)
    if not text:
        return None
    workbook = seen.snapshot.workbook
    told = [(field_of(workbook, name).label, seen.team_text(name)) for name in (args.unknown, args.confirms)]
    told.insert(0, (field_of(workbook, args.evidence).label, _facts(seen, args.evidence)))
    return Block("sentence", say("handout_cause"), text, tuple((name, said) for name, said in told if said))


def _facts(seen: Sighted, name: str) -> str:
    """Facts, one a line, each with what it goes by."""
    asked = field_of(seen.snapshot.workbook, name)
    lists = seen.lists(asked)
    first, *others = asked.columns
    lines = []
    for row in team_rows(seen.snapshot, name):
        fact = first.show(row["cells"].get(first.key), lists)
        kinds = [column.show(row["cells"].get(column.key), lists) for column in others]
        kind = ", ".join(filter(None, kinds))
        if fact:
            lines.append(say("handout_fact", fact=fact, kind=kind) if kind else fact)
    return "\n".join(lines)


def verdicts(seen: Sighted, args: VerdictsBlock) -> Block | None:
    """Every cause that was tested, with what put it where it is; the others are counted."""
    found = judged(seen.snapshot, args.rows, args.tests, args.dots, args.chosen)
    told = [one for one in found if one.reason != "not_tested"]
    if not told:
        return None
    rest = len(found) - len(told)
    return Block(
        "wide",
        say("handout_verdicts"),
        rows=tuple((one.cause, because(one)) for one in told),
        foot=(say("handout_not_tested", n=rest),) if rest else (),
    )
