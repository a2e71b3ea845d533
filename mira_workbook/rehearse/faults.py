"""Who is odd in what, and when a process is killed: drawn once, so that the same seed plays the same people."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from mira_workbook.rehearse.crew import Chair

SLOW_ONE_OF = 5
WAYS = {"drops": 0.25, "tabs": 0.25, "garbage": 0.15, "stale": 0.3, "pastes": 0.15}
"""How many, of 1, are odd in each way."""
LATE_ONE_OF = 10
LATE_ROUNDS = (6, 30)
"""The rounds between which late ones come."""
KILL_EVERY = 9
MOST_KILLS = 6


@dataclass(slots=True)
class Faults:
    """What goes wrong in one rehearsal; with `on` false people are only slow, hasty and forgetful.

    Attributes:
        on: whether devices, networks and processes fail too.
        dice: chance.
        late: by round, who comes then.
    """

    on: bool
    dice: random.Random
    late: dict[int, list[Chair]] = field(default_factory=dict)
    killed: int = 0

    def ways(self, n: int) -> frozenset[str]:
        """What the person number `n` of a team is odd in."""
        slow = {"slow"} if (n + 1) % SLOW_ONE_OF == 0 else set()
        odd = {way for way, share in WAYS.items() if self.dice.random() < share} if self.on else set()
        return frozenset(slow | odd)

    def in_time(self, team: Sequence[Chair]) -> list[Chair]:
        """Those of a team who are there at the start. The others come late: one in all at least, a third at most."""
        most = len(team) // 3 if self.on else 0
        late = [chair for chair in team if self.dice.randrange(LATE_ONE_OF) == 0][:most]
        late = late or ([] if self.late else list(team[: 1 if most else 0]))
        for chair in late:
            self.late.setdefault(self.dice.randint(*LATE_ROUNDS), []).append(chair)
        return [chair for chair in team if chair not in late]

    def coming(self, n: int) -> list[Chair]:
        """Who comes in round `n`."""
        return self.late.pop(n, [])

    def kill_in(self, n: int) -> int | None:
        """Which process is killed in round `n`; None for none."""
        if not self.on or n == 0 or n % KILL_EVERY or self.killed >= MOST_KILLS:
            return None
        self.killed += 1
        return self.killed
