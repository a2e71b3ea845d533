"""The first page of a report: the blocks of the hand-out as pieces of a document."""

from collections.abc import Iterator
from itertools import groupby

from mira_workbook.catalogue import say
from mira_workbook.exports.block import Block
from mira_workbook.exports.blocks import blocks
from mira_workbook.exports.pieces import Beside, Facts, Grid, Heading, Lines, Piece, Words
from mira_workbook.exports.sighted import Sighted


def first_page(seen: Sighted) -> tuple[Piece, ...]:
    """The hand-out; tables that are neighbours stand beside each other. Never empty: it says so where nothing is."""
    made: list[Piece] = []
    for kind, group in groupby(blocks(seen), key=lambda block: block.kind):
        columns = tuple(tuple(pieces_of(block)) for block in group)
        if kind == "table" and len(columns) > 1:
            made.append(Beside(columns))
        else:
            made += [piece for column in columns for piece in column]
    return tuple(made) or (Words(say("handout_empty")),)


def pieces_of(block: Block) -> Iterator[Piece]:
    """One block: its title, its words, its facts, its lines and its table."""
    if block.title:
        yield Heading(block.title)
    if block.text:
        yield Words(block.text, "sentence" if block.kind == "sentence" else "plain")
    if block.facts:
        yield Facts(block.facts)
    if block.lines:
        yield Lines(block.lines)
    if block.rows:
        yield Grid(block.rows, block.head, block.foot, block.numbers, block.whole, caption=block.title)
