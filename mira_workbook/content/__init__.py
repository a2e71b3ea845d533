"""What is asked, as data: definitions of workbooks, the ten answer types, checks and cards."""
