"""`python -m mira_workbook` is the command line."""

from mira_workbook.cli import main

if __name__ == "__main__":
    main()
