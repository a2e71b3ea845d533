"""A step's fields in, answers out: what a member sees, and what the page may send."""
