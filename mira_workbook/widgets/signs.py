"""The signs of life that a page gives."""

HERE = "$here"
"""What a page sends every five seconds while it is seen, and once when it no longer is."""
SIGNS = frozenset({"typing", "idle", "quiet", "away"})
"""What it then says of its person: typing now, there, there and still for two minutes, or page out of sight."""
