"""What the fictional team has, what it said of it and what it decided, and a small workbook that asks it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from export_cases import answer, table
from resources_workbook import of_resources
from two_sessions import cells, meeting_of, over, rating

from mira_workbook.measures.initiatives import Initiative
from mira_workbook.records import Response, Snapshot

CLIFF = "2024-09-30"

_LISTED = ("name", "fund", "flexible", "usd_year", "fte", "staff_min_week", "mandate", "start_year", "fund_end")
_DECIDED = ("decision", "after_usd", "after_fte", "after_min_week", "minutes_stay")
ROWS: Mapping[str, tuple[Any, ...]] = {
    "I01": ("Decoding lessons", "title_i", "within_plan", 61200, 0.8, 1260, "choice", 2022, None),
    "I02": ("Coach", "title_i", "within_plan", 82400, 1.0, 2325, "choice", 2019, None),
    "I03": ("Interventionist", "esser", "no", 74900, 1.0, 2325, "choice", 2021, "2024-09-30"),
    "I04": ("Two assistants", "esser", "no", 58600, 2.0, 4500, "choice", 2021, "2024-09-30"),
    "I05": ("Tutoring", "esser", "no", 41300, 0.0, 720, "choice", 2022, "2024-09-30"),
    "I06": ("Reading software", "general", "yes", 14800, 0.0, 540, "district", 2020, "2025-06-30"),
    "I07": ("Math software", "esser", "no", 9750, 0.0, 450, "choice", 2021, "2024-09-30"),
    "I08": ("Behavior rewards", "general", "yes", 6200, 0.1, 630, "district", 2016, None),
    "I09": ("Problem-solving team", "general", "yes", 3500, 0.3, 900, "law", 2018, None),
    "I10": ("Data notebooks", "general", "yes", 1900, 0.0, 810, "choice", 2017, None),
    "I11": ("Literacy nights", "title_i", "within_plan", 4600, 0.0, 90, "law", 2015, None),
    "I12": ("Mentoring", "state", "no", 7400, 0.2, 360, "law", 2014, None),
    "I13": ("STEM lab", "grant", "no", 22500, 0.5, 1125, "choice", 2021, "2025-06-30"),
    "I14": ("Lesson-plan upload", "general", "yes", 0, 0.0, 1080, "choice", 2012, None),
}
DECIDED: Mapping[str, tuple[Any, ...]] = {
    "I01": ("grow", 61200, 0.8, 1440, None),
    "I02": ("reshape", 49440, 0.6, 1395, "go"),
    "I03": ("keep", 74900, 1.0, 2325, None),
    "I04": ("reshape", 29300, 1.0, 2250, "go"),
    "I05": ("release", 0, 0.0, 0, "go"),
    "I06": ("release", 0, 0.0, 0, "stay"),
    "I07": ("release", 0, 0.0, 0, "stay"),
    "I08": ("keep", 6200, 0.1, 630, None),
    "I09": ("keep", 3500, 0.3, 900, None),
    "I10": ("reshape", 1000, 0.0, 270, "stay"),
    "I11": ("keep", 4600, 0.0, 90, None),
    "I12": ("keep", 7400, 0.2, 360, None),
    "I13": ("release", 0, 0.0, 0, "go"),
    "I14": ("release", 0, 0.0, 0, "stay"),
}
ALIGN = {
    "I01": "33333333",
    "I02": "32233333",
    "I03": "33333323",
    "I04": "23332332",
    "I05": "21122112",
    "I06": "21011102",
    "I07": "00100000",
    "I08": "11111122",
    "I09": "22233223",
    "I10": "21112101",
    "I11": "12121122",
    "I12": "2123321x",
    "I13": "1000100x",
    "I14": "21000100",
}
"""Initiative to what M1 to M8 said; x is "don't know yet"."""
EVIDENCE = dict(zip(ROWS, (3, 2, 3, 2, 1, 1, 1, 2, 2, 1, 1, 2, 1, 0), strict=True))


def as_listed() -> tuple[Initiative, ...]:
    """The initiatives as plain records, without a session."""
    return tuple(_record(row, *ROWS[row], *DECIDED[row]) for row in ROWS)


def _record(row: str, *cells: Any) -> Initiative:
    told = dict(zip((*_LISTED, *_DECIDED), cells, strict=True))
    return Initiative(
        row,
        told["name"],
        fund=told["fund"],
        flexible=told["flexible"],
        usd=told["usd_year"],
        fte=told["fte"],
        minutes=told["staff_min_week"],
        mandate=told["mandate"],
        start_year=told["start_year"],
        fund_end=date.fromisoformat(told["fund_end"]) if told["fund_end"] else None,
        ends=bool(told["fund_end"]) and told["fund_end"] <= CLIFF,
        ratings=tuple(int(sign) for sign in ALIGN[row] if sign != "x"),
        dk=ALIGN[row].count("x"),
        evidence=EVIDENCE[row],
        decision=told["decision"],
        planned_usd=told["after_usd"],
        planned_fte=told["after_fte"],
        planned_min=told["after_min_week"],
        minutes_stay=told["minutes_stay"] or "",
    )


def inventory(rows: Mapping[str, tuple[Any, ...]] = ROWS) -> Response:
    told = [{"": row, **cells(**dict(zip(_LISTED, given, strict=True)))} for row, given in rows.items()]
    return answer("inventory", "rows", "TEAM", table(*told))


def aligned(align: Mapping[str, str] = ALIGN, round_: int = 1) -> list[Response]:
    n = max(len(signs) for signs in align.values())
    return [
        answer(
            "align",
            "rows",
            f"M{who + 1}",
            table(*({"": row, "align": rating(signs[who])} for row, signs in align.items() if signs[who] != " ")),
            round=round_,
        )
        for who in range(n)
    ]


def evidence() -> list[Response]:
    """What pairs know: each has its own rows."""
    return [
        answer(
            "evidence",
            "rows",
            f"PAIR{n}",
            table(*({"": row, "evidence": EVIDENCE[row]} for row in list(EVIDENCE)[n - 1 :: 4])),
            author_kind="pair",
        )
        for n in range(1, 5)
    ]


def decided(rows: Mapping[str, tuple[Any, ...]] = DECIDED) -> Response:
    told = [{"": row, **cells(**dict(zip(_DECIDED, given, strict=True)))} for row, given in rows.items()]
    return answer("decide", "rows", "TEAM", table(*told))


def cliff_date(day: str = CLIFF) -> Response:
    return answer("open", "cliff_date", "FACIL", day)


def held(**amounts: int) -> Response:
    return answer("cliff", "rows", "TEAM", table(*({"": row, "amount_usd": usd} for row, usd in amounts.items())))


def resources_meeting(*more: Response) -> Snapshot:
    """The team's session on resources; later answers win over those it gave."""
    told = [cliff_date(), inventory(), *aligned(), *evidence(), decided(), held(I03=48660, I04=0)]
    listed = [[row, str(told[0])] for row, told in ROWS.items()]
    return meeting_of(of_resources(), {"initiatives": listed}, over(told, more))
