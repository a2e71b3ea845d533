"""The pictures of a step as a viewer may see them. Loads nothing heavy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.charts import CHARTS, Look, Words, key, read_causes, read_priority, read_resources
from mira_workbook.charts.read_causes import CAUSES
from mira_workbook.charts.read_priority import PRIORITY
from mira_workbook.charts.read_resources import RESOURCES
from mira_workbook.charts.source import Source
from mira_workbook.content.definition import Step
from mira_workbook.measures.table import of_step
from mira_workbook.measures.wall import wall_measures
from mira_workbook.records import Measure, Picture, Snapshot
from mira_workbook.rules.entries import uncovered, veiled
from mira_workbook.rules.progress import must_answer, own_fields, progress
from mira_workbook.rules.sight import Viewer, on_the_wall, shown, view
from mira_workbook.rules.stage import Stage
from mira_workbook.rules.wall import enough

READS: dict[str, Callable[[Source, Mapping[str, Any]], Any]] = {**PRIORITY, **CAUSES, **RESOURCES}
"""From a source and a picture's arguments to its input, by the name that a workbook uses."""

NUMBERS_ONLY = read_priority.NUMBERS | read_causes.NUMBERS | read_resources.NUMBERS
"""Pictures without words that anybody wrote, for people from outside."""


@dataclass(frozen=True, slots=True)
class Read:
    """One picture's input, its words, and the name under which its drawings are kept."""

    name: str
    data: Any
    words: Words
    own_title: str = ""

    @property
    def title(self) -> str:
        """What it is called: the workbook's own word, else ours for this kind."""
        return self.own_title or say(f"picture_{self.name}")

    def key(self, look: Look) -> str:
        """Name a drawing by all it is made from."""
        return key(self.name, self.data, look)

    def is_drawn(self, look: Look) -> bool:
        """Whether there is a drawing, or the table is the picture; loads nothing."""
        return CHARTS[self.name].sheet(self.data, look) is not None

    def draw(self, look: Look) -> bytes:
        """Draw as SVG; nothing where the table is the picture."""
        return CHARTS[self.name].draw(self.data, look)

    def png(self, look: Look, dpi: int = 200) -> bytes:
        """Draw as PNG on white, for files that hold no SVG; nothing where the table is the picture."""
        return CHARTS[self.name].png(self.data, look, dpi)

    def picture(self, look: Look) -> Picture:
        """Draw, with the words beside it."""
        return CHARTS[self.name].picture(self.data, look)


def charts(snapshot: Snapshot, stage: Stage, viewer: Viewer, step_key: str) -> list[Read]:
    """The pictures of a step as a viewer may see them; none while its answers are not on show."""
    step = snapshot.workbook.step(step_key)
    if not _on_show(snapshot, stage, step):
        return []
    stage = veiled(snapshot, stage)
    outside = viewer.role == "viewer"
    if outside and not _enough(snapshot, stage, step):
        return []
    on_show = shown(snapshot, stage)
    numbers = _outside(snapshot, stage, step) if outside else of_step(on_show, stage, step)
    source = Source(on_show, _seen(snapshot, stage, viewer), stage, step, numbers, outside)
    found = []
    for use in step.charts:
        if outside and use.use not in NUMBERS_ONLY:
            continue
        data = READS[use.use](source, use.arguments)
        own = str(use.arguments.get("title") or "")
        if data is not None:
            found.append(Read(use.use, data, CHARTS[use.use].words(data), own))
    return found


def _seen(snapshot: Snapshot, stage: Stage, viewer: Viewer) -> Snapshot:
    """Whose words stand in a picture, and how they are signed: it hangs on a wall, so what is covered is not in it."""
    seen = view(snapshot, stage, on_the_wall(viewer))
    return replace(seen, responses=uncovered(snapshot, stage, seen.responses))


def _outside(snapshot: Snapshot, stage: Stage, step: Step) -> list[Measure]:
    return [m for m in wall_measures(snapshot, stage, Viewer("viewer")) if m.step == step.key]


def _enough(snapshot: Snapshot, stage: Stage, step: Step) -> bool:
    """Whether enough people stand behind a picture; what a team wrote together is nobody's own."""
    return not own_fields(step) or enough(step, progress(snapshot, stage, step).count)


def _on_show(snapshot: Snapshot, stage: Stage, step: Step) -> bool:
    round_ = stage.round_of(step.key)
    if must_answer(step):
        return stage.is_shown(step.key, round_)
    if step.live and any(r.step == step.key and r.author_kind == "team" for r in snapshot.responses):
        return True
    return (step.key, round_) in stage.done or stage.state == "ended"
