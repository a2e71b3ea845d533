"""A day as a file that calendars take (iCalendar, RFC 5545)."""

from datetime import date, datetime, timedelta

from mira_workbook.widgets.controls import Doc

LONGEST = 73
"""Characters of a line: a line has 75 octets at most, and goes on after a blank."""


def to_keep(label: str, uid: str, day: date, summary: str, stamp: datetime) -> Doc:
    """A button that gives a calendar file with one whole day in it.

    Args:
        label: what the button says.
        uid: names the event for good, so that a second file changes it and adds none.
        day: the day.
        summary: what is on that day, as people typed it.
        stamp: when the event was made, aware.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mira_workbook//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    text = "".join(f"{_folded(line)}\r\n" for line in lines)
    return {
        "kind": "file",
        "label": label,
        "name": f"{uid.partition('@')[0]}.ics",
        "type": "text/calendar",
        "text": text,
    }


def _escaped(text: str) -> str:
    for sign, spelled in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, spelled)
    return text


def _folded(line: str) -> str:
    """Break a long line; by octets, and never inside a character."""
    parts, now = [], ""
    for sign in line:
        if len((now + sign).encode()) > LONGEST:
            parts.append(now)
            now = ""
        now += sign
    return "\r\n ".join([*parts, now])
