"""From the money that ends to what is still open, step by step."""

from dataclasses import dataclass
from typing import Literal

from mira_workbook.catalogue import say
from mira_workbook.charts import waterfall_steps
from mira_workbook.charts.amounts import DOLLARS
from mira_workbook.charts.base import Look, Words
from mira_workbook.charts.layout import empty
from mira_workbook.charts.shapes import Sheet
from mira_workbook.charts.waterfall_steps import Step
from mira_workbook.measures.words import money


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Input of the picture; amounts a year, none below 0.

    Attributes:
        sentence: what the measures say.
        ending: money that ends.
        aligned: what of it serves the priority.
        smaller: what of it is not needed again, because it was let go or made smaller.
        grows: money needed on top of today's.
        found: what is held with money or posts that come free.
        asked: what others are asked for.
        by: the day by which it ends, as people say it; "" where none is set.
        currency: three letters.
    """

    sentence: str
    ending: float = 0
    aligned: float = 0
    smaller: float = 0
    grows: float = 0
    found: float = 0
    asked: float = 0
    by: str = ""
    currency: str = DOLLARS

    @property
    def need(self) -> float:
        """What has to be found."""
        return self.ending - self.smaller + self.grows

    @property
    def gap(self) -> float:
        """What is still open."""
        return self.need - self.found - self.asked

    def steps(self) -> list[Step]:
        """The way from what ends to what is open. Each step that adds or takes away starts where the last one ended."""
        ends = say("chart_fall_ends_by", day=self.by) if self.by else say("chart_fall_ends")
        grown = self.ending - self.smaller
        left = self.need - self.found
        return [
            Step(ends, 0, self.ending, "whole", self._said(self.ending)),
            Step(say("chart_fall_aligned"), 0, self.aligned, "part", self._said(self.aligned)),
            Step(say("chart_fall_smaller"), self.ending, grown, "less", self._said(self.smaller, "less")),
            *(
                [Step(say("chart_fall_grows"), grown, self.need, "more", self._said(self.grows, "more"))]
                * bool(self.grows)
            ),
            Step(say("chart_fall_need"), 0, self.need, "whole", self._said(self.need)),
            Step(say("chart_fall_found"), self.need, left, "less", self._said(self.found, "less")),
            Step(say("chart_fall_asked"), left, self.gap, "asked", self._said(self.asked, "less")),
            Step(say("chart_fall_gap"), 0, self.gap, "open", self._said(self.gap)),
        ]

    def _said(self, amount: float, way: Literal["", "less", "more"] = "") -> str:
        sign = {"": "", "less": "\u2212", "more": "+"}[way] if amount else ""
        return sign + money(amount, self.currency)


def words(data: Waterfall) -> Words:
    """Say what ends, what of it serves the priority, what is needed and what is open; one row a step."""
    slots = {key: money(getattr(data, key), data.currency) for key in ("ending", "aligned", "need", "gap")}
    nothing = not data.ending and not data.need
    peak = say("chart_fall_none") if nothing else say("chart_fall_peak", **slots)
    rows = () if nothing else tuple((step.word, step.value) for step in data.steps())
    head = (say("chart_step"), say("chart_usd_year"))
    return Words(say("chart_alt", sentence=data.sentence, peak=peak).strip(), head, rows)


def sheet(data: Waterfall, look: Look) -> Sheet:
    """Put the picture together: steps across a phone, columns elsewhere where their values fit."""
    if not data.ending and not data.need:
        return empty(look, say("chart_fall_none"))
    return waterfall_steps.sheet(data.steps(), look)
