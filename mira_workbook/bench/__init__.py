"""Measures how a room behaves live: what sixty people and a board at a real server wait for, and what they cost."""
