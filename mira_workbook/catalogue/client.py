"""What the page itself says, with or without a kernel; its script and templates stand alone and repeat these words."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    # around the step
    "client_skip": "Skip to the step",
    "client_messages": "Messages",
    "client_wait": "Bringing your page…",
    "client_slow": "This takes longer than it should. Your words stay.",
    "client_try_again": "Try again",
    "client_no_script": "This page needs JavaScript. Turn it on in your browser and load the page again.",
    "client_cell_missing": "This part of the page did not open. Your words are safe.",
    # the connection
    "client_lost": (
        "No connection. Keep writing. Your words are kept on this phone and go in by themselves when you are back."
    ),
    "client_blocked": "This network blocks live pages. Your words stay on this phone.",
    "client_use_simple": "Use the simple page",
    "client_same_steps": "Same steps, same answers. Results come every few seconds.",
    "client_back": "You are back. Nothing was lost.",
    "client_returning": "Bringing your page back… your words stay.",
    "client_stuck": "This page did not come back by itself. Your words stay on this phone.",
    "client_try_now": "Try now",
    "client_not_pressed": "No connection. Tap again in a moment.",
    "client_part_missing": "This part of the page did not open. Reload the page: your words come back.",
    # pages without a kernel
    "client_full_title": "The room is full for a moment",
    "client_full": "This page tries again by itself.",
    "client_full_place": "Your place is kept: you are number {place}.",
    "client_next_try": "next try in {n} s",
    "client_trying": "trying",
    "client_unknown_title": "We do not know this page",
    "client_unknown": "Look at the wall again, or use your own link. Your answers are safe.",
    "client_shut_title": "This page is not open to you",
    "client_shut": "Use your own link, or come in with the code on the wall.",
    "client_broken_title": "This page did not open",
    "client_broken": "It is on our side. Your answers are safe. This page tries again by itself.",
    "client_broken_start": "Go to the start and come in again. Your answers are safe.",
    "client_start": "Go to the start",
}


def client_texts() -> dict[str, str]:
    """The sentences of the page's script by the names it knows them by; laid over its own in another language."""
    names = {
        "lost": "lost",
        "blocked": "blocked",
        "useSimple": "use_simple",
        "sameSteps": "same_steps",
        "back": "back",
        "returning": "returning",
        "stuck": "stuck",
        "tryNow": "try_now",
        "notPressed": "not_pressed",
        "partMissing": "part_missing",
    }
    return {name: str(SENTENCES[f"client_{key}"]) for name, key in names.items()}
