"""What is said about who sees what, when that changes."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    "made_private": "The facilitator has made this step more private.",
    "too_few_to_hide": "These answers are shown already, and they are too few to be anonymous.",
    "covered_entry": "(put aside by the facilitator)",
    "seen_role_few": "Shown as “team member”, so that nobody stands out.",
}
