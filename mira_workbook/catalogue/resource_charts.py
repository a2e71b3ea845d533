"""What is said in and about the pictures of the workbook on resources."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    "picture_treemap": "Where it goes",
    "picture_strip": "How near each one is",
    "picture_loop": "Where in its life",
    "picture_bubble": "Near and known",
    "picture_now_after": "Today and next year",
    "picture_waterfall": "What ends, what holds it",
    "chart_minutes": "{minutes} min",
    "chart_unknown": "–",
    "chart_initiative": "Initiative",
    "chart_usd_year": "Money a year",
    "chart_min_week": "Staff minutes a week",
    # where it goes
    "chart_fund": "Fund",
    "chart_fund_open": "No fund named",
    "chart_treemap_usd": "Money a year",
    "chart_treemap_min": "Staff minutes a week",
    "chart_treemap_peak": "Largest fund: {fund}, {amount} of {whole} a year, {share}. Largest line: {name}, {most}.",
    "chart_treemap_minutes": (
        "No money is written down, so it shows staff minutes a week. "
        "Largest fund: {fund}, {amount} of {whole}, {share}. Largest line: {name}, {most}."
    ),
    "chart_treemap_without": ("Takes no money: {names}.", "Take no money: {names}."),
    "chart_treemap_small": ("{n} small line has no words here: {amount}.", "{n} small lines have no words here: {amount}."),
    "chart_treemap_no_minutes": ("Takes no minutes: {names}.", "Take no minutes: {names}."),
    # how near each one is
    "chart_mean": "mean",
    "chart_strip_zones": "not|partly|aligned",
    "chart_strip_zone": "Serves the priority",
    "chart_strip_unknown": "we know too little",
    "chart_strip_dk": "don’t know yet",
    "chart_strip_peak": "Nearest: {near}, mean {most} of 3. Farthest: {far}, {least}.",
    "chart_strip_one": "{name}: mean {mean} of 3.",
    "chart_strip_unsure": ("{n} does not know yet: {name}.", "Most who do not know yet: {n}, {name}."),
    "chart_strip_between": ("{n} more lies between: see the table.", "{n} more lie between: see the table."),
}
