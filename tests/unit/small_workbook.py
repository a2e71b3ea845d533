"""A small sound workbook, and the mistakes an author makes in one: what is changed, where it is told, and how."""

SMALL = """
format = 1
slug = "small"
title = "Small"
minutes = 10
purpose = "See that it loads."
who = "Anyone"
bring = "Nothing"
parts = ["One", "Two"]

[lists]
ideas = {use = "rows_of_all", field = "first.ideas", label = "text"}

[[steps]]
key = "first"
title = "First"
part = 1
minutes = {alone = 4, least = 2}
mode = "individual"
do = "Write."

[[steps.fields]]
key = "ideas"
type = "table"
label = "Ideas"
columns = [
  {key = "text", type = "text", label = "Idea", required = true},
  {key = "kind", type = "one", label = "Kind", options = [["a", "A"], ["b", "B"]]},
]

[[steps]]
key = "second"
title = "Second"
part = 2
minutes = {alone = 6, least = 3}
mode = "individual"
do = "Order."
checks = [{use = "exactly_one", on = "places.kind", value = "a"}]
measures = [{id = "M04", order = "second.order", say = {any = "Our orders are {band}."}}]
charts = [{use = "points", order = "second.order"}]

[[steps.fields]]
key = "order"
type = "rank"
label = "Order"
list = "ideas"

[[steps.fields]]
key = "sure"
type = "rate"
label = "How sure?"
low = 1
high = 5

[[steps.fields]]
key = "places"
type = "table"
label = "Places"
rows_from = "ideas"
columns = [
  {key = "kind", type = "one", label = "Kind", options = [["a", "A"], ["b", "B"]]},
  {key = "why", type = "text", label = "Why", show_when = {kind = "a"}},
]
"""


def mended(*changes: tuple[str, str]) -> str:
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


