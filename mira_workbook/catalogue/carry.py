"""What is said of words that come from another workbook, of what comes next, and of a cycle that is over."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    # where they are from
    "from_source": "from {title}, {date}",
    "typed_in": "typed in, not carried",
    "open_source": "Open {title}",
    # when they have changed
    "look_again_button": "Look again",
    "changed_title": "What we build on has changed",
    "changed_text": "Our answers stay as they are. We can go on with the newer words.",
    "changed_board": "We built on: {old}. It says now: {new}. Our answers stay as they are.",
    "we_built_on": "We built on",
    "it_says_now": "It says now",
    "use_newer": "Go on with the newer words",
    "keep_older": "Not now",
    # when nobody has handed them on
    "needs_title": "What we build on",
    "need_do": "We build on one thing that is not here yet. One of you fills it in, for all.",
    "need_save": "Keep these words",
    "need_change": "Change these words",
    "need_not_known": "Nobody has handed this on yet.",
    "needs_text": "Where the team has worked with these workbooks before, its own words stand here by themselves.",
    "needs_led": "Your team can go on without. The page then shows nothing in its place.",
    "needs_own": "Anybody of the team can also fill it in, before the first step.",
    # a cycle that is over
    "cycle_over_title": "This priority’s work is closed",
    # what comes next
    "comes_next": "What comes next: {title}",
    "comes_next_minutes": "about {n} min",
    "comes_next_here": "Open the notebook “{slug}” and choose “Go on with {team}”.",
    "comes_next_who": "Whoever set this up opens it with “Run one” on the first page, and goes on with {team}.",
    "you": "You",
    "comes_next_open": "Set it up for {team}",
    "pathways": "Ways through the workbooks",
    "pathway_for": "for {who}",
    "pathway_minutes": "about {n} min in all",
    "pathway_step": "{title} ({n} min)",
    # the same team again
    "team_again": "Which team?",
    "team_new": "A new team",
    "team_go_on": "Go on with {team}",
    "team_go_on_help": "The list of people is kept. What the team decided comes along.",
    "team_not_yours": "This browser has not led that team. Make a new one, or ask whoever did.",
}
