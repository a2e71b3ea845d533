"""The one widget that draws a step: it carries the page's document out and the page's messages in."""

from pathlib import Path

from mira_workbook.widgets.drawn import Drawn

HERE = Path(__file__).parent


class Form(Drawn):
    """Draws a page; a message of it is `{field, value, save_key}`."""

    files = (HERE, "form.js", "form.css")
    said = "form_"
    heads = ("field", "save_key")
    not_taken = "Not saved."
