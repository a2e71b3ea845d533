"""The numbers a team sees: pure functions, numbers in and numbers out."""
