"""A bar for whatever takes more than two seconds: on the terminal's second stream, and nowhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

AFTER_S = 2.0
"""Seconds after which somebody wonders whether anything happens."""


@contextmanager
def bar(label: str, last: str, *, shown: bool = True) -> Iterator[Callable[[float], None]]:
    """Give a function that is told the share that is done, 0 to 1.

    Args:
        label: what is being done.
        last: what is being done once all of it is through.
        shown: whether a bar is wanted; where nobody looks, in a file or a pipe, there is none in any case.
    """
    console = Console(stderr=True)
    if not (shown and console.is_terminal):
        yield lambda _done: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=console, transient=True)
    task = progress.add_task(label, total=1.0)
    timer = Timer(AFTER_S, progress.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda done: progress.update(task, completed=done, description=label if done < 1 else last)
    finally:
        timer.cancel()
        timer.join()
        progress.stop()
