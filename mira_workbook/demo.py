"""The fictional team and the odd ones: their answers, played through the same checks and doors as a person's."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mira_workbook import settings
from mira_workbook.content.checking import check_step
from mira_workbook.content.definition import Step, Workbook
from mira_workbook.content.load import load
from mira_workbook.errors import MiraError
from mira_workbook.opening import open_store
from mira_workbook.records import AuthorKind, Entry, Meeting, NewAct, Seat, Session, Snapshot, Team
from mira_workbook.rules import moves, pairs
from mira_workbook.rules.context import context_for, today
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.progress import next_move, progress
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.store import NewMember, NewTeam, Store

TEAM, FACILITATOR = "TEAM", "FACIL"
_MODES: Mapping[str, tuple[str, ...]] = {TEAM: ("team", "facilitator"), FACILITATOR: ("facilitator", "team")}
_KINDS: Mapping[str, AuthorKind] = {TEAM: "team", FACILITATOR: "facilitator"}
Answers = Mapping[str, Any]


@dataclass(slots=True)
class Clock:
    """A clock that stands until it is moved on."""

    moment: datetime

    def __call__(self) -> datetime:
        """The time on it."""
        return self.moment

    def forward(self, minutes: float) -> None:
        """Move it on."""
        self.moment += timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Played:
    """A demo session: which workbook, under which code, for which team."""

    workbook: str
    code: str
    team: str


@dataclass(slots=True)
class Play:
    """One team's sitting, played from a file of answers."""

    store: Store
    clock: Clock
    workbook: Workbook
    session: Session
    told: Answers
    seats: dict[str, Seat] = field(default_factory=dict)
    saves: int = 0

    def run(self) -> None:
        """Play every step the file has answers for, then end the session."""
        self._sit()
        for step in self.workbook.steps:
            if step.key in self.told["steps"]:
                self._step(step)
        self._act(moves.lead("end"))

    def is_over(self) -> bool:
        """Whether the session came to its end."""
        return self._stage().state == "ended"

    def _sit(self) -> None:
        absent = set(self.told.get("absent", ()))
        for member in self.store.roster(self.session.id):
            if member.key not in absent:
                browser = f"demo-{self.session.id}-{member.key}"
                self.seats[member.key] = self.store.take_seat(browser, self.session.id, "member", member.id)
        self.seats[FACILITATOR] = self.store.take_seat(f"demo-{self.session.id}", self.session.id, "facilitator")
        for key in absent:
            self._act(moves.excuse(key))
        groups = self.told.get("pairs")
        if groups:
            self._act(lambda _snapshot, _now: (NewAct("pairs", payload={"pairs": groups}),))

    def _act(self, judge: moves.Judge) -> None:
        self.store.act(self.seats[FACILITATOR], judge, self.session.id)

    def _stage(self) -> Stage:
        snapshot = self.store.snapshot(self.session.id)
        return fold(snapshot.acts, self.workbook)

    def _open(self, step: Step) -> bool:
        """Go on until the step is open; False where the session leaves it out."""
        while step.key not in (stage := self._stage()).opened:
            if step.key in stage.skipped or stage.state == "ended":
                return False
            self._act(moves.lead("go"))
        return True

    def _step(self, step: Step) -> None:
        rounds: Mapping[str, Answers] = self.told["steps"][step.key]
        if "1" not in rounds:
            return
        setup = {f.key for f in step.fields if f.setup}
        if setup:
            self._setup(step, rounds["1"].get(FACILITATOR, {}))
        if not self._open(step):
            return
        late = set(self.told.get("late", {}).get(step.key, ()))
        self._round(step, 1, {k: v for k, v in rounds["1"].items() if k not in late and k != FACILITATOR})
        for key in late:
            self._save(step, 1, key, rounds["1"][key])
        self._drafts(step)
        self.clock.forward(self.told.get("minutes_used", {}).get(step.key, 3))
        again = step.again
        if again and "2" in self.told["steps"].get(again, {}):
            self._act(moves.lead("again"))
            self._round(self.workbook.step(again), 2, self.told["steps"][again]["2"])

    def _setup(self, step: Step, answers: Answers) -> None:
        if answers:
            self._save(step, 1, FACILITATOR, answers)

    def _round(self, step: Step, round_: int, answers: Answers) -> None:
        """The members' answers, then the reveal where the rules allow it, then the team's."""
        for key, values in answers.items():
            if key != TEAM:
                self._save(step, round_, key, values)
        snapshot = self.store.snapshot(self.session.id)
        stage = fold(snapshot.acts, self.workbook)
        if next_move(snapshot, stage) == "show" and progress(snapshot, stage, step).can_show:
            self._act(moves.lead("show"))
        if TEAM in answers:
            self._save(step, round_, TEAM, answers[TEAM])
            self._act(moves.call_done(next(iter(self.seats)), step.key))

    def _save(self, step: Step, round_: int, author: str, values: Answers) -> None:
        """Save one author's answers of a step, after the checks a person's answers pass.

        Raises:
            MiraError: a check does not let an answer pass; the text says whose, where and why.
        """
        snapshot = self.store.snapshot(self.session.id)
        member = self._writer(snapshot, author) if author.startswith("PAIR") else author if author in self.seats else ""
        context = context_for(
            snapshot, fold(snapshot.acts, self.workbook), member, today(snapshot.meeting, self.clock())
        )
        mode = _MODES.get(author, ("pair",) if author.startswith("PAIR") else ("individual",))
        asked = [f for f in step.fields if step.mode_of(f) in mode and (f.key in values or author != TEAM)]
        checked, problems = check_step(step, values, context, asked)
        stops = [p for p in problems if p.level == "stop"]
        if stops:
            raise MiraError(f"The demo's {step.key}, {author}, {stops[0].field}: {stops[0].text}")
        self.saves += 1
        kind: AuthorKind = _KINDS.get(author, "pair" if author.startswith("PAIR") else "member")
        seat = self.seats[next(iter(self.seats)) if author == TEAM else member or author]
        entry = Entry(step.key, round_, f"demo-{self.saves}", checked, kind, author if kind == "pair" else "")
        self.store.record(seat, entry, may_record)

    def _writer(self, snapshot: Snapshot, pair: str) -> str:
        """Who saves for a pair: the first of it who is here."""
        return next(key for key in pairs.present_in(snapshot, pair) if key in self.seats)

    def _drafts(self, step: Step) -> None:
        for key, values in self.told.get("drafts", {}).get(step.key, {}).items():
            for name, value in values.items():
                self.store.draft(self.seats[key], step.key, 1, name, value)


