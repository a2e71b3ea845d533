"""The resource ledger as an Excel file keeps it alive: whoever changes a number sees what follows from it.

Each formula says what the product has worked out; its value stands in the cell until a spreadsheet counts anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mira_workbook.exports.about import About
from mira_workbook.exports.letters import letters
from mira_workbook.exports.outputs_resources import DECISION, after_of
from mira_workbook.exports.sheet import Sheets
from mira_workbook.exports.table import Cell, Table
from mira_workbook.measures.alignment import ALIGNED, HIGH
from mira_workbook.measures.initiatives import FLEXIBLE, STAYS

_LIST, _FUNDS, _TOTALS = "initiatives", "funds", "totals"
_PLACES = 9
"""Places to which a mean is looked at: 1.9999999999 reaches 2."""
_MONEY, _POSTS, _MINUTES = "usd_year", "fte", "staff_min_week"
_WHOSE = ("team_id", "occasion")
_NEEDED = {_MONEY, _POSTS, _MINUTES, "fund", "flexible", "decision", "minutes_stay", "ends", "align_mean"}

Row = Mapping[str, str]
"""Name of a column to its cell in one row: `J5`."""


def counts_on(about: About, table: str) -> bool:
    """Whether a table of the file holds formulas, or numbers that those count on."""
    return about.kinds.get(table) in {_LIST, _FUNDS, _TOTALS}


def write(about: About, held: Mapping[str, Table], sheets: Mapping[str, Sheets]) -> None:
    """Write the tables that hold formulas, as they were held back until all rows were known."""
    named = {about.kinds[name]: name for name in held}
    listed = named.get(_LIST, "")
    ready = bool(listed) and set(held[listed].head) >= _NEEDED
    floor = float(about.workbook.settings.get("m18_aligned", ALIGNED))
    for name, table in held.items():
        if not ready:
            sheets[name].add(table)
            continue
        ledger = Ledger(sheets[listed].names[0], held[listed], floor)
        ways = {_LIST: _of_initiative, _FUNDS: ledger.of_fund, _TOTALS: ledger.of_sum}
        sheets[name].add(table, ways[about.kinds[name]])


def _of_initiative(at: Row, _row: Mapping[str, Cell]) -> dict[str, str]:
    """What follows for one initiative from its levels now and after."""
    usd, after = at[_MONEY], at["after_usd"]
    return {
        "freed_usd": f"MAX(0,{usd}-{after})",
        "freed_fte": f"MAX(0,{at[_POSTS]}-{at['after_fte']})",
        "reduced_min": f"MAX(0,{at[_MINUTES]}-{at['after_min_week']})",
        "usable_min": f'IF({at["minutes_stay"]}="{STAYS}",{at["reduced_min"]},0)',
        "need_usd": f"IF({at['ends']},{after},MAX(0,{after}-{usd}))",
        "need_min": f"MAX(0,{at['after_min_week']}-{at[_MINUTES]})",
    }


@dataclass(frozen=True, slots=True)
class Ledger:
    """Formulas over the rows of the list; each counts only rows of its own team and time.

    Attributes:
        sheet: where the list stands.
        table: the list.
        floor: the mean rating from which something serves the priority.
    """

    sheet: str
    table: Table
    floor: float

    def of_fund(self, at: Row, _row: Mapping[str, Cell]) -> dict[str, str]:
        """One fund's money: today, as a share, what ends and what is left after."""
        mine = f"({self._all('fund')}={at['fund']})"
        return {
            "usd": self._sum(at, _MONEY, mine),
            "share": _share(at["usd"], self._sum(at, _MONEY)),
            "ending_by_cliff": self._sum(at, _MONEY, mine, self._ends()),
            "after_usd": self._sum(at, "after_usd", mine),
        }

    def of_sum(self, at: Row, row: Mapping[str, Cell]) -> dict[str, str]:
        """One sum, now and after."""
        metric = str(row["metric"])
        found = self._levels(at, metric) or self._shares(at, metric) or self._ending(at, metric)
        return found or self._follows(at, metric)

    def _levels(self, at: Row, metric: str) -> dict[str, str]:
        if metric == "initiatives":
            return {"now": self._count(at), "after": self._count(at, f'({self._all("decision")}<>"release")')}
        column = {"usd": _MONEY}.get(metric, metric)
        if column not in {_MONEY, _POSTS, _MINUTES}:
            return {}
        return {"now": self._sum(at, column), "after": self._sum(at, after_of(column))}

    def _shares(self, at: Row, metric: str) -> dict[str, str]:
        """Shares of money, posts and minutes that serve the priority (M19)."""
        way, _, part = metric.partition("_share_")
        column = {"usd": _MONEY, "fte": _POSTS, "min": _MINUTES}.get(part)
        if column is None or way not in {"aligned", "weighted"}:
            return {}
        told = {}
        for when, amount in (("now", column), ("after", after_of(column))):
            whole = self._sum(at, amount)
            weighed = f"{self._sum(at, amount, also='align_mean')}/{HIGH}"
            told[when] = _share(weighed if way == "weighted" else self._sum(at, amount, self._serves()), whole)
        return told

    def _ending(self, at: Row, metric: str) -> dict[str, str]:
        """Money that ends by the day (M20)."""
        every, ends, serves = self._sum(at, _MONEY), self._ends(), self._serves()
        known = {
            "ending_usd": self._sum(at, _MONEY, ends),
            "ending_share": _share(self._sum(at, _MONEY, ends), every),
            "aligned_usd": self._sum(at, _MONEY, serves),
            "aligned_ending_usd": self._sum(at, _MONEY, serves, ends),
            "aligned_ending_share": _share(self._sum(at, _MONEY, serves, ends), self._sum(at, _MONEY, serves)),
        }
        return {"now": known[metric]} if metric in known else {}

    def _follows(self, at: Row, metric: str) -> dict[str, str]:
        """What comes free, what is needed and what was decided (M21)."""
        may_move = "+".join(f'({self._all("flexible")}="{way}")' for way in FLEXIBLE)
        flexible = self._sum(at, "freed_usd", f"({may_move})", f"({self._all('ends')}=FALSE)")
        if metric.startswith(DECISION):
            return {"after": self._count(at, f'({self._all("decision")}="{metric.removeprefix(DECISION)}")')}
        known = {"flexible_usd": flexible, "gap_usd": f"{self._sum(at, 'need_usd')}-{flexible}"}
        columns = {"freed_usd", "need_usd", "freed_fte", "reduced_min", "usable_min", "need_min"}
        known |= {metric: self._sum(at, metric)} if metric in columns else {}
        return {"after": known[metric]} if metric in known else {}

    def _serves(self) -> str:
        return f"(ROUND({self._all('align_mean')},{_PLACES})>={self.floor:g})"

    def _ends(self) -> str:
        return f"({self._all('ends')}=TRUE)"

    def _sum(self, at: Row, column: str, *only: str, also: str = "") -> str:
        """Sum a column over the rows of the same session that fulfil all conditions, times another column."""
        ranges = [self._all(name) for name in (column, also) if name]
        where = self._where(at, *only)
        return f"SUMPRODUCT({','.join([*where, *ranges])})" if where or also else f"SUM({ranges[0]})"

    def _count(self, at: Row, *only: str) -> str:
        where = self._where(at, *only)
        return f"SUMPRODUCT({where[0]})" if where else f"COUNTA({self._all('initiative_id')})"

    def _where(self, at: Row, *only: str) -> list[str]:
        """Conditions as one factor; none where all rows of the list count."""
        # A blank cell equals a blank one; criteria of SUMIFS would take it for 0.
        own = [f"({self._all(name)}={at[name]})" for name in _WHOSE] if self._several() else []
        # A condition alone is true or false; times 1 it can be added up.
        return ["*".join([*own, *only, *(["1"] if len(own) + len(only) == 1 else [])])] if own or only else []

    def _several(self) -> bool:
        """Whether the list holds rows of several sessions."""
        places = [self.table.head.index(name) for name in _WHOSE]
        return len({tuple(row[place] for place in places) for row in self.table.rows}) > 1

    def _all(self, column: str) -> str:
        """All cells of a column of the list."""
        letter = letters(self.table.head.index(column))
        return f"'{self.sheet}'!${letter}$2:${letter}${max(2, len(self.table.rows) + 1)}"


def _share(part: str, whole: str) -> str:
    return f'IFERROR({part}/{whole},"")'
