"""A small workbook on resources: a list, ratings of it, and what is decided."""

import functools

from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import parse

LEDGER = """inventory = "inventory.rows"
align = "align.rows.align"
decide = "decide.rows"
ends_by = "open.cliff_date\""""

TOML = """
slug = "of_resources"
title = "Of Resources"
minutes = 7
purpose = "See that it counts."
who = "Anyone"
bring = "Nothing"
parts = ["All of it"]
[lists]
initiatives = {use = "rows_of", field = "inventory.rows", label = "name"}

[settings]
m18_partly = 1.0
m18_aligned = 2.0

[[steps]]
key = "open"
title = "Opening"
part = 1
minutes = {together = 1, least = 1}
mode = "facilitator"
do = "Look."

[[steps.fields]]
key = "cliff_date"
type = "date"
label = "The day by which money ends"
setup = true

[[steps.fields]]
key = "currency"
type = "text"
label = "Currency"
setup = true
min_chars = 3
max_chars = 3

[[steps]]
key = "inventory"
title = "List"
part = 1
minutes = {together = 1, least = 1}
mode = "team"
do = "List."
live = true

[[steps.measures]]
id = "M21"
of = "totals now"
inventory = "inventory.rows"
what = "totals_now"
say.any = "{rows}: {usd} a year, {fte} FTE, {minutes} minutes a week."

[[steps.measures]]
id = "M21"
of = "by fund"
inventory = "inventory.rows"
what = "by_fund"

[[steps.fields]]
key = "rows"
type = "table"
label = "Everything we do"
prefix = "I"
columns = [
  {key = "name", type = "text", label = "Name"},
  {key = "purpose", type = "text", label = "What for"},
  {key = "served_who", type = "text", label = "Who"},
  {key = "fund", type = "one", label = "Fund", list = "fund"},
  {key = "flexible", type = "one", label = "May it move?", options = [
    ["yes", "Yes"], ["within_plan", "Within its plan"], ["no", "No"], ["ask", "We have to ask"],
  ]},
  {key = "usd_year", type = "num", label = "Money", low = 0, high = 1e8, step = 1},
  {key = "fte", type = "num", label = "Posts", low = 0, high = 500, step = 0.05},
  {key = "staff_min_week", type = "num", label = "Minutes", low = 0, high = 200000, step = 5},
  {key = "mandate", type = "one", label = "Who asks", options = [["law", "L"], ["district", "D"], ["choice", "C"]]},
  {key = "start_year", type = "num", label = "Since", low = 1980, high = 2100, step = 1},
  {key = "fund_end", type = "date", label = "Ends"},
]

[[steps]]
key = "align"
title = "How near"
part = 1
minutes = {alone = 1, least = 1}
mode = "individual"
attribution = "role"
rounds = 2
do = "Rate."

[[steps.measures]]
id = "M18"
ratings = "align.rows.align"
say.any = "{aligned} of {rows} serve our priority, {partly} in part, {not} not."
say.dk = "{aligned} of {rows} serve our priority, {partly} in part, {not} not. Of {unknown} we know too little."

[[steps.fields]]
key = "rows"
type = "table"
label = "One at a time"
required = true
rows_from = "initiatives"
columns = [{key = "align", type = "rate", label = "How near", low = 0, high = 3, dk = true}]

[[steps]]
key = "evidence"
title = "What we know"
part = 1
minutes = {alone = 1, least = 1}
mode = "pair"
do = "Say."

[[steps.fields]]
key = "rows"
type = "table"
label = "Your rows"
required = true
rows_from = "initiatives"
columns = [{key = "evidence", type = "rate", label = "Effect", low = 0, high = 3}]

[[steps]]
key = "stage"
title = "Stage"
part = 1
minutes = {together = 1, least = 1}
mode = "team"
do = "Place."

[[steps.fields]]
key = "rows"
type = "table"
label = "Places"
rows_from = "initiatives"
columns = [
  {key = "stage", type = "one", label = "Where", options = [["starting", "Starting"], ["ending", "Ready to end"]]},
  {key = "trap", type = "one", label = "Caught?", options = [["none", "No"], ["stuck", "Stuck"]]},
]

[[steps]]
key = "decide"
title = "Decide"
part = 1
minutes = {together = 1, least = 1}
mode = "team"
do = "Decide."
live = true

[[steps.measures]]
id = "M21"
LEDGER
flexible = ["yes", "within_plan"]
what = "ledger"
say.gap = "{freed} comes free, {flexible} of it may move. {need} is needed: {gap} is open."
say.covered = "{freed} comes free, {flexible} of it may move. {need} is needed: {left} is left over."
say.minutes = "{reduced} minutes a week end, {usable} of them can be used here. {need_min} are needed."
say.none = "No row changes yet."

[[steps.measures]]
id = "M21"
of = "minutes"
LEDGER
what = "minutes"
say.any = "{reduced} minutes a week end, {usable} of them can be used here. {need_min} are needed."

[[steps.measures]]
id = "M19"
of = "now"
LEDGER
say.any = "Today {usd} of the money and {minutes} of the minutes serve our priority."

[[steps.measures]]
id = "M19"
of = "after"
LEDGER
after = true
say.any = "Next year it would be {usd} and {minutes}."

[[steps.measures]]
id = "M19"
of = "now, weighted"
LEDGER
weighted = true

[[steps.measures]]
id = "M19"
of = "after, weighted"
LEDGER
after = true
weighted = true

[[steps.measures]]
id = "M21"
of = "totals after"
inventory = "inventory.rows"
decide = "decide.rows"
what = "totals_after"

[[steps.measures]]
id = "M21"
of = "decisions"
inventory = "inventory.rows"
decide = "decide.rows"
what = "decisions"

[[steps.fields]]
key = "rows"
type = "table"
label = "One decision a row"
rows_from = "initiatives"
columns = [
  {key = "decision", type = "one", label = "Decision", list = "decision"},
  {key = "after_usd", type = "num", label = "Money", low = 0, high = 1e8, step = 1},
  {key = "after_fte", type = "num", label = "Posts", low = 0, high = 500, step = 0.05},
  {key = "after_min_week", type = "num", label = "Minutes", low = 0, high = 200000, step = 5},
  {key = "minutes_stay", type = "one", label = "They", options = [["stay", "Stay"], ["go", "Go"]]},
]

[[steps]]
key = "cliff"
title = "What ends"
part = 1
minutes = {together = 1, least = 1}
mode = "team"
do = "Hold."
live = true

[[steps.measures]]
id = "M20"
LEDGER
say.any = "{ending} ends by {date}. {aligned} of it serves our priority."
say.none = "No money ends by {date}."

[[steps.measures]]
id = "M21"
of = "cover"
LEDGER
covered = "cliff.rows.amount_usd"
what = "cover"
say.gap = "We can cover {covered}. {gap} is open."
say.covered = "We can cover {covered}. Nothing is open."

[[steps.fields]]
key = "rows"
type = "table"
label = "What ends"
rows_from = "initiatives"
columns = [{key = "amount_usd", type = "num", label = "Money covered", low = 0, high = 1e8, step = 1}]
""".replace("LEDGER", LEDGER)


@functools.cache
def of_resources() -> Workbook:
    return parse(TOML, "of_resources.toml")