def tell(name: str) -> dict[str, Any]:
    """Read a demo file of the data folder."""
    found: dict[str, Any] = json.loads((settings.shipped("data") / "demo" / f"{name}.json").read_text("utf-8"))
    return found


def demo(url: str | None = None) -> list[Played]:
    """Load the fictional team of every workbook; a second call gives the sessions of the first.

    Raises:
        MiraError: the store cannot be written, or the demo's answers do not pass the checks.
    """
    store = open_store(url)
    store.migrate()
    made = [play(tell(slug), url) for slug in told_workbooks()]
    store.close()
    return made


def odd_teams(url: str | None = None) -> list[Played]:
    """Load the small odd teams: one person, three, ties, late and absent, text of every kind."""
    open_store(url).migrate()
    return [play(team, url) for team in tell("odd_teams")["teams"] if _is_here(team["workbook"])]


def told_workbooks() -> list[str]:
    """Workbooks that have demo answers, in the order the team meets for them."""
    folder: Path = settings.shipped("data") / "demo"
    here = [path.stem for path in sorted(folder.glob("*.json")) if _is_here(path.stem)]
    return sorted(here, key=lambda slug: str(tell(slug)["meeting"]["day"]))


def _is_here(slug: str) -> bool:
    """Whether this workbook is shipped; answers may come before the workbook they are for."""
    return (settings.shipped("workbooks") / f"{slug}.toml").is_file()


def play(told: Answers, url: str | None = None) -> Played:
    """Play one team's sitting on its own day, unless it is in the store already."""
    plan, team = told["meeting"], told["team"]
    day, starts = date.fromisoformat(plan["day"]), time.fromisoformat(plan["starts"])
    clock = Clock(datetime.combine(day, starts, ZoneInfo(plan["timezone"])).astimezone(UTC))
    store = open_store(url, clock)
    workbook = load(settings.shipped("workbooks") / f"{told['workbook']}.toml")
    for meeting, known in _earlier(store, team["name"], workbook, clock()):
        return Played(workbook.slug, meeting.code, known.slug)
    people = tuple(
        NewMember(m["name"], m.get("role", ""), m.get("role_group", "other"), m.get("contract_min"), m.get("key", ""))
        for m in team["members"]
    )
    known_team = _team_of_earlier_sittings(store, told)
    wanted = NewTeam(
        team["name"], team["slug"], known_team, team.get("facts", {}), () if known_team is not None else people
    )
    opened = store.open_meeting(workbook, [wanted], pace=plan.get("pace", "own"), timezone=plan["timezone"])
    game = Play(store, clock, workbook, opened.sessions[0], told)
    game.run()
    if game.is_over():
        store.close_meeting(opened.meeting.code)
    played = store.team(opened.sessions[0].team_id)
    store.close()
    return Played(workbook.slug, opened.meeting.code, played.slug)


def _team_of_earlier_sittings(store: Store, told: Answers) -> int | None:
    """The team's number if it met for another workbook of the demo before: what that one found is handed on."""
    before = [tell(slug) for slug in told_workbooks() if tell(slug)["team"]["slug"] == told["team"]["slug"]]
    for one in before if told in before else ():
        if one["meeting"]["day"] >= told["meeting"]["day"]:
            continue
        starts = datetime.combine(
            date.fromisoformat(one["meeting"]["day"]), time.fromisoformat(one["meeting"]["starts"])
        )
        moment = starts.replace(tzinfo=ZoneInfo(one["meeting"]["timezone"])).astimezone(UTC)
        book = load(settings.shipped("workbooks") / f"{one['workbook']}.toml")
        for _, team in _earlier(store, one["team"]["name"], book, moment):
            return team.id
    return None


def _earlier(store: Store, name: str, workbook: Workbook, opened_at: datetime) -> Iterator[tuple[Meeting, Team]]:
    """The same play in the store; a real team of the same name met at another moment."""
    for meeting in store.meetings():
        for session in store.sessions(meeting.id):
            team = store.team(session.team_id)
            if (team.name, meeting.opened_at) == (name, opened_at) and store.workbook(meeting).slug == workbook.slug:
                yield meeting, team
