"""Guided workbooks for school teams: one priority, its cause, and the time, people and money to move it."""

__version__ = "0.4.0"
