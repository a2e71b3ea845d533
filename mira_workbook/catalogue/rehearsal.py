"""What a rehearsal tells whoever tries a meeting the evening before."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    "rehearse_begun": "This meeting has begun. Rehearse a fresh one, or add --copy to play on a copy of it.",
    "rehearse_stood_still": "The rehearsal stood still at {where}.",
    "rehearse_step": "Step {n}: {title}",
    "rehearse_all_in": "Everybody is in.",
    "rehearse_ended": ("{n} of {of} teams has reached the end.", "{n} of {of} teams have reached the end."),
}
