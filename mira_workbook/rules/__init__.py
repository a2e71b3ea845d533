"""The rules of a meeting: pure functions on a snapshot."""
