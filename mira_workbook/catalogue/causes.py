"""Why a cause ended where it did."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    "because": "{symptom} because {cause}",
    "verdict_chosen": "Chosen: score {score}, dots {dots}.",
    "verdict_chosen_score": "Chosen: score {score}.",
    "verdict_chosen_alone": "Chosen by the team.",
    "verdict_strong_enough": "It adds to the problem: score {score} of 100.",
    "verdict_hardly_removes": "Without it the symptom would hardly shrink: {removes} of 3.",
    "verdict_watch": "For watching: little of it is in our hands, {influence} of 3.",
    "verdict_check_first": "Check first: we have little to show for it, {evidence} of 3.",
    "verdict_weak": "Its score is low: {score} of 100.",
    "verdict_not_rated": "Too few of us could rate it.",
    "verdict_not_tested": "It was not picked for testing.",
}
