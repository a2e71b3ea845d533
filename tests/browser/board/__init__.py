"""Tests of the board in a real browser, one file an idea; a scripted model stands for the kernel."""
