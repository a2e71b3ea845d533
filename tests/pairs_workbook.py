"""A workbook that asks alone, in pairs, without names and a second time: what our shipped workbooks do not all do."""

from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import parse

TOML = """
slug = "in_twos"
title = "In twos"
minutes = 14
purpose = "Look at one lesson from two sides, and say what hinders us."
who = "2 to 12 people"
bring = "Nothing"
parts = ["Two by two", "Without names"]
around = {arrive = 1, changes = 1, close = 0, look_back = 0}

[[steps]]
key = "recall"
title = "Recall"
part = 1
warm_up = true
minutes = {alone = 2, least = 1}
mode = "individual"
do = "Think of one lesson that went well."

[[steps.fields]]
key = "lesson"
type = "text"
label = "The lesson"
required = true
min_chars = 3

[[steps]]
key = "compare"
title = "Compare"
part = 1
minutes = {alone = 3, least = 2}
mode = "pair"
rounds = 2
do = "Compare your two lessons. Write what both have in common."
charts = [{use = "card_wall", text = "compare.common"}]

[[steps.fields]]
key = "signs"
type = "table"
label = "What you saw"
min_rows = 1
max_rows = 4
row_word = "sign"
columns = [
  {key = "sign", type = "text", label = "Sign", required = true, min_chars = 3, max_chars = 80},
  {key = "often", type = "num", label = "Times a week", low = 0, high = 40},
]

[[steps.fields]]
key = "common"
type = "long"
label = "What is the same?"
required = true
min_chars = 5

[[steps]]
key = "trade"
title = "Trade"
part = 1
minutes = {alone = 2, least = 1}
mode = "pair"
again = "compare"
do = "Give each other one tip."

[[steps.fields]]
key = "tip"
type = "text"
label = "The tip"
required = true
min_chars = 3

[[steps]]
key = "hinder"
title = "What hinders"
part = 2
minutes = {alone = 3, least = 2}
mode = "individual"
attribution = "anonymous"
do = "Say what hinders you. Nobody sees who wrote it."
rounds = 2
measures = [{id = "M08", rating = "hinder.heavy"}]
charts = [{use = "card_wall", text = "hinder.what"}]

[[steps.fields]]
key = "heavy"
type = "rate"
label = "How heavy is it?"
required = true
low = 1
high = 5
ends = ["light", "heavy"]

[[steps.fields]]
key = "what"
type = "long"
label = "What hinders you?"
required = true
min_chars = 5

[[steps]]
key = "change"
title = "One change"
part = 2
minutes = {together = 2, least = 1}
mode = "team"
again = "hinder"
do = "Name one change that would make it lighter."

[[steps.fields]]
key = "one"
type = "text"
label = "The change"
required = true
min_chars = 5
"""
"""Two steps have a second round: one that pairs answer, and one without names, which starts blank."""


def in_twos() -> Workbook:
    return parse(TOML, "in_twos.toml")


def dealt_out() -> Workbook:
    """A list that the team writes and shares out among pairs."""
    lists = """
[lists]
lessons = {use = "rows_of", field = "gather.rows", label = "name"}
our_share = {use = "dealt_to_pairs", among = "lessons"}

[[steps]]
key = "gather"
title = "Gather"
part = 1
minutes = {together = 2, least = 1}
mode = "team"
do = "List the lessons we want to look at."

[[steps.fields]]
key = "rows"
type = "table"
label = "Lessons"
required = true
min_rows = 1
max_rows = 12
row_word = "lesson"
columns = [{key = "name", type = "text", label = "Lesson", required = true, min_chars = 1, max_chars = 40}]

[[steps]]
key = "look"
title = "Look"
part = 1
minutes = {alone = 3, least = 2}
mode = "pair"
do = "Look at your lessons."

[[steps.fields]]
key = "seen"
type = "table"
label = "Your lessons"
required = true
rows_from = "our_share"
row_word = "lesson"
columns = [{key = "sign", type = "text", label = "Sign", required = true, min_chars = 3, max_chars = 80}]

[[steps]]
key = "hinder\""""
    shorter = TOML.replace("minutes = 14", "minutes = 12")
    start = shorter.split('\n[[steps]]\nkey = "recall"')[0]
    rest = shorter.split('\n[[steps]]\nkey = "hinder"')[1]
    return parse(start + lists + rest, "dealt_out.toml")


def alone_and_in_twos() -> Workbook:
    """The same, but comparing also asks each one alone."""
    alone = """
[[steps.fields]]
key = "own"
mode = "individual"
type = "text"
label = "What surprised you?"
required = true
min_chars = 3

[[steps]]
key = "trade\""""
    return parse(TOML.replace('\n[[steps]]\nkey = "trade"', alone), "alone_and_in_twos.toml")
