"""What is said of initiatives: what they take today, how they were rated, and hints for the talk."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    "row_apart": "We see it differently: from “{low}” to “{high}”.",
    "row_unknown": ("{n} of {of} does not know yet.", "{n} of {of} do not know yet."),
    "row_today": "Today {levels}.",
    "row_usd_year": "{n} a year",
    "row_fte": "{n} FTE",
    "row_staff_min_week": "{n} minutes a week",
    "rows_counted": ("{n} row", "{n} rows"),
    "row_aligned": "Serves our priority: {mean} of 3.",
    "row_evidence": "Evidence: {n} of 3.",
    "row_overlaps": "Much like {others}, for the same people: do we need both?",
    "row_minutes_fix": "One pair says {n} minutes.",
    "hint_keep_or_grow": "Hint: keep or grow.",
    "hint_keep_and_test": "Hint: keep and test.",
    "hint_candidate_to_release": "Hint: could be released.",
    "hint_talk_first": "Hint: talk first.",
    "hint_need_info": "Hint: find out more.",
}
