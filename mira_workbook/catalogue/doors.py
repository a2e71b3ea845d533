"""What is said before the workbook: home, joining, setting up."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    # home
    "home_title": "One Priority, cause, resources.",
    "home_sub": "A guided sitting for your team.",
    "home_code": "Code from the wall",
    "go_in": "Go on",
    "home_been": "Been here before on this phone?",
    "home_when": "{team} · {when}",
    "home_back": "Back to my page",
    "home_board": "Back to my board",
    "home_lead": "Leading a session?",
    "home_run": "Run one",
    "privacy_link": "Privacy",
    "about_us": "About",
    "code_unknown": "We do not know this code. Look at the wall again: six letters and digits, such as K7M-4QX.",
    "code_ended": "This session has ended. Your own link still opens your page.",
    "code_too_many": "Too many tries. Wait 30 seconds, or ask for a new QR code.",
    # joining
    "join_which_team": "Which team?",
    "join_where": "{workbook} · {code}",
    "join_tap": "Tap your name",
    "join_here": "already here",
    "join_not_listed": "I am not on this list",
    "join_kept": "Your answers are kept for your team’s work. Who sees what stands above each field.",
    "read_more": "More",
    "join_who": "Who are you?",
    "join_name": "Your name",
    "join_role": "What you do here",
    "join_role_hint": "for example: Grade 1 teacher",
    "join_mostly": "You mostly…",
    "join_fourteen": "Which of these comes nearest?",
    "join_come_in": "Come in",
    "join_name_missing": "Type your name, so that your team knows who is here.",
    "join_group_missing": "Pick what comes nearest to your work here.",
    "join_back_to_names": "Back to the names",
    "in_use_title": "{name} is already here",
    "in_use_text": "on another device. Is that you?",
    "in_use_yes": "Yes, it is me",
    "in_use_no": "No, back to the names",
    "wait_title_nobody": "One moment",
    "wait_led": "We asked the facilitator to let you in. Raise a hand.",
    "wait_own": "We asked your team to let you in. Raise a hand.",
    "wait_rest": "Your answers from the other device will be here.",
    "wait_by_itself": "This page opens by itself.",
    "which_of_two": "There are two people called {name}",
    "which_of_one": "There is already somebody called {name}",
    "which_of_many": "There are {n} people called {name}",
    "which_of_ask": "Which one are you?",
    "which_of_third": "Neither: I am a third",
    "which_of_second": "No, I am somebody else",
    "which_of_new": "None of them: I am new",
    "are_you": "Are you {name}?",
    "are_you_where": "This phone is {name}’s here.",
    "are_you_yes": "Yes, go on",
    "are_you_no": "No, I am somebody else",
    "no_role": "no role given",
    # coming back, leaving
    "me_title": "Come back as {name}",
    "me_text": "This link belongs to {name}, {team}. Your saved answers come with you.",
    "me_other": "This phone is {name}’s now. Coming back gives it to you.",
    "me_button": "Come back as {name}",
    "leave_title": "Leave and clear this phone?",
    "leave_text": (
        "Your saved answers stay with your team. To come back you need your own link, or somebody who lets you in."
    ),
    "leave_button": "Leave and clear this phone",
    "leave_not_me_title": "Is this somebody else’s place?",
    "leave_not_me": "This is not me",
    "leave_stay": "Stay",
    "leave_done": "This phone is clear",
    "leave_done_text": "Nobody can see your answers from here.",
    "to_start": "Go to the start",
    # doors that stay shut
    "told_title": "This did not go through",
    "stale_title": "Load this page again",
    "stale_text": (
        "This page has waited too long, or your browser keeps no cookies for it. Load it again and tap once more."
    ),
    "wrong_facilitator": "This page is for the facilitator. Open it with your facilitator link.",
    "wrong_coach": "This page is for the coach. Open it with your coach link.",
    "wrong_title_facilitator": "A page for the facilitator",
    "wrong_title_coach": "A page for the coach",
    "wrong_paste": "Or paste the link here",
    "wrong_open": "Open it",
    "wrong_looking": "Looking for your team?",
    "wrong_code": "Enter a code",
    "key_unknown": "This link is not good, or no longer. Whoever set up the session can make a new one.",
    "key_title": "{workbook}, {team}",
    "key_coach": "Open the coach’s page",
    "key_viewer": "Open the page for the wall",
    "key_text": "This link opens your page on this device.",
    "part_missing": "This page did not open. Your words are safe.",
    "try_again": "Try again",
    # set-up
    "setup_which": "Which workbook?",
    "setup_title": "{workbook} · set up",
    "setup_about": "For {who}. Bring: {bring}.",
    "setup_about_minutes": "About {minutes} minutes.",
    "setup_team_part": "Who",
    "setup_team": "Team",
    "setup_people": "People",
    "setup_people_hint": (
        "One a line: name, what they do, role group, contract minutes a week. Paste from a spreadsheet, or "
        "leave it empty "
        "and people type their names."
    ),
    "setup_more_teams": "Several teams? Put “# Name of the team” above each list.",
    "setup_people_like": "Dana Whitfield, principal\nLena Marsh, Grade 1 teacher\nGrace Yoon, interventionist",
    "setup_pace_part": "How",
    "setup_pace": "Who moves the session on?",
    "setup_own": "The team",
    "setup_own_help": "Everyone on a phone or laptop; the page goes on when half of the team is ready.",
    "setup_led": "A facilitator",
    "setup_led_help": "You open each step and show the results, with a screen in the room.",
    "setup_day": "Day",
    "setup_starts": "Starts",
    "setup_ends": "Ends",
    "setup_before_part": "Before the day",
    "setup_figure": ("Figure {n}", "Figure {n}"),
    "setup_make": "Make the session",
    "setup_team_missing": "Type the team’s name.",
    "setup_look_again": "Something here needs another look.",
    "setup_too_many": (
        "Many sessions were made in the last minutes. Wait a little, then press again; nothing typed is lost."
    ),
    # the desk
    "desk_title": "{workbook}, {team}",
    "desk_many": "{workbook}, {n} teams",
    "desk_code": "Code",
    "desk_join": "Members come in here",
    "desk_qr": "Square code of the link {link}",
    "desk_members": "For members",
    "desk_facilitator": "Your own link",
    "desk_facilitator_hint": "Keep it to yourself. It opens this page and the board on any device.",
    "desk_coach": "The coach’s link",
    "desk_coach_hint": "Shows results once they are shown to the team. Copy it now: later it cannot be shown again.",
    "desk_coach_gone": "It was shown once and is not kept. A new one works next to the old.",
    "desk_coach_new": "Make a new coach’s link",
    "desk_links": "Links",
    "desk_board": "Open the board",
    "desk_here": "{here} of {n} here",
    "desk_nobody": "Nobody here yet. Point a phone at the code.",
    "desk_not_yet": "not yet",
    "desk_is_here": "here",
    "desk_print": "Print this page",
    "desk_copy": "Copy",
    "desk_copied": "Copied",
    "desk_alone": "Only this computer can reach this address. For phones, start with: mira-workbook serve --room",
    "desk_ended": "This session has ended. Its pages can still be read.",
    "desk_from": "{day}, {starts}",
    "desk_from_to": "{day}, {starts} to {ends}",
    "desk_print_how": (
        "Open your phone’s camera, point it at the square, tap the link. Or go to {site} and type the code."
    ),
    # what a member keeps
    "answers_title": "What {name} said",
    "answers_mine": "You said",
    "answers_ours": "The team",
    "answers_none": "Nothing sent yet.",
    "answers_kept": "Saved from your team’s session. This file opens anywhere and is not connected to anything.",
    # about us
    "about_text": (
        "Guided workbooks for school teams: choose one priority, find the cause behind the symptom, and move "
        "time, people and "
        "money toward it."
    ),
    "about_open": "The program is free and open (BSD licence). It runs on your own computer or server.",
    "about_version": "Version {version}",
    "privacy_title": "Who sees what",
    "privacy_1": (
        "Your name, what you do and your answers are kept on the computer that runs this session, for your team’s work."
    ),
    "privacy_2": "Above each field stands who will see it, and how: with your name, with your role, or without either.",
    "privacy_3": (
        "Nobody sees your answer before it is shown to everyone, your facilitator included. They see that "
        "you have answered, "
        "not what."
    ),
    "privacy_4": "Anonymous answers are not stored with your name after results are shown.",
    "privacy_5": (
        "This phone keeps one cookie, so that you find your page again. There is no other, and nothing is "
        "sent elsewhere."
    ),
    "privacy_6": "You can take your answers with you, clear this phone, or ask whoever runs the session to remove you.",
}
