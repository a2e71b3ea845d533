"""Files that are written beside their place and moved into it once they are whole."""

from pathlib import Path


class Staged:
    """The files of one export: `.name.part` until `land` gives all of them their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, None] = {}

    def path(self, name: str) -> Path:
        """Where to write the file that will be called `name`."""
        self._names[name] = None
        return self._folder / f".{name}.part"

    def land(self) -> None:
        """Give every file its name."""
        for name in self._names:
            self.path(name).replace(self._folder / name)
