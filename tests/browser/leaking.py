"""Every byte that a browser is sent, as it passes over the wire: pages, pictures, files and all websocket frames."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from meeting import Wire

_PACKED = ((b"Accept-Encoding:", b"X-cept-Encoding:"), (b"Sec-WebSocket-Extensions:", b"X-c-WebSocket-Extensions:"))
"""Headers by which a browser asks for packed answers, and names of the same length that no server knows."""


@dataclass
class Ear(Wire):
    """A wire that keeps what the server says, and lets nobody ask for it packed."""

    heard: bytearray = field(default_factory=bytearray)

    def upward(self, data: bytes) -> bytes:
        """What the browser says, without the wish for packing."""
        for name, other in _PACKED:
            data = data.replace(name, other)
        return data

    def downward(self, data: bytes) -> bytes:
        """What the server says, kept."""
        self.heard += data
        return data

    def found(self, words: Iterable[str]) -> list[str]:
        """Those of the words that were heard, as they are or as JSON spells them."""
        return [word for word in words if any(way in self.heard for way in _spellings(word))]

    def forget(self) -> None:
        """Begin anew: what comes from now on."""
        self.heard.clear()


def _spellings(word: str) -> set[bytes]:
    return {word.encode(), json.dumps(word)[1:-1].encode()}
