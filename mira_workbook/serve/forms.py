"""What was typed on the set-up page and not made yet: kept for its browser, in files beside the store."""

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MOST = 300
"""Forms that are kept; the oldest go when there are more, since anybody may type on the page."""
LONGEST = 60_000
"""Bytes of one form."""
LASTS = 30 * 86_400.0
"""Seconds after which a form that nobody came back to is gone."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Half-filled forms by browser and workbook.

    Attributes:
        folder: made when first needed; for nobody but the server to read.
    """

    folder: Path

    def read(self, browser: str, slug: str) -> Mapping[str, str]:
        """What stands in a browser's form; nothing if it has none, or an old one."""
        path = self._path(browser, slug)
        try:
            if time.time() - path.stat().st_mtime > LASTS:
                return {}
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}

    def keep(self, browser: str, slug: str, values: Mapping[str, str]) -> bool:
        """Keep what was typed so far; says whether it was kept."""
        body = json.dumps(dict(values)).encode()
        if len(body) > LONGEST:
            return False
        path = self._path(browser, slug)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Moved into place: a page that is loaded meanwhile finds a whole form.
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(body)
        part.replace(path)
        self._tidy()
        return True

    def drop(self, browser: str, slug: str) -> None:
        """Forget a form: the session was made, or is begun anew."""
        self._path(browser, slug).unlink(missing_ok=True)

    def _path(self, browser: str, slug: str) -> Path:
        name = hashlib.sha256(f"form/{browser}/{slug}".encode()).hexdigest()[:40]
        return self.folder / f"{name}.json"

    def _tidy(self) -> None:
        """Let go of what is old, and of the oldest when there are too many."""
        ages = {path: _changed(path) for path in self.folder.iterdir()}
        newest = sorted(ages, key=lambda path: -ages[path])
        for n, path in enumerate(newest):
            if n >= MOST or time.time() - ages[path] > LASTS:
                path.unlink(missing_ok=True)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
