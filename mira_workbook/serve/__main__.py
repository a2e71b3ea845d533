"""`python -m mira_workbook.serve PORT [HOST [BASE]]`: the bare server, as tests start it."""

import sys

from mira_workbook.serve.app import Listen, run

if __name__ == "__main__":
    run(Listen(int(sys.argv[1]), *sys.argv[2:4]))
