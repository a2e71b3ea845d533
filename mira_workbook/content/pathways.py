"""Ways through the workbooks: which come in which order, for whom, and how long they take together."""

import math
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from mira_workbook.content.answers.base import Key, Strict
from mira_workbook.content.load import workbooks
from mira_workbook.settings import shipped

FILE = "pathways.toml"


class Way(Strict):
    """A way as its file tells it: slugs of workbooks in order, also of those that are not here yet."""

    key: Key
    title: str = Field(max_length=40)
    who: str = Field(max_length=80)
    workbooks: tuple[Key, ...] = Field(min_length=1)


class Ways(Strict):
    """The whole file."""

    pathways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """One workbook on a way: what it is called, and the minutes to promise."""

    slug: str
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Pathway:
    """One way through the workbooks that are here."""

    title: str
    who: str
    stops: tuple[Stop, ...]

    @property
    def minutes(self) -> int:
        """What all of it takes."""
        return sum(stop.minutes for stop in self.stops)


def pathways() -> tuple[Pathway, ...]:
    """The ways, each with those of its workbooks that are here; a way without any is left out."""
    path = shipped("data") / FILE
    here = workbooks()
    found = []
    for way in _ways(path, path.stat().st_mtime_ns) if path.is_file() else ():
        stops = tuple(_stop(here[slug], here[slug].stat().st_mtime_ns) for slug in way.workbooks if slug in here)
        if stops:
            found.append(Pathway(way.title, way.who, stops))
    return tuple(found)


def following(slug: str) -> Stop | None:
    """The workbook that comes after one, on the first way that goes on from there; None where none does."""
    for pathway in pathways():
        slugs = [stop.slug for stop in pathway.stops]
        if slug in slugs[:-1]:
            return pathway.stops[slugs.index(slug) + 1]
    return None


@lru_cache(maxsize=4)
def _ways(path: Path, _changed: int) -> tuple[Way, ...]:
    return Ways.model_validate(tomllib.loads(path.read_text("utf-8"))).pathways


@lru_cache(maxsize=32)
def _stop(path: Path, _changed: int) -> Stop:
    """Read only what a signpost needs: a whole workbook is checked where it is opened."""
    raw = tomllib.loads(path.read_text("utf-8"))
    return Stop(path.stem, str(raw["title"]), math.ceil(float(raw["minutes"]) / 10) * 10)
