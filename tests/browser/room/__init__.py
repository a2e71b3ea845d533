"""Tests of rooms: people with browsers on a real server, one file a kind of evening."""
