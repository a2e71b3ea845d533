"""A workbook of tables that are asked in their own ways: a list from a sheet, decisions, boxes, and rows to take."""

from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import parse

TOML = """
slug = "tables"
title = "Tables"
minutes = 24
purpose = "See what we do, and decide."
who = "Anyone"
bring = "A list"
parts = ["All of it"]
around = {arrive = 1, changes = 1, close = 0, look_back = 0}

[lists]
ideas = {use = "rows_of_all", field = "lines.items", label = "item"}
named = {use = "gathered", columns = ["lines.items.item"]}
things = {use = "rows_of", field = "list.rows", label = "name"}

[[steps]]
key = "list"
title = "The list"
part = 1
minutes = {together = 4, least = 2}
mode = "team"
do = "Add what is missing."

[[steps.fields]]
key = "rows"
type = "table"
label = "Everything we do"
required = true
prefix = "I"
min_rows = 1
max_rows = 5
unique = "name"
brief = ["name", "purpose"]
import_rows = true
suggest = {use = "carried_rows", key = "responses_now", into = {name = "name", usd = "usd_year"}}
columns = [
  {key = "name", type = "text", label = "Name", required = true, min_chars = 3, max_chars = 40},
  {key = "purpose", type = "text", label = "What it is for", max_chars = 140},
  {key = "kind", type = "one", label = "Kind", options = [["program", "Program"], ["meeting", "Meeting or routine"]]},
  {key = "usd", type = "num", label = "Money a year", low = 0, high = 1e6, step = 1},
  {key = "ends", type = "date", label = "The money ends on"},
]

[[steps]]
key = "decide"
title = "Decide"
part = 1
minutes = {together = 4, least = 2}
mode = "team"
pen = "one"
do = "Propose one decision a row."

[[steps.fields]]
key = "rows"
type = "table"
label = "One decision a row"
required = true
rows_from = "things"
bulk = {use = "as_they_are", hint = ["keep", "keep_and_test"], cells = {decision = "keep"}}
columns = [
  {key = "decision", type = "one", label = "Decision", required = true, list = "decision"},
  {key = "reason", type = "text", label = "Why", max_chars = 160},
]

[[steps]]
key = "ends"
title = "Ending well"
part = 1
minutes = {together = 4, least = 2}
mode = "team"
pen = "rows"
do = "Take one row."

[[steps.fields]]
key = "rows"
type = "table"
label = "What ends"
required = true
rows_from = "things"
min_filled = 1
columns = [
  {key = "first_step", type = "text", label = "First step", required = true, min_chars = 8, max_chars = 140},
  {key = "thanks", type = "text", label = "What was good", required = true, max_chars = 140},
  {key = "who", type = "one", label = "Who tells", list = "team", control = "taker"},
]

[[steps]]
key = "lines"
title = "Boxes"
part = 1
minutes = {alone = 4, together = 2, least = 2}
mode = "individual"
pen = "one"
attribution = "none"
do = "One line a box."
checks = [
  {use = "at_most_each", on = "items.box", most = 2, say = "Two are enough."},
  {use = "count_picked", on = "merged.test", value = true, low = 1, high = 3},
]

[[steps.fields]]
key = "items"
type = "table"
label = "My lines"
required = true
control = "boxes"
min_rows = 1
columns = [
  {key = "box", type = "one", label = "Box", required = true, options = [["good", "Good"], ["hard", "Hard"]]},
  {key = "item", type = "text", label = "In one line", required = true, min_chars = 3, max_chars = 120},
  {key = "about", type = "text", label = "More", max_chars = 120},
]

[[steps.fields]]
key = "about"
type = "one"
label = "It is about"
list = "cause_category"

[[steps.fields]]
key = "merged"
type = "table"
label = "Our lines"
mode = "team"
after_reveal = true
required = true
control = "merge"
group = "box"
prefix = "W"
min_rows = 1
rows_prefill = {use = "rows_from_proposals", of = "lines.items", label = "item", about = "about", merged = "from"}
columns = [
  {key = "item", type = "text", label = "Wording", required = true, min_chars = 3, max_chars = 120},
  {key = "from", type = "many", label = "Made from", list = "ideas"},
  {key = "box", type = "one", label = "Box", options = [["good", "Good"], ["hard", "Hard"]]},
  {key = "about", type = "text", label = "More", max_chars = 120},
  {key = "test", type = "yes", label = "Test it", control = "tick"},
]

[[steps]]
key = "bones"
title = "All causes"
part = 1
minutes = {together = 4, least = 2}
mode = "team"
pen = "one"
do = "Merge twins."

[[steps.fields]]
key = "causes"
type = "table"
label = "Causes"
required = true
control = "merge"
group = "bone"
min_rows = 1
columns = [
  {key = "cause", type = "text", label = "Cause", required = true, min_chars = 3, max_chars = 120},
  {key = "of", type = "many", label = "Made from", list = "named"},
  {key = "bone", type = "one", label = "Bone", required = true, list = "cause_category"},
  {key = "from", type = "one", label = "Named in", options = [["lines", "Boxes"], ["new", "Here"]]},
]

[steps.fields.rows_prefill]
use = "rows_from_gathered"
list = "named"
label = "cause"
merged = "of"
origin = "from"
group = "bone"
group_from = "lines.about"
"""


def tables(checks: str = "") -> Workbook:
    """The workbook; with checks for the step that decides."""
    return parse(
        TOML.replace('do = "Propose one decision a row."', f'do = "Propose one decision a row."\n{checks}'), "x"
    )
