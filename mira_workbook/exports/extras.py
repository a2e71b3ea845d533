"""Optional libraries that some formats need: asked for where a file is begun, named where they are missing."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.errors import MissingExtra


def extra(module: str, name: str, what: str) -> Any:
    """Import a library that only some installations have.

    Args:
        module: as it is imported.
        name: of the extra that brings it.
        what: the files that need it, as the sentence calls them.

    Raises:
        MissingExtra: it is not installed; the text names the pip line.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(say("extra_missing", what=what, extra=name)) from error


def is_there(*modules: str) -> bool:
    """Whether all these libraries are installed; none of them is loaded."""
    return all(find_spec(module) is not None for module in modules)