MISTAKES = (
    (
        "high = 5",
        "higth = 5",
        "steps[1] second.fields[1] sure.higth",
        "‘higth’ is not known here. Did you mean ‘high’?",
    ),
    (
        'bring = "Nothing"\n',
        "",
        "bring",
        "‘bring’ is missing. Add it.",
    ),
    (
        'key = "sure"\n',
        'key = "sure"\nminutes = {alone = 2}\n',
        "steps[1] second.fields[1] sure.minutes",
        "‘minutes’ is not known here. It belongs to the step: write it before the first [[steps.fields]].",
    ),
    (
        'title = "First"\n',
        'title = "First"\nlabel = "Ideas"\n',
        "steps[0] first.label",
        "‘label’ is not known here. It belongs to a field: write it below [[steps.fields]].",
    ),
    (
        "part = 2",
        "part = 3",
        "steps[1] second.part",
        "There is no part 3. The workbook names 2 parts.",
    ),
    (
        "least = 3",
        "least = 7",
        "steps[1] second.minutes",
        "‘least’ is more than alone and together. Make it smaller.",
    ),
    (
        'key = "second"',
        'key = "first"',
        "steps",
        "‘first’ stands 2 times. Give each of the steps a key of its own.",
    ),
    (
        'key = "sure"',
        'key = "order"',
        "steps[1] second.fields",
        "‘order’ stands 2 times. Give each of the fields a key of its own.",
    ),
    (
        "part = 2",
        'part = 2\nreveal_with = "first"',
        "steps[1] second.reveal_with",
        "‘first’ comes before this step. Name this step or a later one.",
    ),
    (
        "part = 1",
        'part = 1\nreveal_with = "secnd"',
        "steps[0] first.reveal_with",
        "There is no step ‘secnd’. Did you mean ‘second’?",
    ),
    (
        "part = 2",
        'part = 2\nskip_when = {use = "team_smaller", n = 3}',
        "steps[1] second.skip_when.use",
        "There is no condition ‘team_smaller’. Did you mean ‘team_smaller_than’?",
    ),
    (
        'use = "points"',
        'use = "pionts"',
        "steps[1] second.charts[0] pionts.use",
        "There is no chart ‘pionts’. Did you mean ‘points’?",
    ),
    (
        'use = "points", order = "second.order"',
        'use = "points", order = "second.ordre"',
        "steps[1] second.charts[0] points.order",
        "There is no ‘second.ordre’. Did you mean ‘second.order’?",
    ),
    (
        'use = "points", order = "second.order"',
        'use = "points", order = "order"',
        "steps[1] second.charts[0] points.order",
        "‘order’ does not name an answer. Write step.field.",
    ),
    (
        'use = "points", order = "second.order"',
        'use = "points", order = "second.sure"',
        "steps[1] second.charts[0] points.order",
        "‘second.sure’ is not of type rank. Did you mean ‘second.order’?",
    ),
    (
        'use = "points", order',
        'use = "points", by',
        "steps[1] second.charts[0] points.order",
        "‘order’ is missing. Add it.",
    ),
    (
        'id = "M04"',
        'id = "M44"',
        "steps[1] second.measures[0] M44.id",
        (
            "There is no measure ‘M44’. Known are: M01, M02, M03, M04, M05, M06, M07, M08, M09, M10, M11, M12, M13, "
            "M15, M16, M17, M18, M19, M20 and M21."
        ),
    ),
    (
        "any = ",
        "some = ",
        "steps[1] second.measures[0] M04.say.some",
        "M04 has no case ‘some’. Known are: any.",
    ),
    (
        "{band}",
        "{brand}",
        "steps[1] second.measures[0] M04.say.any",
        "There is no slot {brand} here. Did you mean ‘band’?",
    ),
    (
        "{band}",
        "{band",
        "steps[1] second.measures[0] M04.say.any",
        "A brace is open or stands alone. Write {slot}, or leave braces out.",
    ),
    (
        'on = "places.kind"',
        'on = "places.knid"',
        "steps[1] second.checks[0] exactly_one.on",
        "There is no ‘places.knid’ in this step. Did you mean ‘places.kind’?",
    ),
    (
        'label = "text"}',
        'label = "txt"}',
        "lists.ideas.label",
        "There is no ‘txt’. Did you mean ‘text’?",
    ),
    (
        'rows_from = "ideas"',
        'rows_from = "idea"',
        "steps[1] second.fields[2] places.rows_from",
        "There is no list ‘idea’. Did you mean ‘ideas’?",
    ),
    (
        'show_when = {kind = "a"}',
        'show_when = {knd = "a"}',
        "steps[1] second.fields[2] places.columns[1] why.show_when.knd",
        "There is no ‘knd’ beside this. Did you mean ‘kind’?",
    ),
    (
        'show_when = {kind = "a"}',
        'show_when = {kind = "c"}',
        "steps[1] second.fields[2] places.columns[1] why.show_when.kind",
        "‘c’ is not one of its options. Known are: a and b.",
    ),
    (
        'list = "ideas"\n',
        "",
        "steps[1] second.fields[0] order",
        'It needs options or the name of a list, one of the two. Write options = [["id", "Label"], …].',
    ),
    (
        'do = "Order."',
        'do = "Order."\ncards = ["no_priority_at_al"]',
        "steps[1] second.cards[0]",
        "There is no card ‘no_priority_at_al’. Did you mean ‘no_priority_at_all’?",
    ),
    (
        "low = 1",
        'control = "hand"\nlow = 1',
        "steps[1] second.fields[1] sure.control",
        "There is no control ‘hand’. Did you mean ‘hands’?",
    ),
    (
        "low = 1",
        'control = "merge"\nlow = 1',
        "steps[1] second.fields[1] sure.control",
        "‘merge’ does not draw type rate. It is for type table.",
    ),
    (
        "low = 1",
        "low = 6",
        "steps[1] second.fields[1] sure.low",
        "‘low’ is more than ‘high’. Change one of them.",
    ),
    (
        "high = 5",
        'high = 5\nends = ["no", "maybe", "yes"]',
        "steps[1] second.fields[1] sure.ends",
        "There are 3 words for 5 values. Give two, or one for each.",
    ),
    (
        "part = 2",
        'part = 2\nagain = "first"',
        "steps[1] second.again",
        "‘first’ has one round only. Write rounds = 2 there.",
    ),
    (
        'do = "Write."',
        'do = "Write."\nshows = ["second.sure"]',
        "steps[0] first.shows[0]",
        "‘second.sure’ is asked after this step. Name an earlier one.",
    ),
    (
        'label = "Ideas"\ncolumns',
        'label = "Ideas"\nrows_from = "late"\ncolumns',
        "steps[0] first.fields[0] ideas.rows_from",
        "There is no list ‘late’. Declare it under [lists].",
    ),
    (
        "low = 1",
        'low = "one"',
        "steps[1] second.fields[1] sure.low",
        "‘one’ is not a whole number. Write a whole number, without quotation marks.",
    ),
)
