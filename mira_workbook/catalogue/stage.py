"""What is said when the stage moves or does not."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    "cycle_closed": "This priority's work is closed. You can read it, but nothing more is taken.",
    "no_such_field": "This page is older than the workbook. Load it again; your saved answers are safe.",
    "not_yours_to_write": "This is not yours to write from here. Load the page again.",
    "not_open_yet": "This step is not open yet. We are still on an earlier one.",
    "already_shown": "Results are shown. Your answer stays as it was.",
    "closed_anonymous": "Results are shown, so this step takes no more answers.",
    "facilitator_writes": "The facilitator writes this one.",
    "this_pair": "this pair",
    "closed_step": "This step is closed. Undo goes back to it.",
    "after_the_reveal": "This opens when everyone's answers are shown.",
    "too_few_yet": "Showing results needs {needed} answers; {n} are in.",
    "undo_is_over": "The minute for undo is over.",
    "row_is_taken": "{name} has this one. Pick another, or ask {name}.",
}
