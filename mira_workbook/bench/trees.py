"""What a server and all its processes use: processor, memory, descriptors. Linux tells memory that is shared."""

from collections.abc import Iterator
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Used:
    """What a tree of processes uses.

    Attributes:
        cpu: seconds of processor time since each began.
        memory: megabytes, what is shared shared out among those who share it (PSS).
        descriptors: open files, sockets and pipes.
        processes: how many there are.
        memory_of_server, descriptors_of_server: of the first process alone.
    """

    cpu: float
    memory: float
    descriptors: int
    processes: int
    memory_of_server: float
    descriptors_of_server: int


def tree(pid: int) -> list[psutil.Process]:
    """A process and all that came from it, also those that outlived the one in between."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def used(pid: int) -> Used:
    """Look at a tree of processes now."""
    found = list(_each(pid))
    cpu, memory, descriptors = (sum(one[n] for one in found) for n in range(3))
    _, first, open_there = found[0]
    return Used(cpu, memory, int(descriptors), len(found), first, open_there)


def cpu(process: psutil.Process) -> float:
    """Seconds of processor time of one process; 0 for one that has ended."""
    try:
        spent = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(spent.user + spent.system)


def _each(pid: int) -> Iterator[tuple[float, float, int]]:
    for process in tree(pid):
        try:
            whole = process.memory_full_info()
            yield cpu(process), getattr(whole, "pss", whole.uss) / 1e6, process.num_fds()
        except psutil.Error:
            continue
