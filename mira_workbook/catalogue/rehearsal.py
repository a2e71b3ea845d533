"""What a rehearsal tells whoever tries a meeting the evening before."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    "rehearse_went": (
        "{n} person in {teams} went through {steps} steps.",
        "{n} people in {teams} went through {steps} steps.",
    ),
    "rehearse_teams": ("{n} team", "{n} teams"),
    "rehearse_answers": ("{count} answer, {lost}.", "{count} answers, {lost}."),
    "rehearse_none_lost": "none lost",
    "rehearse_lost": "{n} lost",
    "rehearse_slowest": "Slowest answer {seconds} s.",
    "rehearse_on_the_way": "On the way: {told}.",
    "rehearse_odd": "Look at this:",
    "rehearse_copy_name": "Rehearsal of {team}",
    "rehearse_no_server": "Nobody answers at {url} ({why}). Check the address, or start the server.",
    "rehearse_no_meeting": "The server at {url} lets nobody in with the code {code}.",
    "rehearse_not_in": "{name} could not sit down in {code}.",
    "rehearse_no_page": "The server gave no page at {url}.",
    "rehearse_begun": "This meeting has begun. Rehearse a fresh one, or add --copy to play on a copy of it.",
    "rehearse_stood_still": "The rehearsal stood still at {where}.",
    "rehearse_step": "Step {n}: {title}",
    "rehearse_all_in": "Everybody is in.",
    "rehearse_ended": ("{n} of {of} teams has reached the end.", "{n} of {of} teams have reached the end."),
}
