"""The pages that files are made from; all that people wrote is escaped, and a name that is not there is a fault."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def templates(**more: Any) -> Environment:
    """The templates of this room.

    Args:
        more: what one kind of page needs besides, as Jinja names it.
    """
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **more,
    )


PAGES = templates()
