"""What a kernel's environment holds."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any

from mira_workbook.settings import home, settings, shipped

_MAY_KNOW = re.compile(
    r"(MIRA|VOILA|JUPYTER|JPY|PYTHON|IPYTHON|LC|XDG|CONDA|DYLD|LD|COVERAGE|SERVER|PG)_?\w*|QUERY_STRING|SCRIPT_NAME|PATH_INFO|"
    r"PATH|HOME|LANG|LANGUAGE|TZ|TMPDIR|TEMP|TMP|USER|LOGNAME|VIRTUAL_ENV|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|"
    r"APPDATA|LOCALAPPDATA|PROGRAMDATA|USERPROFILE|HOMEDRIVE|HOMEPATH"
)
"""Names of the environment that a kernel needs to run, here or on other systems."""
_NEVER = frozenset({"VOILA_REQUEST_URL", "JUPYTER_TOKEN"})


def kernel_env(given: Mapping[Any, Any]) -> dict[str, str]:
    """What a kernel may know, as plain strings: how to run, our settings, its grant, and the server's own store.

    Cookies, the address with its query, and whatever else the server's environment holds stay outside.
    """
    names = {_plain(name): _plain(value) for name, value in given.items()}
    kept = {name: value for name, value in names.items() if _MAY_KNOW.fullmatch(name) and name not in _NEVER}
    ours = {"MIRA_HOME": str(home().resolve()), "MIRA_WORKBOOKS": str(shipped("workbooks").resolve())}
    if settings().public_url:
        ours["MIRA_PUBLIC_URL"] = settings().public_url
    return {**kept, **ours, "OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def _plain(value: Any) -> str:
    """Members of Voila's own `str` enums would drag Voila into whatever unpickles them."""
    return str(value.value if isinstance(value, Enum) else value)
