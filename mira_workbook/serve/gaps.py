"""Filling what is free between what all kernels share, so that what each makes for itself goes on pages of its own.

Memory is handed out again where something has ended. In a fork each such place lies on a page that was shared until
then: a few new words on it, and the kernel has its own copy of the whole page.
"""

import ctypes
from collections.abc import Callable

_SMALL, _STEP = 512, 16
"""Bytes up to which Python keeps pools of blocks of one size, and how far the sizes lie apart."""
_POOL = 16_384
_OF_NUMBERS = 32
"""Bytes of the block that an address itself takes, as a number of Python's."""
_BATCH, _EDGES = 4, 2
"""Pools' worth of blocks that are taken at a time, and pools that such a batch may begin and end in."""
_ROUNDS = 64
_LARGE = 32_768
"""Bytes of the largest gap that is looked for; what is larger soon comes from the system, page by page."""
_MOST = 64_000_000


def fill_gaps() -> int:
    """Take what is free between what is there, for good. Returns the bytes it took, most of them never written to."""
    return sum(map(_fill_pools, range(_STEP, _SMALL + 1, _STEP))) + _fill_heap()


def _fill_pools(size: int) -> int:
    """Take blocks of one size until a batch of them comes from few pools: then no others had room left."""
    take = _function(ctypes.PyDLL(None), "PyObject_Malloc", ctypes.c_size_t, ctypes.c_void_p)
    count = _BATCH * _POOL // size
    few = _BATCH * (2 if size == _OF_NUMBERS else 1) + _EDGES
    pools, rounds = few + 1, 0
    while pools > few and rounds < _ROUNDS:
        pools, rounds = len({take(size) // _POOL for _ in range(count)}), rounds + 1
    return rounds * count * size


def _fill_heap() -> int:
    """Take what the C library has between its first block and its last, from large to small; glibc's alone is known."""
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "gnu_get_libc_version"):
        return 0
    take = _function(libc, "malloc", ctypes.c_size_t, ctypes.c_void_p)
    give_back = _function(libc, "free", ctypes.c_void_p, None)
    end_of_heap = _function(libc, "sbrk", ctypes.c_ssize_t, ctypes.c_void_p)
    end, last, taken = end_of_heap(0), take(_LARGE), _LARGE
    while end_of_heap(0) == end and taken < _MOST:
        last, taken = take(_LARGE), taken + _LARGE
    for size in range(_LARGE, 0, -_STEP):
        while (got := take(size)) < last:
            taken += size
        give_back(got)
    give_back(last)
    return taken - _LARGE


def _function(library: ctypes.CDLL, name: str, given: type, returned: type | None) -> Callable[..., int]:
    found = library[name]
    found.argtypes, found.restype = [given], returned
    return found
