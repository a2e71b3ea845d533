"""Where the money goes: areas by fund and initiative; bars on phones and where areas get too small for words."""

from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts import treemap_areas, treemap_bars
from mira_workbook.charts.amounts import DOLLARS, Unit, said
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.layout import empty
from mira_workbook.charts.shapes import Sheet
from mira_workbook.charts.treemap_groups import Group, Share
from mira_workbook.measures.words import percent


@dataclass(frozen=True, slots=True)
class Part:
    """One initiative: its fund, "" where nobody wrote one, its money a year and its staff minutes a week."""

    name: Named
    group: str = ""
    usd: float = 0
    minutes: float = 0


@dataclass(frozen=True, slots=True)
class Treemap:
    """Input of the picture; parts in any order."""

    sentence: str
    parts: tuple[Part, ...]
    currency: str = DOLLARS

    @property
    def unit(self) -> Unit:
        """Money, or minutes where no money is known."""
        return "usd" if any(part.usd > 0 for part in self.parts) else "min"

    def amount(self, part: Part) -> float:
        """What a part's area stands for."""
        return max(part.usd if self.unit == "usd" else part.minutes, 0.0)

    def said(self, amount: float) -> str:
        """Write an amount in the picture's unit."""
        return said(amount, self.unit, self.currency)

    def groups(self) -> tuple[Group, ...]:
        """Funds with their parts, both with the most first; parts without an amount are not in them."""
        found = [self._group(name) for name in dict.fromkeys(part.group for part in self.parts if self.amount(part))]
        return tuple(sorted(found, key=lambda group: -group.total))

    def _group(self, name: str) -> Group:
        amounts = [(part.name.label, self.amount(part)) for part in self.parts if part.group == name]
        shares = [Share(label, amount, self.said(amount)) for label, amount in amounts if amount]
        total = sum(share.amount for share in shares)
        value = f"{self.said(total)} · {percent(total / sum(map(self.amount, self.parts)))}"
        by_amount = sorted(shares, key=lambda share: -share.amount)
        return Group(name or say("chart_fund_open"), tuple(by_amount), value)

    def without(self) -> tuple[str, ...]:
        """Names of parts without an amount, as given."""
        return tuple(part.name.label for part in self.parts if not self.amount(part))


def words(data: Treemap) -> Words:
    """Say which fund pays most and what costs most; one row an initiative, by fund."""
    order = {group.name: i for i, group in enumerate(data.groups())}
    rows = sorted(
        data.parts,
        key=lambda part: (order.get(part.group or say("chart_fund_open"), len(order)), -data.amount(part)),
    )
    return Words(
        say("chart_alt", sentence=data.sentence, peak=_peak(data)).strip(),
        (say("chart_initiative"), say("chart_fund"), say("chart_usd_year"), say("chart_min_week")),
        tuple(
            (
                part.name.label,
                part.group or say("chart_fund_open"),
                said(part.usd, "usd", data.currency),
                said(part.minutes, "min"),
            )
            for part in rows
        ),
    )


def _peak(data: Treemap) -> str:
    groups = data.groups()
    if not groups:
        return say("chart_empty")
    whole, top = sum(group.total for group in groups), groups[0]
    most = max((share for group in groups for share in group.shares), key=lambda share: share.amount)
    slots = {"fund": top.name, "amount": data.said(top.total), "share": percent(top.total / whole)}
    slots |= {"whole": data.said(whole), "name": most.name, "most": data.said(most.amount)}
    return say("chart_treemap_peak" if data.unit == "usd" else "chart_treemap_minutes", **slots)


def sheet(data: Treemap, look: Look) -> Sheet:
    """Put the picture together."""
    groups = data.groups()
    if not groups:
        return empty(look)
    areas = None if look.phone or data.unit == "min" else treemap_areas.sheet(groups, data.without(), look)
    return areas or treemap_bars.sheet(groups, data.without(), data.unit, look)
