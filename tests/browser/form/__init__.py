"""Tests of the form in a real browser, one file a kind of control."""
